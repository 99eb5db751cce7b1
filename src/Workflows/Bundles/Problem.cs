using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Bundles;

/// <summary>Something that keeps a bundle from being published, or that its author should know.</summary>
/// <param name="Path">Where: <c>definitions/hard/whistle</c>, <c>routing/17</c>, <c>categories/local/1/matter/06001</c>.</param>
/// <param name="Code">A stable name for the kind of problem.</param>
/// <param name="Message">What is wrong and what to do, in both languages.</param>
/// <param name="IsError">It must be mended before publishing.</param>
public sealed record Problem(string Path, string Code, LocalizedText Message, bool IsError = true);
