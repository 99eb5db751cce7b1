using System.Text.Json;
using GridFlow.Server.BundleMigration;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using GridFlow.Workflows.Storage;

namespace GridFlow.Server.Persistence;

/// <summary>
/// A checkpoint as statements: at most one for each table it touches. The guard comes first: that the instance still is at the
/// version the step was decided from, or, for a new one, that the bundle still is in force and the report was not taken in before.
/// </summary>
internal static class CheckpointScript
{
    public static IReadOnlyList<SqlStatement> Write(WorkflowTables tables, bool combined, Checkpoint checkpoint, Intake? intake, DateTimeOffset now)
    {
        var script = new SqlScript(combined);
        var instance = checkpoint.Instance;
        if (checkpoint.IsNew)
        {
            script.InsertIf(tables.Instances, ToRow(instance, version: 1), where => WriteIntake(where, intake));
            var row = instance.Case is { } @case ? CaseMapping.ToRow(@case, intake?.Key) : null;
            script.Insert(tables.Cases, row is null ? [] : [row]);
            if (row is not null)
            {
                CaseTextIndex.Write(script, combined, row);
            }

            script.Insert(tables.Reporters, intake?.Reporter is { } reporter ? [ToRow(reporter, instance.Id)] : []);
        }
        else
        {
            script.Update(tables.Instances, tables.InstanceChanges, ToRow(instance, instance.Version + 1))
                .Raw("\"Id\" = ").Value(SqlValue.Text(instance.Id)).Raw(" AND \"Version\" = ").Value(SqlValue.Long(instance.Version)).End();
            if (checkpoint.CaseChanged)
            {
                script.Update(tables.Cases, tables.CaseChanges, CaseMapping.ToRow(instance.Case!, intakeKey: null))
                    .Raw("\"Number\" = ").Value(SqlValue.Text(instance.Id)).End();
            }
        }

        WriteWorkItems(script, tables, combined, checkpoint);
        script.Insert(tables.Units, Units(checkpoint), " ON CONFLICT DO NOTHING");
        script.Delete(tables.Timers, checkpoint.TimersRemoved);
        script.Insert(tables.Timers, Rows(checkpoint.TimersSet, timer => new TimerRow { Id = timer.Id, InstanceId = instance.Id, DueAt = timer.DueAt }));
        script.Delete(tables.Bookmarks, checkpoint.BookmarksRemoved);
        script.Insert(tables.Bookmarks, Rows(checkpoint.BookmarksSet, bookmark => new BookmarkRow { Id = bookmark.Id, InstanceId = instance.Id, Kind = bookmark.Kind, Name = bookmark.Name }));
        script.Insert(tables.Outbox, Rows(checkpoint.Messages, message => ToRow(message, instance.Id, now)));
        script.Insert(tables.Migrated, checkpoint.Migration is { } migration ? [ToRow(migration)] : [], " ON CONFLICT (\"RunId\", \"InstanceId\") DO UPDATE SET \"UndoneAt\" = excluded.\"UndoneAt\"");
        WhistleMapping.Write(script, tables, checkpoint);
        script.Insert(tables.History, Rows(checkpoint.History, entry => ToRow(entry, instance.Id)));
        return script.ToStatements();
    }

    private static MigratedInstanceRow ToRow(MigrationRecord migration) => new()
    {
        RunId = migration.Run,
        InstanceId = migration.InstanceId,
        FromBundle = migration.From,
        ToBundle = migration.To,
        At = migration.At,
        Version = migration.Version,
        Before = migration.Before,
        UndoneAt = migration.UndoneAt,
    };

    private static void WriteIntake(SqlScript where, Intake? intake)
    {
        if (intake is null)
        {
            where.Raw("1 = 1");
            return;
        }

        where.Raw("(SELECT MAX(\"Number\") FROM \"Bundles\") = ").Value(SqlValue.Whole(intake.Bundle));
        if (intake.Key is { } key)
        {
            where.Raw(" AND NOT EXISTS (SELECT 1 FROM \"Cases\" WHERE \"IntakeKey\" = ").Value(SqlValue.Text(key)).Raw(")");
        }
    }

    private static TRow[] Rows<T, TRow>(IReadOnlyCollection<T> items, Func<T, TRow> row)
    {
        if (items.Count == 0)
        {
            return [];
        }

        return [.. items.Select(row)];
    }

