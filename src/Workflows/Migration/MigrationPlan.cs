using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Migration;

/// <summary>
/// Works out what becomes of an instance under another bundle: the preview, and, where nothing is in the way, the instance as
/// it would be. Nothing that is over is looked at, so nothing that is over can be run again; nothing is begun either.
/// </summary>
public sealed class MigrationPlan
{
    private readonly WorkflowInstance _instance;
    private readonly Bundle _from;
    private readonly Bundle _to;
    private readonly ActivityMapping _mapping;
    private readonly List<MigrationObstacle> _obstacles = [];

    private MigrationPlan(WorkflowInstance instance, Bundle from, Bundle to, ActivityMapping mapping) =>
        (_instance, _from, _to, _mapping) = (instance, from, to, mapping);

    /// <summary>What moving the instance would do.</summary>
    public static MigrationPreview Preview(WorkflowInstance instance, Bundle from, Bundle to, ActivityMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(mapping);
        return new MigrationPlan(instance, from, to, mapping).Preview();
    }

    /// <summary>The instance as it would be; only where the preview says that it is possible.</summary>
    internal static WorkflowInstance Apply(WorkflowInstance instance, Bundle from, Bundle to, ActivityMapping mapping) => new MigrationPlan(instance, from, to, mapping).Apply();

