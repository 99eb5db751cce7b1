using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using GridFlow.Workflows.Routing;
using GridFlow.Workflows.Storage;

namespace GridFlow.Tests;

/// <summary>What keeping means: every store passes this, whatever it keeps things in.</summary>
public abstract class WorkflowStoreContract
{
    private static readonly Bundle WaitsForEvent = new(
        1,
        [ElsaJson.Read("""{"definitionId":"waits","root":{"id":"wait","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"Paid"}}}}""")],
        new RoutingTable([]),
        new CategoryCatalogue([]),
        WorkingCalendar.China);

    private readonly ManualTimeProvider _time = new(CaseScript.Begin);

    public static TheoryData<string> Scripts => [.. CaseScript.All.Select(script => script.Name)];

    /// <summary>Opens the store as a process that has just started would: nothing remembered but what was kept.</summary>
    protected abstract IWorkflowStore Reopen();

    /// <summary>The history of an instance as kept, oldest first.</summary>
    protected abstract Task<ImmutableArray<HistoryEntry>> ReadHistoryAsync(string instanceId);

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_restart_between_any_two_checkpoints_leaves_no_trace(string name)
    {
        var script = CaseScript.All.Single(script => script.Name == name);
        var straight = new InMemoryWorkflowStore();
        var expected = await new CaseDriver(() => straight, new ManualTimeProvider(CaseScript.Begin)).PlayAsync(script, "GF2026-000001", Cancel);

        var instance = await new CaseDriver(Reopen, _time).PlayAsync(script, "GF2026-000001", Cancel);

        var history = await ReadHistoryAsync("GF2026-000001");
        Assert.Equal(straight.HistoryOf("GF2026-000001").Select(Trace), history.Select(Trace));
        Assert.Equal(expected.HistoryHash, instance.HistoryHash);
        Assert.Equal(InstanceStatus.Finished, instance.Status);
        Assert.Equal(CaseStatus.Closed, instance.Case!.Status);
        Assert.Empty(instance.WorkItems);
        Assert.Empty(instance.Timers);
        Assert.Empty(instance.Runs);
    }

