using GridFlow.Server.BundleMigration;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Whistles;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>The tables a checkpoint is written to, as the model maps them, and which columns a step may change.</summary>
internal sealed class WorkflowTables
{
    public WorkflowTables(IDbContextFactory<GridFlowDbContext> database)
    {
        using var db = database.CreateDbContext();
        Instances = new(db.Model);
        Cases = new(db.Model);
        Reporters = new(db.Model);
        Units = new(db.Model);
        WorkItems = new(db.Model);
        Timers = new(db.Model);
        Bookmarks = new(db.Model);
        History = new(db.Model);
        Outbox = new(db.Model);
        Migrated = new(db.Model);
        Whistles = new(db.Model);
        WhistledUnits = new(db.Model);
        InstanceChanges = Instances.Only(nameof(InstanceRow.Version), nameof(InstanceRow.State), nameof(InstanceRow.Status), nameof(InstanceRow.Bundle),
            nameof(InstanceRow.CorrelationId));

        // What came in with the report never changes.
        CaseChanges = Cases.AllBut(
            nameof(CaseRow.Number), nameof(CaseRow.IntakeKey), nameof(CaseRow.Title), nameof(CaseRow.Detail), nameof(CaseRow.ReportedAt), nameof(CaseRow.AcceptedAt));
        WorkItemChanges = WorkItems.Only(
            nameof(WorkItemRow.Bundle), nameof(WorkItemRow.ActivityId), nameof(WorkItemRow.Due), nameof(WorkItemRow.DueAt),
            nameof(WorkItemRow.IsOverdue), nameof(WorkItemRow.ClaimedById), nameof(WorkItemRow.ClaimedByName), nameof(WorkItemRow.ClaimedAt), nameof(WorkItemRow.ClosedAt),
            nameof(WorkItemRow.Outcome), nameof(WorkItemRow.ClosedById), nameof(WorkItemRow.ClosedByName), nameof(WorkItemRow.Comment));
        ChangeWhistles = OnConflict("\"Id\"", Whistles.AllBut(nameof(WhistleRow.Id)));
        ChangeWhistledUnits = OnConflict("\"WhistleId\", \"Unit\"", WhistledUnits.AllBut(nameof(WhistledUnitRow.WhistleId), nameof(WhistledUnitRow.Unit)));
        ChangeWorkItems = " ON CONFLICT (\"Id\") DO UPDATE SET " + string.Join(", ", WorkItemChanges.Select(column => $"{column.Name} = excluded.{column.Name}"));
    }

    public SqlTable<InstanceRow> Instances { get; }

    public IReadOnlyList<SqlColumn<InstanceRow>> InstanceChanges { get; }

    public SqlTable<CaseRow> Cases { get; }

    public IReadOnlyList<SqlColumn<CaseRow>> CaseChanges { get; }

    public SqlTable<ReporterRow> Reporters { get; }

    public SqlTable<CaseUnitRow> Units { get; }

    public SqlTable<WorkItemRow> WorkItems { get; }

    public IReadOnlyList<SqlColumn<WorkItemRow>> WorkItemChanges { get; }

    /// <summary>The clause by which one statement opens, changes and closes work items.</summary>
    public string ChangeWorkItems { get; }

    public SqlTable<TimerRow> Timers { get; }

    public SqlTable<BookmarkRow> Bookmarks { get; }

    public SqlTable<HistoryRow> History { get; }

    public SqlTable<OutboxRow> Outbox { get; }

    public SqlTable<MigratedInstanceRow> Migrated { get; }

    public SqlTable<WhistleRow> Whistles { get; }

    public SqlTable<WhistledUnitRow> WhistledUnits { get; }

    /// <summary>The clause by which one statement blows and changes whistles.</summary>
    public string ChangeWhistles { get; }

    /// <summary>The same for the units whistled.</summary>
    public string ChangeWhistledUnits { get; }

    private static string OnConflict<T>(string key, IReadOnlyList<SqlColumn<T>> columns)
        where T : class => $" ON CONFLICT ({key}) DO UPDATE SET " + string.Join(", ", columns.Select(column => $"{column.Name} = excluded.{column.Name}"));
}
