using System.Globalization;
using GridFlow.Designer.Canvas;
using GridFlow.Workflows.Definitions;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Designer;

/// <summary>A workflow as a picture; needs no script and no circuit.</summary>
public sealed partial class FlowPicture
{
    // Smaller than this, text in the picture cannot be read: it scrolls instead.
    private const double SmallestScale = 0.78;
    private FlowDrawing _drawing = new([], [], default);
    private StepWords? _words;

    /// <summary>The workflow.</summary>
    [Parameter, EditorRequired]
    public required WorkflowDefinition Definition { get; set; }

    /// <summary>How many cases stand at each step, by activity id; null shows no numbers.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, NodeCount>? Counts { get; set; }

    /// <summary>Where a click on a step leads, by activity id; null for a step that leads nowhere.</summary>
    [Parameter]
    public Func<string, string?>? NodeHref { get; set; }

    /// <summary>Ids of the activities where a case stands.</summary>
    [Parameter]
    public IReadOnlySet<string>? Highlighted { get; set; }

    /// <summary>The path a case took: ids of activities, and <c>activity:port</c> for outcomes; what was not taken steps back.</summary>
    [Parameter]
    public IReadOnlySet<string>? Taken { get; set; }

    /// <summary>What became of steps, by id, and of lines, by <c>source&gt;target</c>, between two versions; null for a picture of one.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, NodeMark>? Marks { get; set; }

    /// <summary>How often a case came by each step, by activity id; twice and more is written on the step.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, int>? Visits { get; set; }

    /// <summary>Names of departments and areas that the definition names, by unit key.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string>? UnitNames { get; set; }

    /// <summary>Small, without numbers to read and without the list of steps: for a card that leads to the whole picture.</summary>
    [Parameter]
    public bool IsThumbnail { get; set; }

    private string Prefix => "flow-" + Definition.DefinitionId;

    private bool HasLinks => NodeHref is not null && _drawing.Nodes.Any(node => HrefOf(node.Id) is not null);

    private string ViewBox => string.Create(
        CultureInfo.InvariantCulture, $"{_drawing.Bounds.X:0.#} {_drawing.Bounds.Y:0.#} {_drawing.Bounds.Width:0.#} {_drawing.Bounds.Height:0.#}");

    private string? SvgStyle => IsThumbnail ? null : string.Create(
        CultureInfo.InvariantCulture, $"min-width:{_drawing.Bounds.Width * SmallestScale:0}px;max-width:{_drawing.Bounds.Width:0}px");

    protected override void OnParametersSet()
    {
        _words = new StepWords(Text, UnitNames);
        _drawing = FlowDrawer.Draw(Definition, _words);
    }

    private string? HrefOf(string id) => IsThumbnail ? null : NodeHref?.Invoke(id);

    private NodeCount? CountOf(string id) => Counts?.TryGetValue(id, out var count) == true && count.IsWorthShowing ? count : null;

    private int VisitsOf(string id) => Visits?.GetValueOrDefault(id) ?? 0;

    private bool IsTaken(DrawnEdge edge) => Taken is not null && edge.Ports.Any(port => Taken.Contains($"{edge.Source}:{port}"));

    private bool IsAside(DrawnEdge edge) => Taken is not null && !IsTaken(edge);

    private string MarkOf(string key) => Marks?.TryGetValue(key, out var mark) == true ? $" is-{mark.ToString().ToLowerInvariant()}" : "";

    private string EdgeClass(DrawnEdge edge) => MarkOf($"{edge.Source}>{edge.Target}") is { Length: > 0 } marked ? "edge" + marked : IsTaken(edge) ? "edge is-taken" : IsAside(edge) ? "edge is-aside" : "edge";

    private string NodeState(string id) => Marks is not null ? MarkOf(id) : Highlighted?.Contains(id) == true ? "is-here"
        : Taken is null ? "" : Taken.Contains(id) ? "is-taken" : "is-aside";

    private string LinkLabel(DrawnNode node) => CountOf(node.Id) is { } count ? $"{node.Name}: {FlowNode.CountText(count, Text)}" : node.Name;

    private string Described(DrawnNode node)
    {
        var activity = Definition.FindActivity(node.Id)!;
        List<string?> parts =
        [
            _words!.Kind(activity), _words.Who(activity), _words.Limit(activity),
            CountOf(node.Id) is { } count ? FlowNode.CountText(count, Text) : null,
            VisitsOf(node.Id) > 1 ? Text["Times", VisitsOf(node.Id)].Value : null,
            Highlighted?.Contains(node.Id) == true ? Text["Here"].Value : null,
            Marks?.TryGetValue(node.Id, out var mark) == true ? Text[$"Mark{mark}"].Value : null,
            .. _drawing.Edges.Where(edge => edge.Source == node.Id).SelectMany(edge => edge.Ports.Select(port => Leads(activity, port, edge.Target))),
        ];
        return Text["StepLeads", node.Name, string.Join("; ", parts.OfType<string>())];
    }

    private string Leads(ActivityNode from, string port, string target)
    {
        var name = _drawing.Nodes.First(node => node.Id == target).Name;
        var outcome = _words!.Outcome(from, port);
        return outcome.Length > 0 ? Text["LeadsTo", outcome, name] : Text["LeadsPlain", name];
    }
}
