namespace GridFlow.Server.Photos;

/// <summary>The words of photos.</summary>
public sealed class PhotosText;
