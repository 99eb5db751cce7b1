using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Engine;

/// <summary>The way an instance took through one workflow, from its history: how often each activity ended, and by which ports.</summary>
public sealed class RunPath
{
    private readonly Dictionary<string, int> _visits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);

    private RunPath()
    {
    }

    /// <summary>How often each activity ended, by its id.</summary>
    public IReadOnlyDictionary<string, int> Visits => _visits;

    /// <summary>How often each port was taken, as <c>activity:port</c>.</summary>
    public IReadOnlyDictionary<string, int> Ports => _ports;

    /// <summary>What a picture draws as taken: ids of activities and <c>activity:port</c>.</summary>
    public IReadOnlySet<string> Taken => _visits.Keys.Concat(_ports.Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads the way out of a history, oldest entry first.</summary>
    public static RunPath Of(IEnumerable<HistoryEntry> history, WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(definition);
        var path = new RunPath();
        foreach (var entry in history)
        {
            path.Add(PassedStep.Read(entry, HistoryData.Via), definition);
            path.Add(entry, definition);
            path.Add(PassedStep.Read(entry, HistoryData.Then), definition);
        }

        return path;
    }

    private void Add(HistoryEntry entry, WorkflowDefinition definition)
    {
        if (entry.Data.GetValueOrDefault(HistoryData.Definition) != definition.DefinitionId || !entry.Data.TryGetValue(HistoryData.Activity, out var activity))
        {
            return;
        }

        // Where an activity tells its own end, the end of one of its work items does not say that it ended.
        var isEnd = entry.Kind == HistoryKind.ActivityCompleted
            || (entry.Kind == HistoryKind.WorkItemCompleted && !entry.Data.ContainsKey(HistoryData.Incident)
                && definition.FindActivity(activity) is { } node && ActivityCatalog.Find(node) is { HasForm: true, IsWorthTelling: false });
        if (isEnd)
        {
            Add(activity, entry.Data.GetValueOrDefault(HistoryData.Outcome, ""));
        }
    }

    private void Add(IEnumerable<PassedStep> passed, WorkflowDefinition definition)
    {
        foreach (var step in passed.Where(step => step.Definition == definition.DefinitionId))
        {
            Add(step.Activity, step.Outcome);
        }
    }

    private void Add(string activity, string outcomes)
    {
        _visits[activity] = _visits.GetValueOrDefault(activity) + 1;
        foreach (var port in outcomes.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var key = $"{activity}:{port}";
            _ports[key] = _ports.GetValueOrDefault(key) + 1;
        }
    }
}
