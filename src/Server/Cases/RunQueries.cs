using System.Globalization;
using GridFlow.Designer;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>How a case ran, for those who keep the workflow or answer for it: what ran, with what, and why this way.</summary>
public sealed class RunQueries(TimelineQueries timelines, CaseWords words)
{
    /// <summary>Whether a reader is shown how cases ran.</summary>
    public static bool MayRead(CurrentUser user) => user.Can(Permission.Publish) || user.Can(Permission.Supervise) || user.Can(Permission.Dispatch) || user.Can(Permission.ViewAudit);

    /// <summary>Null when there is no such case for this reader, or no right to read its run.</summary>
    public async Task<CaseRun?> FindAsync(CaseDetail found, CurrentUser user, CancellationToken cancellationToken = default) =>
        MayRead(user) && await timelines.LoadAsync(found.Number, user, cancellationToken) is { } history
            ? new CaseRun(new RunTeller(history.Words, words, user.Can(Permission.Edit)).Tell(history.Entries), Flows(history, found))
            : null;

    /// <summary>The ways of a case through the workflows it came to.</summary>
    public async Task<IReadOnlyList<RunFlow>> FindFlowsAsync(CaseDetail found, CurrentUser user, CancellationToken cancellationToken = default) =>
        await timelines.LoadAsync(found.Number, user, cancellationToken) is { } history ? Flows(history, found) : [];

    private static List<RunFlow> Flows(CaseHistory history, CaseDetail found)
    {
        var named = history.Entries.SelectMany(entry => PassedStep.Read(entry, HistoryData.Via).Select(step => step.Definition).Append(entry.Data.GetValueOrDefault(HistoryData.Definition, "")));
        var flows = new List<RunFlow>();
        var alive = found.OpenItems.Select(item => item.DefinitionId).ToHashSet(StringComparer.Ordinal);
        foreach (var definition in named.Concat(found.OpenItems.Select(item => item.DefinitionId)).Distinct().Select(history.Current.FindDefinition).OfType<WorkflowDefinition>())
        {
            var path = RunPath.Of(history.Entries, definition);
            var here = found.OpenItems.Where(item => item.DefinitionId == definition.DefinitionId).Select(item => item.ActivityId).ToHashSet(StringComparer.Ordinal);
            flows.Add(new RunFlow(definition, path.Taken.Union(Calling(definition, alive)).ToHashSet(StringComparer.Ordinal), path.Visits, here));
        }

        return flows;
    }

    // A step that waits for the workflow it called has not ended, but the way led to it.
    private static IEnumerable<string> Calling(WorkflowDefinition definition, HashSet<string> alive) => definition.AllActivities()
        .Where(node => node.Type == "Elsa.ExecuteWorkflow" && node.Inputs.TryGetValue("workflowDefinitionId", out var called) && alive.Contains(called.Text)).Select(node => node.Id);
}

/// <summary>Puts the entries of a history together to steps with a beginning and an end.</summary>
/// <param name="history">The words that tell an entry.</param>
/// <param name="words">The words of the reader.</param>
/// <param name="isDrawer">The reader draws workflows: conditions and inputs are told as they are written.</param>
internal sealed class RunTeller(HistoryWords history, CaseWords words, bool isDrawer)
{
    private const int LongestInput = 80;
    private readonly List<RunLine> _lines = [];
    private readonly Dictionary<string, int> _items = [];
    private readonly Dictionary<string, int> _times = [];

    public IReadOnlyList<RunLine> Tell(IReadOnlyList<HistoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            Add(entry);
        }

