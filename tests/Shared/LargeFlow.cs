using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Tests;

/// <summary>A workflow far larger than anybody draws: rows of steps that lead on, down and back.</summary>
internal static class LargeFlow
{
    private const int Columns = 20;

    public static WorkflowDefinition Of(int steps)
    {
        var nodes = Enumerable.Range(0, steps).Select(i => new ActivityNode
        {
            Id = Name(i),
            Name = Name(i),
            Type = (i % 7) switch { 0 => "GridFlow.HumanTask", 3 => "Elsa.FlowDecision", 5 => "GridFlow.Notify", _ => "GridFlow.SetCaseFacts" },
            DisplayText = LocalizedText.Same(string.Create(CultureInfo.InvariantCulture, $"Step {i}")),
            Position = new CanvasPoint(i % Columns * 240, i / Columns * 140),
            Size = new CanvasSize(180, 64),
        }).ToImmutableArray();
        var links = Enumerable.Range(0, steps - 1).Select(i => new Connection(Name(i), nodes[i].Type == "Elsa.FlowDecision" ? "True" : "Done", Name(i + 1)))
            .Concat(Enumerable.Range(0, steps - Columns).Where(i => i % 7 == 3).Select(i => new Connection(Name(i), "False", Name(i + Columns))));
        return new WorkflowDefinition
        {
            Id = "large-1",
            DefinitionId = "large",
            Name = LocalizedText.Same("Large"),
            Root = new ActivityNode { Id = "large-flow", Type = "Elsa.Flowchart", Start = Name(0), Activities = nodes, Connections = [.. links] },
        };
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"step{i}");
}
