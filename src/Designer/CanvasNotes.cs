using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Designer;

/// <summary>What is to be noted beside steps: problems, numbers of cases, what became of them since another version.</summary>
internal sealed class CanvasNotes
{
    private readonly IStringLocalizer<DesignerText> _text;
    private readonly IReadOnlyDictionary<string, NodeCount>? _counts;
    private readonly IReadOnlyDictionary<string, NodeMark>? _marks;
    private readonly HashSet<string> _broken;
    private readonly HashSet<string> _doubtful;
    private readonly ILookup<string, string> _problems;

    public CanvasNotes(
        IStringLocalizer<DesignerText> text, WorkflowDefinition definition, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, NodeCount>? counts, IReadOnlyDictionary<string, NodeMark>? marks)
    {
        (_text, _counts, _marks) = (text, counts, marks);
        var own = problems.Select(problem => (Step: GridFlow.Designer.Problems.ProblemPlace.Of(problem, definition).Node?.Id, Problem: problem)).Where(found => found.Step is not null).ToList();
        _problems = own.ToLookup(found => found.Step!, found => found.Problem.Message.ToString(), StringComparer.Ordinal);
        _broken = [.. own.Where(found => found.Problem.IsError).SelectMany(found => Around(found.Step!))];
        _doubtful = [.. own.Where(found => !found.Problem.IsError).SelectMany(found => Around(found.Step!))];

        // Of a step within a step that is shown closed, what holds it is marked.
        IEnumerable<string> Around(string step) => Editing.ActivityTree.WayTo(definition, step).Append(step);
    }

    public bool IsBroken(string id) => _broken.Contains(id);

    public bool IsDoubtful(string id) => _doubtful.Contains(id);

    public NodeCount? Count(string id) => _counts?.TryGetValue(id, out var count) == true && count.IsWorthShowing ? count : null;

    public NodeMark? Mark(string id) => _marks?.TryGetValue(id, out var mark) == true ? mark : null;

    /// <summary>What is written beside a step, in its order.</summary>
    public IEnumerable<string> Badges(string id) => Count(id) is { } count ? FlowNode.Badges(count, _text) : [];

    /// <summary>All else in words.</summary>
    public IEnumerable<string> Of(string id)
    {
        if (Mark(id) is { } mark)
        {
            yield return _text[$"Mark{mark}"];
        }

        if (Count(id)?.Median is { } median)
        {
            yield return _text["MedianLong", FlowNode.MedianText(median, _text)];
        }

        foreach (var problem in _problems[id])
        {
            yield return _text["ProblemIs", problem];
        }
    }
}
