using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>What the checks of one definition find, and what they ask of what surrounds it.</summary>
/// <param name="definition">The definition.</param>
/// <param name="knows">Whether the bundle has a workflow with a definition id.</param>
/// <param name="unitExists">Whether an absolute unit key names a unit there is.</param>
internal sealed class Findings(WorkflowDefinition definition, Func<string, bool> knows, Func<string, bool> unitExists)
{
    // A definition made to be wrong must not make a list without end.
    private const int Most = 500;
    private const int LongestExcerpt = 120;

    private readonly List<Problem> _problems = [];

    public WorkflowDefinition Definition => definition;

    public IReadOnlyList<Problem> Problems => _problems;

    public bool Knows(string definitionId) => knows(definitionId);

    public bool UnitExists(string unit) => unitExists(unit);

    /// <summary>Notes a problem of an activity, or of one of its inputs. Long values are cut: the place is named, after all.</summary>
    public void Add(ProblemKind kind, ActivityNode node, string? input, params object[] values)
    {
        if (_problems.Count >= Most)
        {
            return;
        }

        var path = $"definitions/{definition.DefinitionId}/{node.Id}{(input is null ? "" : "/" + input)}";
        _problems.Add(kind.At(path, [.. values.Select(value => value is string { Length: > LongestExcerpt } text ? text[..LongestExcerpt] + "…" : value)]));
    }

    /// <summary>What an activity does; null when nobody knows.</summary>
    public static Activity? KindOf(ActivityNode node) => ActivityCatalog.Find(node);

    /// <summary>The ports of an activity; null when they cannot be told: its type is not known, its outcomes have the wrong form, or stand in the workflow it calls.</summary>
    public static IReadOnlyList<string>? PortsOf(ActivityNode node)
    {
        try
        {
            return KindOf(node)?.Ports(node) is { IsDefault: false } ports ? ports : null;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ActivityException or Expressions.ValueTooLargeException)
        {
            return null;
        }
    }
}
