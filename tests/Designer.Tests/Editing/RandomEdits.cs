using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Designer.Editing;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Tests.Editing;

/// <summary>Edits by dice: what, and on which steps, both as numbers that fit any workflow.</summary>
internal sealed record RandomEdit(int What, int First, int Second)
{
    private static readonly string[] Types = ["GridFlow.HumanTask", "GridFlow.Approval", "Elsa.FlowDecision", "Elsa.End", "GridFlow.Notify", "Elsa.Sequence"];

    public static Gen<RandomEdit> Any { get; } =
        from what in Gen.Choose(0, 12)
        from first in Gen.Choose(0, 1000)
        from second in Gen.Choose(0, 1000)
        select new RandomEdit(what, first, second);

    public static Arbitrary<RandomEdit[]> Several(int most) => Gen.Choose(1, most).SelectMany(count => Any.ArrayOf(count)).ToArbitrary();

    public WorkflowDefinition ApplyTo(WorkflowDefinition definition)
    {
        var container = definition.Root;
        var nodes = container.Activities;
        if (nodes.IsEmpty)
        {
            return FlowEdits.Add(definition, container.Id, NewStep.Of(Types[First % Types.Length], definition));
        }

        var (one, other) = (nodes[First % nodes.Length], nodes[Second % nodes.Length]);
        var link = container.Connections.IsEmpty ? new Connection(one.Id, "Done", other.Id) : container.Connections[Second % container.Connections.Length];
        var ports = FlowEdits.PortsOf(one);
        return What switch
        {
            0 => FlowEdits.Add(definition, container.Id, NewStep.Of(Types[First % Types.Length], definition)),
            1 => FlowEdits.Remove(definition, [one.Id]),
            2 => FlowEdits.Insert(definition, container.Id, NewStep.Of(Types[First % Types.Length], definition), link.Source, link.Target),
            3 => FlowEdits.Connect(definition, container.Id, one.Id, ports.Count > 0 ? ports[Second % ports.Count] : "Done", other.Id),
            4 => FlowEdits.Disconnect(definition, container.Id, link.Source, link.Target),
            5 => FlowEdits.Reconnect(definition, container.Id, link.Source, link.Target, one.Id, link.Target),
            6 => FlowEdits.Reconnect(definition, container.Id, link.Source, link.Target, link.Source, other.Id),
            7 => Rename(definition, one.Id),
            8 => SetInput(definition, one.Id),
            9 => Move(definition, one.Id),
            10 => FlowFragment.Paste(definition, container.Id, FlowFragment.Copy(container, new HashSet<string> { one.Id, other.Id }), new CanvasPoint(40, 40)).Definition,
            11 => FlowEdits.Place(definition, container.Id, Canvas.FlowDrawer.LayOut(container)),
            _ => FlowEdits.Reorder(definition, one.Id, (Second % 5) - 2),
        };
    }

    /// <summary>An edit of one step alone.</summary>
    public WorkflowDefinition ApplyTo(WorkflowDefinition definition, string id) => (What % 3) switch
    {
        0 => Rename(definition, id),
        1 => SetInput(definition, id),
        _ => Move(definition, id),
    };

    private WorkflowDefinition Rename(WorkflowDefinition definition, string id) =>
        FlowEdits.Rename(definition, id, new LocalizedText(string.Create(CultureInfo.InvariantCulture, $"名{Second}"), string.Create(CultureInfo.InvariantCulture, $"Name {First}")));

    private WorkflowDefinition SetInput(WorkflowDefinition definition, string id) =>
        FlowEdits.SetInput(definition, id, First % 2 == 0 ? "limit" : "unit", Second % 4 == 0 ? null : new ActivityInput("String", "Literal", System.Text.Json.JsonSerializer.SerializeToElement($"{Second}wd")));

    private WorkflowDefinition Move(WorkflowDefinition definition, string id) =>
        FlowEdits.Place(definition, definition.Root.Id, new Dictionary<string, CanvasPoint> { [id] = new(First, Second) });
}
