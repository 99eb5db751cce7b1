using System.Collections.Immutable;

namespace GridFlow.Workflows.Cases;

/// <summary>The category proposed for a message, and why, in a form that can be shown and stored.</summary>
/// <param name="Category">The key of the best category, or null when nothing pointed anywhere.</param>
/// <param name="Score">Sum of the weights of the words found, the title's counted double.</param>
/// <param name="Words">The words found for the best category, heaviest first.</param>
/// <param name="RunnerUp">The key of the second best, or null.</param>
/// <param name="RunnerUpScore">Its score.</param>
public sealed record Classification(string? Category, double Score, ImmutableArray<string> Words, string? RunnerUp, double RunnerUpScore)
{
    /// <summary>The category came with the report, so the proposal was not needed.</summary>
    public bool IsGiven { get; init; }

    /// <summary>The best is far enough ahead to be taken without asking a person.</summary>
    public bool IsSure => Category is not null && Score >= 2 && Score >= RunnerUpScore * 1.25;
}
