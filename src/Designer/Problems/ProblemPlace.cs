using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Definitions.Validation;

namespace GridFlow.Designer.Problems;

/// <summary>What a problem is about.</summary>
/// <param name="Node">The step; null where it is about the workflow as a whole.</param>
/// <param name="Input">The input, down to the case of a switch (<c>cases/0/condition</c>); null where it is about the whole step.</param>
public sealed record ProblemPlace(ActivityNode? Node, string? Input)
{
    /// <summary>Whether a problem is about something in this workflow.</summary>
    public static bool IsOf(Problem problem, WorkflowDefinition definition) => Rest(problem, definition) is not null;

    /// <summary>The step and the input a problem's path names.</summary>
    public static ProblemPlace Of(Problem problem, WorkflowDefinition definition)
    {
        if (Rest(problem, definition) is not { Length: > 0 } rest)
        {
            return new ProblemPlace(null, null);
        }

        // An id may have slashes of its own: the longest id that fits is meant.
        var node = definition.AllActivities().Where(node => rest == node.Id || rest.StartsWith(node.Id + "/", StringComparison.Ordinal)).MaxBy(node => node.Id.Length);
        return new ProblemPlace(node, node is null || rest.Length <= node.Id.Length ? null : rest[(node.Id.Length + 1)..]);
    }

    /// <summary>The values in a problem's sentence, in the order of its places; empty where they cannot be told or were cut.</summary>
    public static ImmutableArray<string> ValuesOf(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (ProblemKind.All.FirstOrDefault(kind => kind.Code == problem.Code) is not { } kind)
        {
            return [];
        }

        var pattern = "^" + Regex.Replace(Regex.Escape(kind.En).Replace("}", "\\}", StringComparison.Ordinal), @"\\\{(\d)\\\}", place => $"(?<v{place.Groups[1].Value}>.*?)") + "$";
        var match = Regex.Match(problem.Message.En, pattern, RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        if (!match.Success)
        {
            return [];
        }

        var values = ImmutableArray.CreateBuilder<string>();
        for (var index = 0; index < 6; index++)
        {
            var group = match.Groups[FormattableString.Invariant($"v{index}")];
            values.Add(group.Success && !group.Value.EndsWith('…') ? group.Value : "");
        }

        return values.ToImmutable();
    }

    private static string? Rest(Problem problem, WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(definition);
        var prefix = $"definitions/{definition.DefinitionId}";
        return problem.Path == prefix ? ""
            : problem.Path.StartsWith(prefix + "/", StringComparison.Ordinal) ? problem.Path[(prefix.Length + 1)..]
            : null;
    }
}
