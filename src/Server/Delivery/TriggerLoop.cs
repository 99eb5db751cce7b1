using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Delivery;

/// <summary>
/// Begins the workflows of the bundle in force whose time has come. Each trigger's next occurrence is kept; the instance's id is
/// made of trigger and occurrence, so that an occurrence begins one instance however many processes see it. Occurrences missed
/// while nothing ran are made up for once.
/// </summary>
internal sealed class TriggerLoop(IDbContextFactory<GridFlowDbContext> database, WriteGate gate, BundleStore bundles, WorkflowClient client, TimeProvider time, ILogger<TriggerLoop> logger)
    : Loop(Pause, time, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override bool BeginsAtOnce => false;

    protected override Task TakeTurnAsync(CancellationToken cancellationToken) => StartDueAsync(cancellationToken);

    /// <summary>Begins what is due; tells how many instances that were.</summary>
    internal async Task<int> StartDueAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var bundle = await bundles.GetCurrentAsync(cancellationToken);
        var timed = bundle.Definitions.SelectMany(definition => Triggers.Of(definition, now, bundle.Calendar.Zone).Where(trigger => trigger.Schedule is not null).Select(trigger => (definition, trigger))).ToList();
        if (timed.Count == 0)
        {
            return 0;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = timed.Select(found => NameOf(found.definition, found.trigger)).ToList();
        var kept = await db.Counters.Where(row => names.Contains(row.Name)).ToDictionaryAsync(row => row.Name, cancellationToken);
        var begun = 0;
        foreach (var (definition, trigger) in timed)
        {
            if (!kept.TryGetValue(NameOf(definition, trigger), out var row))
            {
                db.Counters.Add(row = new CounterRow { Name = NameOf(definition, trigger), Value = TicksOf(trigger.Next) });
                kept[row.Name] = row;
            }
            else if (row.Value <= now.UtcTicks)
            {
                var occurrence = row.Value.ToString(CultureInfo.InvariantCulture);
                var start = new Stimulus.Start(trigger.InstanceIdFor(occurrence), definition.DefinitionId, null, ImmutableDictionary<string, object?>.Empty, Actor.System) { Trigger = trigger.ActivityId };
                begun += await client.StartAsync(start, key: null, reporter: null, cancellationToken) is ActResult.Done ? 1 : 0;
                row.Value = TicksOf(trigger.Next);
            }
        }

        if (db.ChangeTracker.HasChanges())
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return begun;
    }

    // Another schedule is another trigger: its occurrences are counted anew.
    private static string NameOf(WorkflowDefinition definition, Trigger trigger) => "trigger/" + trigger.InstanceIdFor($"{definition.DefinitionId}/{trigger.Schedule}");

    private static long TicksOf(DateTimeOffset? next) => next?.UtcTicks ?? long.MaxValue;
}