    private MigrationPreview Preview()
    {
        if (_instance.Status != InstanceStatus.Running)
        {
            _obstacles.Add(MigrationObstacle.OfInstance(ObstacleKind.NotRunning));
        }

        if (_instance.Bundle != _from.Number)
        {
            _obstacles.Add(MigrationObstacle.OfInstance(ObstacleKind.OtherBundle, _instance.Bundle.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        _obstacles.AddRange(_mapping.Check(_from, _to));
        foreach (var gone in _instance.Scopes.Select(scope => scope.DefinitionId).Distinct().Where(id => _to.FindDefinition(id) is null))
        {
            _obstacles.Add(new MigrationObstacle(ObstacleKind.WorkflowGone, gone, "", ""));
        }

        foreach (var run in _instance.Runs.Where(run => _to.FindDefinition(DefinitionOf(run)) is not null))
        {
            CheckRun(run);
        }

        var inner = _instance.Runs.Select(run => run.Parent).Concat(_instance.Scopes.Select(scope => scope.CallerRun)).ToHashSet();
        return new MigrationPreview
        {
            InstanceId = _instance.Id,
            Stands = [.. _instance.Runs.Where(run => !inner.Contains(run.Id)).Select(run => new StandingPlace(DefinitionOf(run), run.ActivityId, Target(run)))],
            WorkItems = [.. _instance.WorkItems.Select(item => new MovedWorkItem(item, _mapping.Find(item.DefinitionId, item.ActivityId), FormChanges(item)))],
            Timers = [.. _instance.Timers.Select(timer => Timer(timer))],
            Obstacles = [.. _obstacles.Distinct()],
        };
    }

    private void CheckRun(ActivityRun run)
    {
        var definition = DefinitionOf(run);
        var (before, after) = (_from.FindDefinition(definition)?.FindActivity(run.ActivityId), Target(run) is { } target ? _to.FindDefinition(definition)!.FindActivity(target) : null);
        if (after is null)
        {
            var changed = _to.FindDefinition(definition)!.FindActivity(run.ActivityId);
            _obstacles.Add(changed is not null && before is not null && changed.Type != before.Type
                ? TypeChanged(definition, before, changed)
                : new MigrationObstacle(ObstacleKind.ActivityGone, definition, run.ActivityId, ""));
            return;
        }

        if (before is not null && before.Type != after.Type)
        {
            _obstacles.Add(TypeChanged(definition, before, after));
        }

        if (_instance.Runs.FirstOrDefault(candidate => candidate.Id == run.Parent) is { } parent && Target(parent) is { } container
            && _to.FindDefinition(definition)!.FindActivity(container)?.Activities.Any(child => child.Id == after.Id) != true)
        {
            _obstacles.Add(new MigrationObstacle(ObstacleKind.PlaceChanged, definition, run.ActivityId, container));
        }

        foreach (var token in run.Tokens.Where(token => !Leads(after, Moved(token, definition))))
        {
            _obstacles.Add(new MigrationObstacle(ObstacleKind.ConnectionGone, definition, token.Source, token.Target));
        }
    }

    private WorkflowInstance Apply()
    {
        var moved = _instance.Copy();
        moved.Bundle = _to.Number;
        for (var index = 0; index < moved.Runs.Count; index++)
        {
            var run = moved.Runs[index];
            var definition = DefinitionOf(run);
            var node = _to.FindDefinition(definition)!.FindActivity(Target(run)!)!;
            moved.Runs[index] = run with { ActivityId = node.Id, Tokens = [.. run.Tokens.Select(token => Moved(token, definition)!)] };
            AddMissing(run.Variables, node.Variables);
        }

        for (var index = 0; index < moved.Scopes.Count; index++)
        {
            var scope = moved.Scopes[index];
            var definition = _to.FindDefinition(scope.DefinitionId)!;
            AddMissing(scope.Variables, definition.Variables);
            moved.Scopes[index] = scope with { Outputs = Outputs(scope, definition) };
        }

        for (var index = 0; index < moved.WorkItems.Count; index++)
        {
            var item = moved.WorkItems[index];
            moved.WorkItems[index] = item with { ActivityId = _mapping.Find(item.DefinitionId, item.ActivityId) ?? item.ActivityId };
        }

        return moved;
    }

    // What a workflow has learnt since stays known to it; what it never heard of begins with its first value.
    private static void AddMissing(Dictionary<string, object?> values, ImmutableArray<Variable> variables)
    {
        foreach (var variable in variables)
        {
            values.TryAdd(variable.Name, variable.Value is { } value ? InputReader.FromJson(value) : null);
        }
    }

    // Answers follow their activity. Those of an activity that is gone stay under its name, unless another has that name now.
    private Dictionary<string, object?> Outputs(WorkflowScope scope, WorkflowDefinition definition)
    {
        var outputs = new Dictionary<string, object?>();
        foreach (var (activity, value) in scope.Outputs)
        {
            if (_mapping.Find(scope.DefinitionId, activity) is { } target)
            {
                outputs[target] = value;
            }
            else if (definition.FindActivity(activity) is null)
            {
                outputs.TryAdd(activity, value);
            }
        }

        return outputs;
    }

    private MovedTimer Timer(InstanceTimer timer)
    {
        var run = _instance.Runs.FirstOrDefault(run => run.Id == timer.Run);
        return new MovedTimer(timer, run?.ActivityId ?? "", run is null ? null : Target(run));
    }

    private bool FormChanges(WorkItem item)
    {
        if (_from.FindDefinition(item.DefinitionId) is not { } before || _to.FindDefinition(item.DefinitionId) is not { } after || _mapping.Find(item.DefinitionId, item.ActivityId) is not { } target)
        {
            return false;
        }

        return FormText(before, item.Kind, item.ActivityId) != FormText(after, item.Kind, target);
    }

    private static string FormText(WorkflowDefinition definition, WorkItemKind kind, string activity) => JsonSerializer.Serialize(WorkItemForm.Of(definition, kind, activity), BundleJson.Options);

    private static MigrationObstacle TypeChanged(string definition, ActivityNode before, ActivityNode after) =>
        new(ObstacleKind.TypeChanged, definition, before.Id, $"{before.Type} → {after.Type}");

    private static bool Leads(ActivityNode container, Token? token) => token is not null
        && container.Connections.Any(connection => connection.Source == token.Source && connection.SourcePort == token.Port && connection.Target == token.Target);

    private Token? Moved(Token token, string definition) =>
        _mapping.Find(definition, token.Source) is { } source && _mapping.Find(definition, token.Target) is { } target ? new Token(source, token.Port, target) : null;

    private string? Target(ActivityRun run) => _mapping.Find(DefinitionOf(run), run.ActivityId);

    private string DefinitionOf(ActivityRun run) => _instance.Scopes.First(scope => scope.Id == run.Scope).DefinitionId;
}
