using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Persistence;

public sealed class SqliteWorkflowStoreTests() : SqlWorkflowStoreTests(new SqliteTestDatabase());

public sealed class PostgresWorkflowStoreTests() : SqlWorkflowStoreTests(new PostgresTestDatabase());

/// <summary>The contract on a database: every opening is a new store with connections of its own.</summary>
public abstract class SqlWorkflowStoreTests(TestDatabase database) : WorkflowStoreContract, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        database.Create();
        await using var db = Open().CreateDbContext();
        db.Bundles.Add(new BundleRow { Number = 1, Author = "test", Reason = "test", Content = BundleJson.Write(ShippedBundle.Read(1)) });
        await db.SaveChangesAsync();
    }

    [Fact]
    public async Task The_ledger_balances_after_every_script_and_names_what_was_tampered_with()
    {
        var number = 0;
        foreach (var script in CaseScript.All)
        {
            await new CaseDriver(Reopen, new ManualTimeProvider(CaseScript.Begin)).PlayAsync(script, $"GF2026-0009{number++:D2}", TestContext.Current.CancellationToken);
        }

        var ledger = new ConservationLedger(Open());
        var before = await ledger.CheckAsync(new Progress<double>(), TestContext.Current.CancellationToken);
        Assert.True(before.IsBalanced);
        Assert.Equal(CaseScript.All.Length, before.Accepted);

        await using var db = Open().CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE \"History\" SET \"ActorName\" = '李四' WHERE \"InstanceId\" = 'GF2026-000901' AND \"Number\" = 3", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM \"History\" WHERE \"InstanceId\" = 'GF2026-000902' AND \"Number\" = (SELECT MAX(\"Number\") FROM \"History\" WHERE \"InstanceId\" = 'GF2026-000902')", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"UPDATE \"Cases\" SET \"Status\" = 'Open' WHERE \"Number\" = 'GF2026-000903'", TestContext.Current.CancellationToken);

        await new CaseDriver(Reopen, new ManualTimeProvider(CaseScript.Begin)).PlayAsync(CaseScript.All[0] with { Steps = [] }, "GF2026-000990", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM \"WorkItems\" WHERE \"CaseNumber\" = 'GF2026-000990'", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM \"CaseUnits\" WHERE \"CaseNumber\" = 'GF2026-000904'", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM \"CaseTexts\" WHERE \"CaseNumber\" = 'GF2026-000904'", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM \"Cases\" WHERE \"Number\" = 'GF2026-000904'", TestContext.Current.CancellationToken);

        var after = await ledger.CheckAsync(new Progress<double>(), TestContext.Current.CancellationToken);
        Assert.False(after.IsBalanced);
        Assert.Equal(["GF2026-000901", "GF2026-000902"], after.BrokenHistory);
        Assert.Equal(["GF2026-000903"], after.Stranded);
        Assert.Equal(["GF2026-000990"], after.Adrift);
        Assert.Equal(["GF2026-000904"], after.WithoutCase);
    }

    [Fact]
    public async Task A_commit_that_fails_in_the_middle_leaves_nothing_behind()
    {
        var driver = new CaseDriver(Reopen, new ManualTimeProvider(CaseScript.Begin));
        var script = CaseScript.All[0];
        var instance = await driver.PlayAsync(script with { Steps = [] }, "GF2026-000099", TestContext.Current.CancellationToken);
        var decision = (Decision.Accepted)WorkflowExecutor.Decide(ShippedBundle.Read(1), instance, CaseScript.Complete(instance.WorkItems[0], "Handled"), CaseScript.Begin);

        // The last thing written is a history entry; one with a number taken makes the transaction fail after all the rest.
        await using (var db = Open().CreateDbContext())
        {
            var last = decision.Checkpoint.History[^1];
            db.History.Add(new HistoryRow { InstanceId = instance.Id, Number = last.Number, ActorId = "x", ActorName = "x", Data = "{}", Hash = "x" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAnyAsync<DbException>(() => Reopen().CommitAsync(decision.Checkpoint, null, TestContext.Current.CancellationToken));

        var kept = (await Reopen().FindAsync(instance.Id, TestContext.Current.CancellationToken))!;
        Assert.Equal(instance.HistoryHash, kept.HistoryHash);
        Assert.Equal("handle", Assert.Single(kept.WorkItems).ActivityId);
        Assert.Null(await Reopen().FindClosedWorkItemAsync(instance.WorkItems[0].Id, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override IWorkflowStore Reopen() => new SqlWorkflowStore(Open(), database.OpenSql(), new ChangeFeed(), new ManualTimeProvider(CaseScript.Begin));

    protected override async Task<ImmutableArray<HistoryEntry>> ReadHistoryAsync(string instanceId)
    {
        await using var db = Open().CreateDbContext();
        var rows = await db.History.AsNoTracking().Where(row => row.InstanceId == instanceId).OrderBy(row => row.Number).ToListAsync();
        return [.. rows.Select(Entry)];
    }

    private static HistoryEntry Entry(HistoryRow row)
    {
        var data = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(row.Data, BundleJson.Options)!.WithComparers(StringComparer.Ordinal);
        return new HistoryEntry(row.Number, row.At, row.Kind, new Actor(row.ActorId, row.ActorName, row.ActorUnit), row.IsPublic, data, row.Hash);
    }

    private IDbContextFactory<GridFlowDbContext> Open() => database.Contexts;
}
