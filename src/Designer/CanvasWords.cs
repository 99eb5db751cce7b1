using GridFlow.Designer.Canvas;
using GridFlow.Designer.Editing;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Designer;

/// <summary>What is drawn, in words: everything a picture shows of a step or a line, for those who do not see it.</summary>
/// <param name="text">The texts of this project.</param>
/// <param name="words">How steps are called.</param>
/// <param name="container">What is opened.</param>
/// <param name="drawing">How it is drawn.</param>
/// <param name="badges">What is written beside a step besides its name, in its order.</param>
/// <param name="notes">What else there is to say of a step: problems, numbers, marks.</param>
/// <param name="isReadOnly">Then nobody is told what is still to be connected.</param>
internal sealed class CanvasWords(IStringLocalizer<DesignerText> text, StepWords words, ActivityNode container, FlowDrawing drawing, Func<string, IEnumerable<string>> badges, Func<string, IEnumerable<string>> notes, bool isReadOnly)
{
    private readonly Dictionary<string, ActivityNode> _nodes = container.Activities.Append(container).DistinctBy(node => node.Id).ToDictionary(node => node.Id, StringComparer.Ordinal);
    private readonly ILookup<string, DrawnEdge> _ways = drawing.Edges.ToLookup(edge => edge.Source, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    public ActivityNode? Find(string id) => _nodes.GetValueOrDefault(id);

    public string Of(DrawnNode node) => _said.TryGetValue(node.Id, out var said) ? said : _said[node.Id] = Describe(node);

    public string Of(DrawnEdge edge) => _nodes.TryGetValue(edge.Source, out var source) ? text["LineFrom", words.Name(source), Leads(source, edge)] : "";

    public string Port(ActivityNode node, string port) => words.Outcome(node, port) is { Length: > 0 } name ? name : text["PlainEnd"];

    private string Describe(DrawnNode node)
    {
        var activity = _nodes[node.Id];
        var open = container.Type == FlowEdits.Flowchart && !isReadOnly ? FlowEdits.OpenPorts(container, activity) : [];
        List<string?> parts =
        [
            words.Kind(activity),
            .. notes(node.Id),
            .. _ways[node.Id].Select(edge => Leads(activity, edge)),
            .. open.Select(port => text["LeadsNowhere", Port(activity, port)].Value),
        ];
        // What is to be read on the step comes first, as it stands there: who speaks to the machine says what they see.
        return text["StepLeads", string.Join(' ', [node.Name, .. node.Notes, .. badges(node.Id)]), string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part)))];
    }

    private string Leads(ActivityNode from, DrawnEdge edge)
    {
        var target = _nodes.TryGetValue(edge.Target, out var step) ? words.Name(step) : edge.Target;
        var outcomes = string.Join(", ", edge.Ports.Select(port => words.Outcome(from, port)).Where(name => name.Length > 0).Distinct());
        return outcomes.Length > 0 ? text["LeadsTo", outcomes, target] : text["LeadsPlain", target];
    }
}
