using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>Keeps instances in the database. A checkpoint is one transaction, guarded by the version of its instance.</summary>
public sealed class EfWorkflowStore(IDbContextFactory<GridFlowDbContext> database, WriteGate gate, ChangeFeed feed, TimeProvider time) : IWorkflowStore
{
    public async Task<WorkflowInstance?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await (
            from instance in db.Instances.AsNoTracking()
            where instance.Id == instanceId
            join row in db.Cases.AsNoTracking() on instance.Id equals row.Number into rows
            from row in rows.DefaultIfEmpty()
            select new { instance, row }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var read = InstanceJson.Read(found.instance.State);
        read.Version = found.instance.Version;
        read.Case = found.row is null ? null : CaseMapping.ToState(found.row);
        return read;
    }

    public async Task<CommitResult> CommitAsync(Checkpoint checkpoint, Intake? intake, CancellationToken cancellationToken)
    {
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = checkpoint.IsNew
                ? await InsertAsync(db, checkpoint, intake, cancellationToken)
                : await UpdateAsync(db, checkpoint, cancellationToken);
            if (result != CommitResult.Committed)
            {
                return result;
            }

            await WriteRestAsync(db, checkpoint, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        feed.Publish(checkpoint);
        return CommitResult.Committed;
    }

    public async Task<ImmutableArray<DueTimer>> FindDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return
        [
            .. await db.Timers.AsNoTracking().Where(timer => timer.DueAt <= now).OrderBy(timer => timer.DueAt).Take(limit)
                .Select(timer => new DueTimer(timer.Id, timer.InstanceId, timer.DueAt)).ToListAsync(cancellationToken),
        ];
    }

    public async Task PostponeTimerAsync(string timerId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.Timers.Where(timer => timer.Id == timerId).ExecuteUpdateAsync(set => set.SetProperty(timer => timer.DueAt, until), cancellationToken);
    }

    public async Task<ImmutableArray<FoundBookmark>> FindBookmarksAsync(string eventName, string? correlationId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = from bookmark in db.Bookmarks.AsNoTracking()
                    where bookmark.Kind == BookmarkKind.Event && bookmark.Name == eventName
                        && (correlationId == null || db.Instances.Any(instance => instance.Id == bookmark.InstanceId && instance.CorrelationId == correlationId))
                    orderby bookmark.Id
                    select new FoundBookmark(bookmark.Id, bookmark.InstanceId);
        return [.. await found.ToListAsync(cancellationToken)];
    }

    public async Task<ClosedWorkItem?> FindClosedWorkItemAsync(string workItemId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await db.WorkItems.AsNoTracking().FirstOrDefaultAsync(item => item.Id == workItemId && item.ClosedAt != null, cancellationToken);
        return row is null ? null : new ClosedWorkItem(row.Outcome, new Actor(row.ClosedById ?? "", row.ClosedByName ?? ""), row.ClosedAt!.Value);
    }

    public async Task<string?> FindByIntakeKeyAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().Where(row => row.IntakeKey == key).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task<CommitResult> InsertAsync(GridFlowDbContext db, Checkpoint checkpoint, Intake? intake, CancellationToken cancellationToken)
    {
        var instance = checkpoint.Instance;
        if (intake is not null)
        {
            // Within the transaction: what is taken in after a publish follows it, what was before does not.
            if (await db.Bundles.MaxAsync(bundle => (int?)bundle.Number, cancellationToken) != intake.Bundle)
            {
                return CommitResult.BundleChanged;
            }

            if (intake.Key is not null && await db.Cases.AnyAsync(row => row.IntakeKey == intake.Key, cancellationToken))
            {
                return CommitResult.Duplicate;
            }
        }

        if (await db.Instances.AnyAsync(row => row.Id == instance.Id, cancellationToken))
        {
            return CommitResult.Duplicate;
        }

        db.Instances.Add(new InstanceRow
        {
            Id = instance.Id,
            DefinitionId = instance.DefinitionId,
            Bundle = instance.Bundle,
            Status = instance.Status,
            CorrelationId = instance.CorrelationId,
            Version = 1,
            State = InstanceJson.Write(instance),
        });
        if (instance.Case is { } @case)
        {
            db.Cases.Add(CaseMapping.ToRow(@case, intake?.Key));
        }

        if (intake?.Reporter is { } reporter)
        {
            db.Reporters.Add(new ReporterRow
            {
                CaseNumber = instance.Id,
                Name = reporter.Name,
                Phone = reporter.Phone,
                Email = reporter.Email,
                Address = reporter.Address,
                SecretHash = reporter.SecretHash,
            });
        }

        return CommitResult.Committed;
    }