        return _lines;
    }

    private void Add(HistoryEntry entry)
    {
        switch (entry.Kind)
        {
            case HistoryKind.WorkItemOpened:
                _items[Get(entry, "item")] = _lines.Count;
                Begin(entry, RunLineKind.Task, history.Unit(entry, "unit"));
                break;
            case HistoryKind.Claimed or HistoryKind.Released or HistoryKind.Reminded or HistoryKind.Overdue or HistoryKind.Escalated when _items.ContainsKey(Get(entry, "item")):
                Change(entry, line => line with { By = entry.Kind == HistoryKind.Claimed ? history.By(entry.Actor) : line.By, Lines = [.. line.Lines, Noted(entry)] });
                break;
            case HistoryKind.WorkItemCompleted when _items.ContainsKey(Get(entry, "item")):
                Change(entry, line => line with { IsOpen = false, EndedAt = entry.At, By = history.By(entry.Actor), Result = history.Outcome(entry), Lines = [.. line.Lines, .. history.Lines(entry).Select(Mask.InText)] });
                break;
            case HistoryKind.WorkItemCancelled when _items.ContainsKey(Get(entry, "item")):
                Change(entry, line => line with { IsOpen = false, EndedAt = entry.At, Result = words["RunTakenBack"] });
                break;
            case HistoryKind.TimerSet:
                Begin(entry, RunLineKind.Timer, "");
                break;
            case HistoryKind.ActivityCompleted:
                End(entry);
                break;
            case HistoryKind.Incident:
                Add(new RunLine(entry.Number, RunLineKind.Failure, history.Sentence(entry), entry.At) { Flow = FlowOf(entry), Lines = [Get(entry, "problem")] }, entry);
                break;
            case HistoryKind.MessageQueued:
                break;
            default:
                Add(new RunLine(entry.Number, RunLineKind.Milestone, history.Sentence(entry), entry.At) { By = HistoryWords.IsWorkflow(entry.Kind) ? "" : history.By(entry.Actor), Lines = [.. history.Lines(entry).Select(Mask.InText)] }, entry);
                break;
        }

        if (PassedStep.Read(entry, HistoryData.Then) is { Length: > 0 } then && _lines.Count > 0)
        {
            _lines.Add(new RunLine(-entry.Number, RunLineKind.Step, "", entry.At) { Passed = [.. then.Select(step => Name(entry, step))] });
        }
    }

    private void Begin(HistoryEntry entry, RunLineKind kind, string by)
    {
        var until = DateTimeOffset.TryParse(Get(entry, "due"), CultureInfo.InvariantCulture, out var due) ? words[kind == RunLineKind.Timer ? "RunUntil" : "RunDue", words.Time(due)] : null;
        Add(new RunLine(entry.Number, kind, history.Title(entry), entry.At) { Flow = FlowOf(entry), Nth = Again(entry), IsOpen = true, By = by, Lines = until is null ? [] : [until] }, entry);
    }

    private void End(HistoryEntry entry)
    {
        var node = history.Definition(entry)?.FindActivity(Get(entry, HistoryData.Activity));
        var outcome = Get(entry, HistoryData.Outcome);
        var result = outcome is "Done" or "" ? "" : string.Join(words["ListComma"], outcome.Split(',').Select(port => history.Port(entry, port)));
        if (_lines.FindLastIndex(line => line.IsOpen && line.Kind == RunLineKind.Timer && line.Title == history.Title(entry) && line.Flow == FlowOf(entry)) is >= 0 and var timer)
        {
            _lines[timer] = _lines[timer] with { IsOpen = false, EndedAt = entry.At, Result = result.Length > 0 ? result : words["RunTimerFired"] };
            return;
        }

        if (node is not null && ActivityCatalog.Find(node) is { HasForm: true })
        {
            // Its work items have their lines; this says only how it left where nobody said so.
            if (result.Length > 0 && _lines.FindLastIndex(line => line.Kind == RunLineKind.Task && line.Title == history.Title(entry)) is >= 0 and var task)
            {
                _lines[task] = _lines[task] with { Result = _lines[task].Result is { Length: > 0 } given && given != words["RunTakenBack"] ? given : result };
            }

            return;
        }

        var isDecision = node?.Type is "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.If" or "Elsa.Switch";
        Add(new RunLine(entry.Number, isDecision ? RunLineKind.Decision : RunLineKind.Step, history.Title(entry), entry.At)
        {
            Flow = FlowOf(entry),
            Nth = Again(entry),
            EndedAt = entry.At,
            Result = result,
            Why = isDrawer ? [.. Why(entry, node, isDecision)] : [],
            Lines = isDecision ? [] : [.. isDrawer ? Inputs(node) : [], .. Get(entry, "text") is { Length: > 0 } text ? [Mask.InText(text)] : Array.Empty<string>()],
        }, entry);
    }

    private IEnumerable<string> Why(HistoryEntry entry, ActivityNode? node, bool isDecision)
    {
        if (isDecision && node?.Inputs.GetValueOrDefault("condition") is { ExpressionType: "JavaScript" } condition)
        {
            yield return words["RunCondition", Shortened(condition.Text)];
        }

        if (Get(entry, HistoryData.Saw) is { Length: > 0 } saw)
        {
            yield return words[isDecision ? "RunSaw" : "RunInputs", string.Join(words["ListComma"], saw.Split('\n').Select(line => Mask.InText(line.Replace("=", " = ", StringComparison.Ordinal))))];
        }
    }

    // What is written in the drawing; what was computed stands in the entry.
    private static IEnumerable<string> Inputs(ActivityNode? node) => (node?.Inputs ?? []).Where(input => input.Value is { ExpressionType: "Literal", Value.ValueKind: not System.Text.Json.JsonValueKind.Object and not System.Text.Json.JsonValueKind.Array } && input.Value.Text.Length > 0)
        .OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => $"{input.Key} = {Shortened(Mask.InText(input.Value.Text))}");

    private void Add(RunLine line, HistoryEntry entry) => _lines.Add(line with { Passed = [.. PassedStep.Read(entry, HistoryData.Via).Select(step => Name(entry, step))] });

    private string Name(HistoryEntry entry, PassedStep step)
    {
        var node = history.DefinitionOf(entry, step.Definition)?.FindActivity(step.Activity);
        var name = node is null ? step.Activity : StepWords.Title(node);
        return isDrawer && step.Saw.Length > 0 ? $"{name} ({Mask.InText(step.Saw.Replace("=", " = ", StringComparison.Ordinal))})" : name;
    }

    private void Change(HistoryEntry entry, Func<RunLine, RunLine> change)
    {
        var index = _items[Get(entry, "item")];
        _lines[index] = change(_lines[index]);
        if (PassedStep.Read(entry, HistoryData.Via) is { Length: > 0 } passed)
        {
            _lines.Add(new RunLine(entry.Number, RunLineKind.Step, "", entry.At) { Passed = [.. passed.Select(step => Name(entry, step))] });
        }
    }

    private int Again(HistoryEntry entry)
    {
        var key = $"{Get(entry, HistoryData.Definition)}/{Get(entry, HistoryData.Activity)}/{Get(entry, "unit")}";
        return _times[key] = _times.GetValueOrDefault(key) + 1;
    }

    private string Noted(HistoryEntry entry) => words["RunNoted", words.Time(entry.At), history.Sentence(entry)];

    private string FlowOf(HistoryEntry entry) => history.Definition(entry)?.Name.ToString() ?? Get(entry, HistoryData.Definition);

    private static string Shortened(string text) => text.Length <= LongestInput ? text : text[..LongestInput] + "…";

    private static string Get(HistoryEntry entry, string name) => entry.Data.GetValueOrDefault(name, "");
}
