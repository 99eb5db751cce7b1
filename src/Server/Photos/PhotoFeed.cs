namespace GridFlow.Server.Photos;

/// <summary>Tells open pages that a case has a new photo. Which, they ask the store, with their own rights.</summary>
public sealed class PhotoFeed
{
    /// <summary>Raised on the thread that stored it, with the case's number; handlers must be quick and must not throw.</summary>
    public event Action<string>? Added;

    internal void Publish(string caseNumber) => Added?.Invoke(caseNumber);
}
