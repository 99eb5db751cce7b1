namespace GridFlow.Server.Photos;

/// <summary>What a photo shows.</summary>
public enum PhotoKind
{
    Before,
    After,
    Other,
}

/// <summary>A photo of a case. The picture itself is a file named by its hash, see <see cref="PhotoFiles"/>.</summary>
public sealed class PhotoRow
{
    public required string Id { get; init; }

    /// <summary>Names the upload at its sender; unique, so that one sent again counts once.</summary>
    public required string Key { get; init; }

    public required string CaseNumber { get; init; }

    public PhotoKind Kind { get; init; }

    /// <summary>The work item it is evidence for, or null.</summary>
    public string? WorkItem { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public PhotoType Type { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public int Size { get; init; }
}

/// <summary>A photo in a list.</summary>
public sealed record Photo(string Id, string Key, PhotoKind Kind, string? WorkItem, string ByName, DateTimeOffset At, int Width, int Height)
{
    public string Address => "/photos/" + Id;
}