    private static void WriteWorkItems(SqlScript script, WorkflowTables tables, bool combined, Checkpoint checkpoint)
    {
        var opened = Rows(checkpoint.Opened, item => ToRow(item, checkpoint.Instance));
        var changed = ChangedWorkItems(checkpoint);
        if (!combined)
        {
            // Where each statement costs, one does it all.
            script.Insert(tables.WorkItems, [.. changed, .. opened], tables.ChangeWorkItems);
            return;
        }

        foreach (var row in changed)
        {
            script.Update(tables.WorkItems, tables.WorkItemChanges, row).Raw("\"Id\" = ").Value(SqlValue.Text(row.Id)).End();
        }

        script.Insert(tables.WorkItems, opened);
    }

    private static List<WorkItemRow> ChangedWorkItems(Checkpoint checkpoint)
    {
        var rows = new List<WorkItemRow>();
        foreach (var closed in checkpoint.Closed)
        {
            var row = ToRow(closed.Item, checkpoint.Instance);
            (row.ClosedAt, row.Outcome, row.Comment, row.ClosedById, row.ClosedByName) = (closed.At, closed.Outcome, closed.Comment, closed.By.Id, closed.By.Name);
            rows.Add(row);
        }

        foreach (var item in checkpoint.Changed)
        {
            rows.Add(ToRow(item, checkpoint.Instance));
        }

        return rows;
    }

    /// <summary>
    /// Units whose part in the case makes them see it; once seen, seen for good, so they are only ever added. An area the case
    /// lies in sees it anyway and needs no row.
    /// </summary>
    private static List<CaseUnitRow> Units(Checkpoint checkpoint)
    {
        var rows = new List<CaseUnitRow>();
        if (checkpoint.Instance.Case is not { } @case)
        {
            return rows;
        }

        foreach (var item in checkpoint.Opened)
        {
            Add(item.Unit);
        }

        if (checkpoint.CaseChanged)
        {
            Add(@case.LeadUnit);
            foreach (var unit in @case.AssistingUnits)
            {
                Add(unit);
            }
        }

        return rows;

        void Add(string? unit)
        {
            var sees = unit is null || (UnitKey.AreaOf(unit) is { } area && @case.AreaPath.Contains($"/{area}/", StringComparison.Ordinal));
            if (!sees && !rows.Exists(row => row.Unit == unit))
            {
                rows.Add(new CaseUnitRow { CaseNumber = @case.Number, Unit = unit! });
            }
        }
    }

    private static InstanceRow ToRow(WorkflowInstance instance, long version) => new()
    {
        Id = instance.Id,
        DefinitionId = instance.DefinitionId,
        Bundle = instance.Bundle,
        Status = instance.Status,
        CorrelationId = instance.CorrelationId,
        Version = version,
        State = InstanceJson.Write(instance),
    };

    private static ReporterRow ToRow(Reporter reporter, string caseNumber) => new()
    {
        CaseNumber = caseNumber,
        Name = reporter.Name,
        Phone = reporter.Phone,
        Email = reporter.Email,
        Address = reporter.Address,
        SecretHash = reporter.SecretHash,
    };

    private static HistoryRow ToRow(HistoryEntry entry, string instanceId) => new()
    {
        InstanceId = instanceId,
        Number = entry.Number,
        At = entry.At,
        Kind = entry.Kind,
        IsPublic = entry.IsPublic,
        Hash = entry.Hash,
        ActorId = entry.Actor.Id,
        ActorName = entry.Actor.Name,
        ActorUnit = entry.Actor.Unit,
        Data = JsonSerializer.Serialize(entry.Data, BundleJson.Options),
    };

    private static OutboxRow ToRow(OutgoingMessage message, string instanceId, DateTimeOffset now) => new()
    {
        Id = message.Id,
        CaseNumber = instanceId,
        Kind = message.Kind,
        Recipient = message.Recipient,
        Role = message.Role,
        Zh = message.Text.Zh,
        En = message.Text.En,
        Payload = message.Payload,
        CreatedAt = now,
        NextAttemptAt = now,
    };

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
        About = item.About,
        Asked = item.Asked is null ? null : JsonSerializer.Serialize(item.Asked, BundleJson.Options),
    };
}
