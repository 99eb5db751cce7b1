using System.Collections.Immutable;
using GridFlow.Designer.Canvas;
using GridFlow.Designer.Editing;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Designer;

/// <summary>What can be done on a canvas: edits that need to know where things are drawn, under the names the reader sees beside Undo.</summary>
/// <param name="editor">The workflow.</param>
/// <param name="text">Names of edits.</param>
/// <param name="drawing">What is drawn now.</param>
public sealed class CanvasActions(FlowEditor editor, IStringLocalizer<DesignerText> text, Func<FlowDrawing> drawing)
{
    private const double Ahead = 64;
    private const double PasteShift = 40;
    private static readonly Dictionary<string, CanvasPoint> Nowhere = [];

    private string Container => editor.Container.Id;

    private bool IsFlowchart => editor.Container.Type == FlowEdits.Flowchart;

    /// <summary>Moves steps, as far as others leave room; in a sequence, which has an order instead of places, to where they were let go.</summary>
    public bool Move(IReadOnlyList<string> ids, double x, double y)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var drawn = drawing().Nodes;
        var moved = drawn.Where(node => ids.Contains(node.Id)).ToList();
        if (moved.Count == 0)
        {
            return false;
        }

        if (!IsFlowchart)
        {
            var target = moved[0].Bounds.Center.X + x;
            var to = drawn.Count(node => node.Id != moved[0].Id && node.Bounds.Center.X < target);
            return editor.Container.Type == "Elsa.Sequence" && Do(text["EditMove"], now => FlowEdits.Reorder(now, moved[0].Id, to - IndexOf(drawn, moved[0].Id)));
        }

