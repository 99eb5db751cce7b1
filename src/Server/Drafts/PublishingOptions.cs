namespace GridFlow.Server.Drafts;

/// <summary>Settings of publishing.</summary>
public sealed class PublishingOptions
{
    public const string Section = "Publishing";

    /// <summary>A draft is put in force by somebody who edited nothing of it (双人复核). Off unless told.</summary>
    public bool TwoPersons { get; set; }
}
