using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions.Validation;

namespace GridFlow.Workflows.Definitions;

/// <summary>
/// Says everything that is wrong with a definition, so that nothing of it has to be found out by a running case. The kinds of
/// problems are listed at <see cref="ProblemKind"/>.
/// </summary>
public static class DefinitionValidator
{
    /// <summary>All problems of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="knows">Whether the bundle has a workflow with a definition id.</param>
    /// <param name="unitExists">Whether an absolute unit key names a unit there is.</param>
    /// <returns>
    /// Problems by <c>definitions/</c>, the definition's id, the activity's id and, where it is about one, the input. At most 500.
    /// </returns>
    public static IReadOnlyList<Problem> Validate(WorkflowDefinition definition, Func<string, bool> knows, Func<string, bool> unitExists)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var findings = new Findings(definition, knows, unitExists);
        foreach (var duplicate in definition.AllActivities().GroupBy(node => node.Id, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            findings.Add(ProblemKind.DuplicateId, duplicate.First(), null, duplicate.Key);
        }

        foreach (var node in definition.AllActivities())
        {
            InputCheck.Run(findings, node);
            if (node.Type == "Elsa.Flowchart")
            {
                var shape = new FlowShape(node);
                ConnectionCheck.Run(findings, node, shape);
                JoinCheck.Run(findings, shape);
                LoopCheck.Run(findings, shape);
            }
        }

        ReferenceCheck.Run(findings);
        return findings.Problems;
    }
}