        var others = drawn.Where(node => !ids.Contains(node.Id)).Select(node => node.Bounds).ToList();
        var (shiftX, shiftY) = Editing.Arrange.FindShift(others, [.. moved.Select(node => new Rect(node.Bounds.X + x, node.Bounds.Y + y, node.Bounds.Width, node.Bounds.Height))]);
        var isMoved = Place(text["EditMove"], moved.ToDictionary(node => node.Id, node => new CanvasPoint(node.Bounds.Center.X + x + shiftX, node.Bounds.Center.Y + y + shiftY)));
        editor.Select(FlowSelection.Of(moved.Select(node => node.Id)));
        return isMoved;
    }

    /// <summary>Lines chosen steps up, spreads them, or lays all out anew, by the name of the command; nothing for any other.</summary>
    public bool Arrange(string command) => command switch
    {
        "spreadAcross" => Place(text["EditSpread"], Editing.Arrange.Distribute(Selected(), isAcross: true)),
        "spreadDown" => Place(text["EditSpread"], Editing.Arrange.Distribute(Selected(), isAcross: false)),
        "layout" => IsFlowchart && Do(text["EditLayOut"], now => FlowEdits.Place(now, Container, FlowDrawer.LayOut(editor.Container))),
        _ => command.StartsWith("align", StringComparison.Ordinal) && Enum.TryParse<Alignment>(command["align".Length..], out var along) && Place(text["EditAlign"], Editing.Arrange.Align(Selected(), along)),
    };

    /// <summary>Adds a step: on a line, behind an outcome, at a place, or where it fits best after what is chosen.</summary>
    /// <param name="type">What kind.</param>
    /// <param name="calls">For a step that calls another workflow: which.</param>
    /// <param name="at">Where its middle was wanted; null for beside what it follows.</param>
    /// <param name="on">The line it is put on.</param>
    /// <param name="from">The outcome that is to lead to it.</param>
    /// <returns>Its id; null where there is no room for a step.</returns>
    public string? Add(string type, WorkflowDefinition? calls, CanvasPoint? at, FlowLink? on, (string Source, string Port)? from)
    {
        if (StepSlots.FindFree(editor.Container) is not { } slot)
        {
            return null;
        }

        var node = NewStep.Of(type, editor.Definition, calls) with { Slot = slot };
        var line = on ?? (at is null && from is null ? editor.Selection.Link : null);
        var after = from?.Source ?? (at is null && line is null ? editor.Selection.Node : null);
        if (IsFlowchart)
        {
            var (center, shifts) = FindPlace(at, line, after);
            node = Editing.Arrange.At(node, center);
            Do(text["EditAdd"], now => Added(Settled(now, shifts)), FlowSelection.Of(node.Id));
        }
        else
        {
            Do(text["EditAdd"], now => FlowEdits.Add(now, Container, node, after ?? line?.Source), FlowSelection.Of(node.Id));
        }

        return node.Id;

        WorkflowDefinition Added(WorkflowDefinition now)
        {
            var parent = now.FindActivity(Container)!;
            if (line is { } between)
            {
                return FlowEdits.Insert(now, Container, node, between.Source, between.Target);
            }

            var port = from?.Port ?? (after is not null && parent.Activities.FirstOrDefault(step => step.Id == after) is { } step ? FlowEdits.OpenPorts(parent, step).FirstOrDefault() : null);
            return after is not null && port is not null ? FlowEdits.AddAfter(now, Container, node, after, port) : FlowEdits.Add(now, Container, node);
        }
    }

    public bool Connect(string source, string port, string target) => Do(text["EditConnect"], now => FlowEdits.Connect(now, Container, source, port, target));

    /// <summary>Leads an outcome elsewhere, or nowhere.</summary>
    public bool Lead(string source, string port, string? target) => target is null
        ? Do(text["EditDisconnect"], now => editor.Container.Connections.Where(link => link.Source == source && link.SourcePort == port)
            .Aggregate(now, (left, link) => FlowEdits.Disconnect(left, Container, source, link.Target, port)))
        : Connect(source, port, target);

    public bool Reconnect(FlowLink link, string source, string target) =>
        Do(text["EditReconnect"], now => FlowEdits.Reconnect(now, Container, link.Source, link.Target, source, target), FlowSelection.Of(new FlowLink(source, target)));

    /// <summary>Takes away what is chosen.</summary>
    public bool Delete()
    {
        var (nodes, links) = editor.Selection;
        var container = Container;
        return Do(text["EditDelete"], now => FlowEdits.Remove(links.Aggregate(now, (left, link) => FlowEdits.Disconnect(left, container, link.Source, link.Target)), nodes), FlowSelection.None);
    }

    /// <summary>What is chosen, to be pasted.</summary>
    public string Copy()
    {
        var placed = IsFlowchart ? FlowEdits.Place(editor.Definition, Container, Centers()).FindActivity(Container)! : editor.Container;
        return FlowFragment.Copy(placed, editor.Selection.Nodes.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Adds what was copied, beside where it stood.</summary>
    public bool Paste(string fragment)
    {
        if (FlowFragment.Read(fragment) is not { } read || StepSlots.FindFree(editor.Container) is not "")
        {
            return false;
        }

        var wanted = read.Activities.Select(node => new Rect(
            node.Position.X + PasteShift, node.Position.Y + PasteShift, node.Size.Width > 0 ? node.Size.Width : NodeDrawer.Width, node.Size.Height > 0 ? node.Size.Height : NodeDrawer.UsualHeight)).ToList();
        var (x, y) = Editing.Arrange.FindShift([.. drawing().Nodes.Select(node => node.Bounds)], wanted);
        var (_, ids) = FlowFragment.Paste(editor.Definition, Container, fragment, default);
        return Do(text["EditPaste"], now => FlowFragment.Paste(Settled(now, Nowhere), Container, fragment, new CanvasPoint(PasteShift + x, PasteShift + y)).Definition, FlowSelection.Of(ids));
    }

    private bool Do(string name, Func<WorkflowDefinition, WorkflowDefinition> edit, FlowSelection? select = null) => editor.Do(edit, name, select);

    private bool Place(string name, IReadOnlyDictionary<string, CanvasPoint> centers) => IsFlowchart && Do(name, now => FlowEdits.Place(Settled(now, Nowhere), Container, centers));

    // Where nobody placed the steps yet, they are laid out. The first to be moved makes that their place.
    private WorkflowDefinition Settled(WorkflowDefinition now, IReadOnlyDictionary<string, CanvasPoint> shifts)
    {
        var placed = FlowDrawer.IsPlaced(editor.Container, drawing()) ? now : FlowEdits.Place(now, Container, Centers());
        return shifts.Count == 0 ? placed : FlowEdits.Place(placed, Container, shifts);
    }

    private Dictionary<string, CanvasPoint> Centers() => drawing().Nodes.ToDictionary(node => node.Id, node => node.Bounds.Center, StringComparer.Ordinal);

    private Dictionary<string, Rect> Selected() => drawing().Nodes.Where(node => editor.Selection.Nodes.Contains(node.Id)).ToDictionary(node => node.Id, node => node.Bounds, StringComparer.Ordinal);

    // On a line, the steps behind it make room, all by the same.
    private (CanvasPoint Center, IReadOnlyDictionary<string, CanvasPoint> Shifts) FindPlace(CanvasPoint? at, FlowLink? line, string? after)
    {
        var drawn = drawing().Nodes;
        var bounds = drawn.Select(node => node.Bounds).ToList();
        if (line is { } between && Find(between.Source) is { } from && Find(between.Target) is { } to)
        {
            var gap = to.X - from.Right;
            var needed = NodeDrawer.Width + (2 * Ahead);
            if (gap > 0 && gap < needed && Math.Abs(to.Center.Y - from.Center.Y) < NodeDrawer.UsualHeight)
            {
                var by = Math.Ceiling((needed - gap) / Editing.Arrange.Grid) * Editing.Arrange.Grid;
                var behind = drawn.Where(node => node.Bounds.X >= to.X).ToDictionary(node => node.Id, node => new CanvasPoint(node.Bounds.Center.X + by, node.Bounds.Center.Y));
                return (new CanvasPoint((from.Right + to.X + by) / 2, from.Center.Y), behind);
            }

            at ??= new CanvasPoint((from.Center.X + to.Center.X) / 2, (from.Center.Y + to.Center.Y) / 2);
        }

        var all = bounds.Count == 0 ? default : bounds.Aggregate((a, b) => a.Union(b));
        var wanted = at ?? (after is not null && Find(after) is { } step
            ? new CanvasPoint(step.Right + Ahead + (NodeDrawer.Width / 2), step.Center.Y)
            : bounds.Count == 0 ? new CanvasPoint(0, 0) : new CanvasPoint(all.X + (NodeDrawer.Width / 2), all.Bottom + Ahead + (NodeDrawer.UsualHeight / 2)));
        return (Editing.Arrange.FindRoom(bounds, Rect.Around(Editing.Arrange.Snap(wanted), NodeDrawer.Width, NodeDrawer.UsualHeight)), Nowhere);

        Rect? Find(string id) => drawn.FirstOrDefault(node => node.Id == id)?.Bounds;
    }

    private static int IndexOf(ImmutableArray<DrawnNode> nodes, string id) => nodes.TakeWhile(node => node.Id != id).Count();
}
