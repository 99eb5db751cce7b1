using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.BundleMigration;

/// <summary>
/// Moves open cases from one bundle to another, each by itself: all of it or nothing. A run that was stopped or cut off goes on
/// where it was, because what is done stands with the cases themselves. Who may has been checked by the caller.
/// </summary>
public sealed class MigrationRuns(
    IDbContextFactory<GridFlowDbContext> database, IWorkflowStore store, WorkflowClient client, Bundles.BundleStore bundles, TimeProvider time, IOptions<MigrationOptions> options)
{
    private const int Batch = 200;

    /// <summary>How many cases a forecast names.</summary>
    public const int Named = 200;

    public TimeSpan UndoWindow => options.Value.UndoWindow;

    /// <summary>What a migration would do, case by case. Nothing changes.</summary>
    public async Task<MigrationForecast> ForecastAsync(MigrationOrder order, IProgress<double> progress, CancellationToken cancellationToken = default)
    {
        var (from, to) = (await bundles.GetAsync(order.From, cancellationToken), await bundles.GetAsync(order.To, cancellationToken));
        var (impossible, visible, others) = (new List<MigrationPreview>(), new List<MigrationPreview>(), new List<MigrationPreview>());
        var (total, possible, seen, timers, looked) = (0, 0, 0, 0, 0);
        var all = await CountAsync(order.From, cancellationToken);
        await foreach (var id in OpenAsync(order.From, cancellationToken))
        {
            progress.Report((double)looked++ / Math.Max(1, all));
            if (await store.FindAsync(id, cancellationToken) is not { } instance || !Concerns(instance, order.Workflow))
            {
                continue;
            }

            var preview = MigrationPlan.Preview(instance, from, to, order.Mapping);
            total++;
            possible += preview.IsPossible ? 1 : 0;
            seen += preview is { IsPossible: true, IsVisible: true } ? 1 : 0;
            timers += preview.IsPossible ? preview.Timers.Length : 0;
            var list = !preview.IsPossible ? impossible : preview.IsVisible ? visible : others;
            if (list.Count < Named)
            {
                list.Add(preview);
            }
        }

        progress.Report(1);
        return new MigrationForecast(total, possible, seen, timers, [.. impossible.Concat(visible).Concat(others).Take(Named)]);
    }

    /// <summary>Keeps what is ordered, so that it can be carried out, stopped and taken up again.</summary>
    public async Task<string> OrderAsync(MigrationOrder order, string reason, CurrentUser author, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var id = $"{now:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..4]}";
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.Set<MigrationRunRow>().Add(new MigrationRunRow
        {
            Id = id,
            FromBundle = order.From,
            ToBundle = order.To,
            Workflow = order.Workflow,
            Mapping = order.Mapping.Write(),
            Reason = reason,
            AuthorId = author.AccountId,
            AuthorName = author.Name,
            StartedAt = now,
            Total = await CountAsync(order.From, cancellationToken),
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    /// <summary>
    /// Moves what is left of a run: nothing when it is finished or was moved back. Cancelling stops it between two cases; it can then
    /// be taken up again.
    /// </summary>
    public async Task<MigrationProgress> CarryOutAsync(string run, IProgress<MigrationProgress> progress, CancellationToken cancellationToken = default)
    {
        var row = await GetRunAsync(run, cancellationToken);
        var target = await bundles.GetAsync(row.ToBundle, cancellationToken);
        var mapping = ActivityMapping.Read(row.Mapping);
        var actor = new Actor(row.AuthorId, row.AuthorName);
        var at = await ProgressAsync(run, cancellationToken);
        if (!at.MayResume)
        {
            return at;
        }

        await foreach (var id in OpenAsync(row.FromBundle, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await IsRefusedAsync(run, id, isUndo: false, cancellationToken) || await store.FindAsync(id, cancellationToken) is not { } instance || !Concerns(instance, row.Workflow))
            {
                continue;
            }

            // Once begun a case is moved to the end: the cancellation comes between two.
            switch (await client.SendAsync(id, new Stimulus.MoveToBundle(row.FromBundle, target, mapping, run, row.Reason, actor), CancellationToken.None))
            {
                case ActResult.Done:
                    at = at with { Moved = at.Moved + 1 };
                    break;
                case ActResult.Refused refused:
                    await KeepRefusalAsync(run, id, isUndo: false, refused);
                    at = at with { Refused = at.Refused + 1 };
                    break;
            }

            progress.Report(at);
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await db.Set<MigrationRunRow>().Where(kept => kept.Id == run).ExecuteUpdateAsync(set => { set.SetProperty(kept => kept.FinishedAt, now); set.SetProperty(kept => kept.Total, at.Moved + at.Refused); }, cancellationToken);
        return await ProgressAsync(run, cancellationToken);
    }

    /// <summary>Moves back what a run moved, where it has not gone on since and the window is not over.</summary>
    public async Task<UndoResult> UndoAsync(string run, string reason, CurrentUser by, IProgress<double> progress, CancellationToken cancellationToken = default)
    {
        await GetRunAsync(run, cancellationToken);
        List<string> moved;
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            moved = await db.Set<MigratedInstanceRow>().AsNoTracking().Where(row => row.RunId == run && row.UndoneAt == null).OrderBy(row => row.InstanceId).Select(row => row.InstanceId).ToListAsync(cancellationToken);
        }

        var (undone, refused) = (0, 0);
        var actor = new Actor(by.AccountId, by.Name);
        foreach (var id in moved)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await store.FindMigrationAsync(run, id, cancellationToken) is not { UndoneAt: null } record)
            {
                continue;
            }

            switch (await client.SendAsync(id, new Stimulus.MoveBack(record, UndoWindow, reason, actor), CancellationToken.None))
            {
                case ActResult.Done:
                    undone++;
                    break;
                case ActResult.Refused refusal:
                    await KeepRefusalAsync(run, id, isUndo: true, refusal);
                    refused++;
                    break;
            }

            progress.Report((double)(undone + refused) / moved.Count);
        }

        return new UndoResult(run, undone, refused);
    }

    /// <summary>How far a run is.</summary>
    public async Task<MigrationProgress> ProgressAsync(string run, CancellationToken cancellationToken = default)
    {
        var row = await GetRunAsync(run, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var moved = await db.Set<MigratedInstanceRow>().CountAsync(one => one.RunId == run, cancellationToken);
        var undone = await db.Set<MigratedInstanceRow>().CountAsync(one => one.RunId == run && one.UndoneAt != null, cancellationToken);
        var refused = await db.Set<MigrationRefusalRow>().CountAsync(one => one.RunId == run && !one.IsUndo, cancellationToken);
        var notUndone = await db.Set<MigrationRefusalRow>().CountAsync(one => one.RunId == run && one.IsUndo, cancellationToken);
        return new MigrationProgress(run, row.Total, moved, refused, undone, row.FinishedAt is not null) { NotUndone = notUndone };
    }

    /// <summary>The cases a run did not move, or not move back, and why.</summary>
    public async Task<IReadOnlyList<MigrationRefusal>> RefusalsAsync(string run, int take, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<MigrationRefusalRow>().AsNoTracking().Where(row => row.RunId == run).OrderBy(row => row.InstanceId).ThenBy(row => row.IsUndo).Take(take).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new MigrationRefusal(row.InstanceId, row.IsUndo, MigrationObstacle.Read(row.Obstacles)))];
    }

    /// <summary>Runs from the newest down.</summary>
    public async Task<IReadOnlyList<MigrationRunRow>> ListAsync(int take, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Set<MigrationRunRow>().AsNoTracking().OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>How many open cases run under each bundle.</summary>
    public async Task<IReadOnlyList<KeyValuePair<int, int>>> CountByBundleAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var counts = await db.Instances.Where(row => row.Status == InstanceStatus.Running).GroupBy(row => row.Bundle).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return [.. counts.OrderByDescending(count => count.Key).Select(count => KeyValuePair.Create(count.Key, count.Count))];
    }

    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public async Task<MigrationRunRow> GetRunAsync(string run, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Set<MigrationRunRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == run, cancellationToken) ?? throw new KeyNotFoundException($"There is no migration '{run}'.");
    }

    private static bool Concerns(WorkflowInstance instance, string? workflow) => workflow is null || instance.Scopes.Any(scope => scope.DefinitionId == workflow);

    private async Task<int> CountAsync(int bundle, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Instances.CountAsync(row => row.Bundle == bundle && row.Status == InstanceStatus.Running, cancellationToken);
    }

    // Page by page in the order of ids: what is moved meanwhile drops out behind, never before.
    private async IAsyncEnumerable<string> OpenAsync(int bundle, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = "";
        while (true)
        {
            List<string> page;
            await using (var db = await database.CreateDbContextAsync(cancellationToken))
            {
                page = await db.Instances.AsNoTracking().Where(row => row.Bundle == bundle && row.Status == InstanceStatus.Running && row.Id.CompareTo(last) > 0)
                    .OrderBy(row => row.Id).Select(row => row.Id).Take(Batch).ToListAsync(cancellationToken);
            }

            foreach (var id in page)
            {
                yield return id;
            }

            if (page.Count < Batch)
            {
                yield break;
            }

            last = page[^1];
        }
    }

    private async Task<bool> IsRefusedAsync(string run, string id, bool isUndo, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Set<MigrationRefusalRow>().AnyAsync(row => row.RunId == run && row.InstanceId == id && row.IsUndo == isUndo, cancellationToken);
    }

    private async Task KeepRefusalAsync(string run, string id, bool isUndo, ActResult.Refused refused)
    {
        if (await IsRefusedAsync(run, id, isUndo, CancellationToken.None))
        {
            return;
        }

        var obstacles = refused.Reason == Refusal.CannotMove ? refused.Detail : MigrationObstacle.Write([MigrationObstacle.OfInstance(ObstacleKind.NotRunning)]);
        await using var db = await database.CreateDbContextAsync();
        db.Set<MigrationRefusalRow>().Add(new MigrationRefusalRow { RunId = run, InstanceId = id, IsUndo = isUndo, Obstacles = obstacles });
        await db.SaveChangesAsync();
    }
}