    [Fact]
    public async Task A_checkpoint_decided_from_an_old_version_changes_nothing()
    {
        var (id, item) = await OpenItemAsync("small matter, done and confirmed");
        var store = Reopen();
        var stale = (await store.FindAsync(id, Cancel))!;
        var bundle = ShippedBundle.Read(1);
        var first = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(bundle, stale, CaseScript.Complete(item, "Handled"), _time.GetUtcNow()));
        var second = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(bundle, stale, CaseScript.Complete(item, "PassOn"), _time.GetUtcNow()));

        Assert.Equal(CommitResult.Committed, await store.CommitAsync(first.Checkpoint, null, Cancel));
        Assert.Equal(CommitResult.Conflict, await Reopen().CommitAsync(second.Checkpoint, null, Cancel));

        var kept = (await Reopen().FindAsync(id, Cancel))!;
        Assert.Equal(first.Checkpoint.Instance.HistoryHash, kept.HistoryHash);
        Assert.Equal(CaseStage.Verifying, kept.Case!.Stage);
        Assert.Equal(first.Checkpoint.Instance.HistoryCount, (await ReadHistoryAsync(id)).Length);
    }

    [Fact]
    public async Task Two_tasks_of_one_case_completed_at_once_both_count()
    {
        for (var round = 0; round < 10; round++)
        {
            var (id, items) = await WhistledAsync(round);
            var store = Reopen();

            var results = await Task.WhenAll(items.Select(item => Task.Run(() =>
                new CaseDriver(() => store, _time).Client().SendAsync(id, CaseScript.Complete(item, "Done"), Cancel), Cancel)));

            Assert.All(results, result => Assert.IsType<ActResult.Done>(result));
            var open = Assert.Single((await Reopen().FindAsync(id, Cancel))!.WorkItems);
            Assert.Equal("answer", open.ActivityId);
        }
    }

    [Fact]
    public async Task One_task_completed_twice_counts_once_and_the_second_is_told_who_and_when()
    {
        var (id, item) = await OpenItemAsync("small matter, done and confirmed");
        var store = Reopen();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            new CaseDriver(() => store, _time).Client().SendAsync(id, CaseScript.Complete(item, "Handled"), Cancel), Cancel)));

        Assert.Single(results, result => result is ActResult.Done);
        Assert.All(results.OfType<ActResult.TooLate>(), late =>
        {
            Assert.Equal(CaseScript.Clerk.Name, late.By?.By.Name);
            Assert.Equal(_time.GetUtcNow(), late.By?.At);
        });
        Assert.Equal(3, results.OfType<ActResult.TooLate>().Count());
        Assert.Single(await ReadHistoryAsync(id), entry => entry.Kind == HistoryKind.WorkItemCompleted);
    }

    [Fact]
    public async Task The_same_report_is_taken_in_once()
    {
        var driver = new CaseDriver(Reopen, _time);
        var script = CaseScript.All[0];

        Assert.IsType<ActResult.Done>(await driver.Client().StartAsync(script.Start("GF2026-000071"), "file:1", null, Cancel));
        var second = await driver.Client().StartAsync(script.Start("GF2026-000072"), "file:1", null, Cancel);

        Assert.Equal("GF2026-000071", Assert.IsType<ActResult.TakenInBefore>(second).InstanceId);
        Assert.Null(await Reopen().FindAsync("GF2026-000072", Cancel));
    }

    [Fact]
    public async Task An_intake_decided_under_a_bundle_no_longer_in_force_is_refused()
    {
        var decision = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(ShippedBundle.Read(7), null, CaseScript.All[0].Start("GF2026-000081"), _time.GetUtcNow()));

        Assert.Equal(CommitResult.BundleChanged, await Reopen().CommitAsync(decision.Checkpoint, new Intake(7, null, null), Cancel));
        Assert.Null(await Reopen().FindAsync("GF2026-000081", Cancel));
    }

    [Fact]
    public async Task Timers_are_found_when_due_and_not_before_and_gone_once_fired()
    {
        var (id, _) = await OpenItemAsync("small matter, done and confirmed");
        var timer = Assert.Single((await Reopen().FindAsync(id, Cancel))!.Timers);

        Assert.Empty(await Reopen().ClaimDueTimersAsync(timer.DueAt - TimeSpan.FromSeconds(1), Lease, 10, Cancel));
        Assert.Equal(timer.Id, Assert.Single(await Reopen().ClaimDueTimersAsync(timer.DueAt, Lease, 10, Cancel)).Id);
        Assert.Empty(await Reopen().ClaimDueTimersAsync(timer.DueAt, Lease, 10, Cancel));
        Assert.Equal(timer.Id, Assert.Single(await Reopen().ClaimDueTimersAsync(timer.DueAt + Lease, Lease, 10, Cancel)).Id);

        _time.MoveTo(timer.DueAt);
        var client = new CaseDriver(Reopen, _time).Client();
        Assert.IsType<ActResult.Done>(await client.SendAsync(id, new Stimulus.TimerDue(timer.Id), Cancel));
        Assert.IsType<ActResult.TooLate>(await client.SendAsync(id, new Stimulus.TimerDue(timer.Id), Cancel));
        Assert.DoesNotContain(await Reopen().ClaimDueTimersAsync(timer.DueAt + (2 * Lease), Lease, 10, Cancel), due => due.Id == timer.Id);
    }

    [Fact]
    public async Task Of_several_workers_who_claim_at_once_each_timer_goes_to_one()
    {
        var due = CaseScript.Begin;
        for (var number = 1; number <= 40; number++)
        {
            var (id, _) = await OpenItemAsync("small matter, done and confirmed", $"GF2026-0004{number:D2}");
            due = (await Reopen().FindAsync(id, Cancel))!.Timers.Select(timer => timer.DueAt).Append(due).Max();
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Reopen().ClaimDueTimersAsync(due, Lease, 10, Cancel), Cancel)));

        var claimed = claims.SelectMany(timers => timers).Select(timer => timer.Id).ToList();
        Assert.Equal(claimed.Distinct(), claimed);
        claimed.AddRange((await Reopen().ClaimDueTimersAsync(due, Lease, 100, Cancel)).Select(timer => timer.Id));
        Assert.Equal(40, claimed.Distinct().Count());
        Assert.Equal(40, claimed.Count);
    }

    [Fact]
    public async Task A_bookmark_is_found_by_its_event_and_group_and_gone_once_resumed()
    {
        var store = Reopen();
        foreach (var (id, group) in (IEnumerable<(string, string?)>)[("waits-1", "north"), ("waits-2", "south"), ("waits-3", null)])
        {
            var start = new Stimulus.Start(id, "waits", null, ImmutableDictionary<string, object?>.Empty, Actor.System) { CorrelationId = group };
            var begun = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(WaitsForEvent, null, start, _time.GetUtcNow()));
            Assert.Equal(CommitResult.Committed, await store.CommitAsync(begun.Checkpoint, null, Cancel));
        }

        Assert.Equal(["waits-1", "waits-2", "waits-3"], (await Reopen().FindBookmarksAsync("Paid", null, Cancel)).Select(found => found.InstanceId));
        Assert.Empty(await Reopen().FindBookmarksAsync("Refunded", null, Cancel));
        var found = Assert.Single(await Reopen().FindBookmarksAsync("Paid", "south", Cancel));
        Assert.Equal("waits-2", found.InstanceId);

        var instance = (await Reopen().FindAsync("waits-2", Cancel))!;
        var resume = new Stimulus.ResumeBookmark(found.Id, "yes", null, Actor.System);
        var resumed = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(WaitsForEvent, instance, resume, _time.GetUtcNow()));
        Assert.Equal(CommitResult.Committed, await Reopen().CommitAsync(resumed.Checkpoint, null, Cancel));

        Assert.Equal(["waits-1", "waits-3"], (await Reopen().FindBookmarksAsync("Paid", null, Cancel)).Select(kept => kept.InstanceId));
        var ended = (await Reopen().FindAsync("waits-2", Cancel))!;
        Assert.Equal(InstanceStatus.Finished, ended.Status);
        Assert.Equal(found.Id, Assert.IsType<Decision.TooLate>(WorkflowExecutor.Decide(WaitsForEvent, ended, resume, _time.GetUtcNow())).Id);
    }

    private static TimeSpan Lease => TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_move_to_another_bundle_is_kept_with_what_it_takes_to_go_back()
    {
        var (id, _) = await OpenItemAsync("small matter, done and confirmed");
        var before = (await Reopen().FindAsync(id, Cancel))!;
        var (from, to) = (ShippedBundle.Read(1), ShippedBundle.Read(2));
        var mapping = MappingProposal.Between(from, to).ToMapping();

        await CommitAsync(from, before, new Stimulus.MoveToBundle(1, to, mapping, "run", "why", CaseScript.Clerk));

        var record = (await Reopen().FindMigrationAsync("run", id, Cancel))!;
        var moved = (await Reopen().FindAsync(id, Cancel))!;
        Assert.Equal((2, 1, 2, moved.Version), (moved.Bundle, record.From, record.To, record.Version));
        Assert.Null(record.UndoneAt);
        Assert.Equal(InstanceJson.Write(before), record.Before);
        Assert.Equal(before.Timers, moved.Timers);

        await CommitAsync(to, moved, new Stimulus.MoveBack(record, TimeSpan.FromHours(24), "why", CaseScript.Clerk));

        Assert.Equal(_time.GetUtcNow(), (await Reopen().FindMigrationAsync("run", id, Cancel))!.UndoneAt);
        Assert.Equal(1, (await Reopen().FindAsync(id, Cancel))!.Bundle);
        Assert.Null(await Reopen().FindMigrationAsync("run", "GF2026-000000", Cancel));
        Assert.Equal(2, (await ReadHistoryAsync(id)).Count(entry => entry.Kind == HistoryKind.Migrated));
    }

    private async Task CommitAsync(Bundle bundle, WorkflowInstance instance, Stimulus stimulus)
    {
        var decision = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(bundle, instance, stimulus, _time.GetUtcNow()));
        Assert.Equal(CommitResult.Committed, await Reopen().CommitAsync(decision.Checkpoint, null, Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Trace(HistoryEntry entry) => $"{entry.Number} {entry.At:O} {entry.Kind} {entry.Actor.Id} {string.Join(' ', entry.Data.Select(pair => $"{pair.Key}={pair.Value}"))} {entry.Hash}";

    private async Task<(string Id, WorkItem Item)> OpenItemAsync(string name, string number = "GF2026-000051")
    {
        var script = CaseScript.All.Single(script => script.Name == name);
        var instance = await new CaseDriver(Reopen, _time).PlayAsync(script with { Steps = [] }, number, Cancel);
        return (instance.Id, Assert.Single(instance.WorkItems));
    }

    private async Task<(string Id, ImmutableArray<WorkItem> Items)> WhistledAsync(int round)
    {
        var script = CaseScript.All.Single(script => script.Name == "hard matter whistled twice");
        var instance = await new CaseDriver(Reopen, _time).PlayAsync(script with { Steps = [script.Steps[0]] }, $"GF2026-0001{round:D2}", Cancel);
        Assert.Equal(2, instance.WorkItems.Count);
        return (instance.Id, [.. instance.WorkItems]);
    }
}
