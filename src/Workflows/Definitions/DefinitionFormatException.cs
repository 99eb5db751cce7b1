namespace GridFlow.Workflows.Definitions;

/// <summary>A text that should be a workflow definition or a bundle is not one.</summary>
/// <param name="path">Where in the JSON, as a JSON path.</param>
/// <param name="problem">What is wrong there, as half a sentence in both languages.</param>
/// <param name="inner">The error beneath, when there is one.</param>
public sealed class DefinitionFormatException(string path, LocalizedText problem, Exception? inner = null) : Exception($"{path}: {problem.En}", inner)
{
    /// <summary>Where in the JSON, as a JSON path.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong there, for people.</summary>
    public LocalizedText Problem { get; } = problem;
}