    private static async Task<CommitResult> UpdateAsync(GridFlowDbContext db, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var instance = checkpoint.Instance;
        var state = InstanceJson.Write(instance);
        var updated = await db.Instances.Where(row => row.Id == instance.Id && row.Version == instance.Version).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(row => row.Version, instance.Version + 1);
                set.SetProperty(row => row.State, state);
                set.SetProperty(row => row.Status, instance.Status);
                set.SetProperty(row => row.Bundle, instance.Bundle);
                set.SetProperty(row => row.CorrelationId, instance.CorrelationId);
            },
            cancellationToken);
        if (updated == 0)
        {
            return CommitResult.Conflict;
        }

        if (checkpoint.CaseChanged)
        {
            // What came in with the report never changes.
            var entry = db.Entry(CaseMapping.ToRow(instance.Case!, intakeKey: null));
            entry.State = EntityState.Modified;
            foreach (var property in (string[])[nameof(CaseRow.IntakeKey), nameof(CaseRow.Title), nameof(CaseRow.Detail), nameof(CaseRow.ReportedAt), nameof(CaseRow.AcceptedAt)])
            {
                entry.Property(property).IsModified = false;
            }
        }

        return CommitResult.Committed;
    }

    private async Task WriteRestAsync(GridFlowDbContext db, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var instance = checkpoint.Instance;
        foreach (var closed in checkpoint.Closed)
        {
            await db.WorkItems.Where(row => row.Id == closed.Item.Id).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(row => row.ClosedAt, closed.At);
                    set.SetProperty(row => row.Outcome, closed.Outcome);
                    set.SetProperty(row => row.Comment, closed.Comment);
                    set.SetProperty(row => row.ClosedById, closed.By.Id);
                    set.SetProperty(row => row.ClosedByName, closed.By.Name);
                },
                cancellationToken);
        }

        foreach (var changed in checkpoint.Changed)
        {
            var (claimerId, claimerName) = (changed.ClaimedBy?.Id, changed.ClaimedBy?.Name);
            await db.WorkItems.Where(row => row.Id == changed.Id).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(row => row.IsOverdue, changed.IsOverdue);
                    set.SetProperty(row => row.ClaimedAt, changed.ClaimedAt);
                    set.SetProperty(row => row.ClaimedById, claimerId);
                    set.SetProperty(row => row.ClaimedByName, claimerName);
                },
                cancellationToken);
        }

        if (checkpoint.TimersRemoved.Length > 0)
        {
            var removed = checkpoint.TimersRemoved.ToList();
            await db.Timers.Where(timer => removed.Contains(timer.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        db.Timers.AddRange(checkpoint.TimersSet.Select(timer => new TimerRow { Id = timer.Id, InstanceId = instance.Id, DueAt = timer.DueAt }));
        if (checkpoint.BookmarksRemoved.Length > 0)
        {
            var removed = checkpoint.BookmarksRemoved.ToList();
            await db.Bookmarks.Where(bookmark => removed.Contains(bookmark.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        db.Bookmarks.AddRange(checkpoint.BookmarksSet.Select(bookmark => new BookmarkRow { Id = bookmark.Id, InstanceId = instance.Id, Kind = bookmark.Kind, Name = bookmark.Name }));
        db.WorkItems.AddRange(checkpoint.Opened.Select(item => ToRow(item, instance)));
        db.History.AddRange(checkpoint.History.Select(entry => new HistoryRow
        {
            InstanceId = instance.Id,
            Number = entry.Number,
            At = entry.At,
            Kind = entry.Kind,
            IsPublic = entry.IsPublic,
            Hash = entry.Hash,
            ActorId = entry.Actor.Id,
            ActorName = entry.Actor.Name,
            ActorUnit = entry.Actor.Unit,
            Data = JsonSerializer.Serialize(entry.Data, BundleJson.Options),
        }));
        var now = time.GetUtcNow();
        db.Outbox.AddRange(checkpoint.Messages.Select(message => new OutboxRow
        {
            Id = message.Id,
            CaseNumber = instance.Id,
            Kind = message.Kind,
            Recipient = message.Recipient,
            Role = message.Role,
            Zh = message.Text.Zh,
            En = message.Text.En,
            Payload = message.Payload,
            CreatedAt = now,
            NextAttemptAt = now,
        }));
        await AddUnitsAsync(db, checkpoint, cancellationToken);
    }

    // A unit that once had a part keeps seeing the case, so units are only ever added.
    private static async Task AddUnitsAsync(GridFlowDbContext db, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint.Instance.Case is not { } @case)
        {
            return;
        }

        var units = checkpoint.Opened.Select(item => item.Unit).Concat(@case.AssistingUnits).Append(@case.LeadUnit).OfType<string>().Distinct().ToList();
        if (units.Count == 0 || (!checkpoint.CaseChanged && checkpoint.Opened.IsEmpty))
        {
            return;
        }

        var known = checkpoint.IsNew ? [] : await db.CaseUnits.Where(row => row.CaseNumber == @case.Number).Select(row => row.Unit).ToListAsync(cancellationToken);
        db.CaseUnits.AddRange(units.Except(known).Select(unit => new CaseUnitRow { CaseNumber = @case.Number, Unit = unit }));
    }

    private static WorkItemRow ToRow(WorkItem item, WorkflowInstance instance) => new()
    {
        Id = item.Id,
        CaseNumber = instance.Id,
        Bundle = instance.Bundle,
        DefinitionId = item.DefinitionId,
        ActivityId = item.ActivityId,
        Kind = item.Kind,
        Unit = item.Unit,
        Role = item.Role,
        Part = item.Part,
        AreaPath = instance.Case?.AreaPath ?? "/",
        OpenedAt = item.OpenedAt,
        DueAt = item.Due?.DueAt,
        Due = item.Due is null ? null : DeadlineJson.Write(item.Due),
        IsOverdue = item.IsOverdue,
        ClaimedById = item.ClaimedBy?.Id,
        ClaimedByName = item.ClaimedBy?.Name,
        ClaimedAt = item.ClaimedAt,
        Problem = item.Problem,
    };
}
