using System.Text.Json;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>A workflow as it is when it is begun: a start and an end.</summary>
public static class NewFlow
{
    public static WorkflowDefinition Of(string id, LocalizedText name)
    {
        var empty = new WorkflowDefinition
        {
            Id = id + "-1",
            DefinitionId = id,
            Name = name,
            Root = new ActivityNode { Id = id + "-flow", Type = FlowEdits.Flowchart, Start = "start", Source = JsonSerializer.SerializeToElement(new { activities = Array.Empty<int>(), connections = Array.Empty<int>() }) },
        };
        var start = Arrange.At(NewStep.Of("Elsa.Start", empty), new CanvasPoint(0, 0));
        var end = Arrange.At(NewStep.Of("Elsa.End", empty), new CanvasPoint(320, 0));
        return FlowEdits.AddAfter(FlowEdits.Add(empty, empty.Root.Id, start), empty.Root.Id, end, start.Id, "Done");
    }
}
