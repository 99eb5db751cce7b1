using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Workflows.Activities.ControlFlow;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Tests.Model;

internal enum TangleKind
{
    Task,
    Pause,
    Add,
    Decision,
    Fork,
    Join,
}

/// <summary>A node of a tangle. Each port leads to any number of later nodes; those of a task but the first may lead back as well.</summary>
internal sealed record TangleNode(TangleKind Kind, FlowJoinMode Mode, bool Flag, ImmutableArray<ImmutableArray<int>> Ports)
{
    public string PortName(int port) => Kind switch
    {
        TangleKind.Task => $"O{port}",
        TangleKind.Decision => port == 0 ? "True" : "False",
        TangleKind.Fork => $"B{port}",
        _ => "Done",
    };
}

/// <summary>
/// A flowchart as nobody should draw it: branches jump into each other, joins stand anywhere. What it should do is not plain, but
/// some things must hold all the same.
/// </summary>
internal sealed record Tangle(ImmutableArray<TangleNode> Nodes, ImmutableArray<int> Order, ImmutableArray<int> OtherOrder)
{
    private const int Most = 9;

    public bool HasLoop => Nodes.Select((node, index) => node.Ports.Any(port => port.Any(target => target <= index))).Any(leadsBack => leadsBack);

    public static Gen<Tangle> Any(bool withLoops, params FlowJoinMode[] modes) =>
        from count in Gen.Choose(2, Most)
        from nodes in Gen.CollectToArray(Enumerable.Range(0, count), index => NodeOf(index, count, withLoops, modes))
        from entries in Gen.CollectToArray(Enumerable.Range(0, count), index => Gen.Choose(0, 1 << 16))
        from order in Plans.Order
        from otherOrder in Plans.Order
        select new Tangle(Reachable([.. nodes], entries), order, otherOrder);

    public static IEnumerable<Tangle> Shrink(Tangle tangle) =>
    [
        .. Enumerable.Range(1, tangle.Nodes.Length - 1).Select(tangle.Without),
        .. tangle.WithFewerConnections(),
        .. Plans.ShrinkOrder(tangle.Order).Select(order => tangle with { Order = order }),
        .. Plans.ShrinkOrder(tangle.OtherOrder).Select(order => tangle with { OtherOrder = order }),
    ];

    public WorkflowDefinition Draw() => BlockDrawing.Flow(BlockDrawing.MainWorkflow, [.. Nodes.Select(Draw)],
        [.. Nodes.SelectMany((node, index) => node.Ports.SelectMany((targets, port) => targets.Distinct().Select(target => new Connection(Name(index), node.PortName(port), Name(target)))))]);

    public override string ToString() => $"order {string.Join(' ', Order)}, other order {string.Join(' ', OtherOrder)}\n  "
        + string.Join("\n  ", Nodes.Select((node, index) => $"{Name(index)} {(node.Kind == TangleKind.Join ? node.Mode : node.Flag)}: {string.Join(", ", node.Ports.Select((targets, port) => $"{node.PortName(port)} > {string.Join('+', targets.Select(Name))}"))}"));

    private static Gen<TangleNode> NodeOf(int index, int count, bool withLoops, FlowJoinMode[] modes) =>
        from kind in Gen.Frequency(
            (6, Gen.Constant(TangleKind.Task)), (1, Gen.Constant(TangleKind.Pause)), (1, Gen.Constant(TangleKind.Add)),
            (2, Gen.Constant(TangleKind.Decision)), (4, Gen.Constant(TangleKind.Fork)), (index > 1 ? 4 : 0, Gen.Constant(TangleKind.Join)))
        from mode in Gen.Elements(modes)
        from flag in Gen.Elements(true, false)
        from ports in Gen.CollectToArray(Enumerable.Range(0, kind is TangleKind.Task or TangleKind.Decision or TangleKind.Fork ? 2 : 1), port => TargetsOf(index, count, withLoops && kind == TangleKind.Task && port > 0))
        select new TangleNode(kind, mode, flag, [.. ports]);

    private static Gen<ImmutableArray<int>> TargetsOf(int index, int count, bool mayLeadBack) => index == count - 1 && !mayLeadBack
        ? Gen.Constant(ImmutableArray<int>.Empty)
        : from targets in Gen.Frequency((1, Gen.Choose(0, 0)), (5, Gen.Choose(1, 1)), (1, Gen.Choose(2, 2)))
          from chosen in Gen.ArrayOf(Gen.Choose(mayLeadBack ? 0 : index + 1, Math.Min(count - 1, index + 4)), targets)
          select chosen.Distinct().ToImmutableArray();

    private static ImmutableArray<TangleNode> Reachable(ImmutableArray<TangleNode> nodes, int[] entries)
    {
        var builder = nodes.ToBuilder();
        for (var index = 1; index < nodes.Length; index++)
        {
            if (!builder.Take(index).Any(node => node.Ports.Any(port => port.Contains(index))))
            {
                var source = builder[entries[index] % index];
                var port = entries[index] / index % source.Ports.Length;
                builder[entries[index] % index] = source with { Ports = source.Ports.SetItem(port, source.Ports[port].Add(index)) };
            }
        }

        return builder.ToImmutable();
    }

    private static string Describe(TangleKind kind) => kind.ToString().ToLowerInvariant();

    private string Name(int index) => Describe(Nodes[index].Kind) + index;

    private ActivityNode Draw(TangleNode node, int index) => node.Kind switch
    {
        TangleKind.Task => BlockDrawing.Task(Name(index), ["O0", "O1"], hasLimit: false),
        TangleKind.Pause => BlockDrawing.Node(Name(index), "Elsa.Delay", ("timeSpan", "Literal", "01:00:00")),
        TangleKind.Add => BlockDrawing.Adding(Name(index), 1),
        TangleKind.Decision => BlockDrawing.Node(Name(index), "Elsa.FlowDecision", ("condition", "Literal", node.Flag)),
        TangleKind.Fork => BlockDrawing.Node(Name(index), "Elsa.FlowFork", ("branches", "Literal", (string[])["B0", "B1"])),
        TangleKind.Join => BlockDrawing.Node(Name(index), "Elsa.FlowJoin", ("mode", "Literal", node.Mode.ToString())),
    };

    // What led to the node leads to wherever its first port leads.
    private Tangle Without(int gone)
    {
        var then = Nodes[gone].Ports[0].Where(target => target > gone).ToList();
        return this with
        {
            Nodes = [.. Nodes.RemoveAt(gone).Select(node => node with { Ports = [.. node.Ports.Select(Redirected)] })],
        };

        ImmutableArray<int> Redirected(ImmutableArray<int> targets) =>
            [.. targets.SelectMany(target => target == gone ? then : [target]).Distinct().Select(target => target > gone ? target - 1 : target)];
    }

    private IEnumerable<Tangle> WithFewerConnections()
    {
        for (var index = 0; index < Nodes.Length; index++)
        {
            for (var port = 0; port < Nodes[index].Ports.Length; port++)
            {
                foreach (var target in Nodes[index].Ports[port])
                {
                    yield return this with { Nodes = Nodes.SetItem(index, Nodes[index] with { Ports = Nodes[index].Ports.SetItem(port, Nodes[index].Ports[port].Remove(target)) }) };
                }
            }
        }
    }
}
