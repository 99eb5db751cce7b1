using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Recovery;

/// <summary>
/// Acts of every kind, those that send to other cases among them, while the portal is killed without a word, again and again
/// (<c>GRIDFLOW_KILLS</c>). What was not acknowledged is sent again under the key it had.
/// </summary>
public sealed class ActKillTests(ITestOutputHelper output)
{
    private const int Callers = 6;
    private static readonly string[] People = ["county", "leader", "qingxi", "urban"];
    private static readonly MessageKind[] ToCases = [MessageKind.Related, MessageKind.Part];
    private readonly Random _random = new(20_268);

    private static int Kills => KilledServer.Kills(otherwise: 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_SQLite_acknowledged_acts_survive_every_kill_and_none_is_taken_twice() => await KilledServer.OnSqliteAsync(KillAgainAndAgainAsync);

    [Fact]
    public async Task On_PostgreSQL_acknowledged_acts_survive_every_kill_and_none_is_taken_twice() => await KilledServer.OnPostgresAsync(KillAgainAndAgainAsync);

    private async Task KillAgainAndAgainAsync(string[] where, IDbContextFactory<GridFlowDbContext> contexts)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var person in People)
        {
            var (exit, token) = await ServerProcess.RunAsync(["create-token", person, .. where], Cancel);
            Assert.True(exit == 0, token);
            tokens[person] = token.Trim();
        }

        var load = new ActLoad(tokens);
        for (var kill = 1; kill <= Kills; kill++)
        {
            using (var server = await ServerProcess.StartAsync(where, Cancel))
            {
                await load.RunUntilKilledAsync(server, acknowledgements: _random.Next(20, 150), Callers);
            }

            var ledger = await new ConservationLedger(contexts).CheckAsync(new Progress<double>(), Cancel);
            Assert.True(ledger.IsBalanced, $"after kill {kill}: {ledger}");
            await CheckAsync(load, contexts, isOver: false);
            await EndLeasesAsync(contexts);
            load.Wake();
        }

        using (var server = await ServerProcess.StartAsync(where, Cancel))
        {
            // What waits for a part waits until it is there.
            for (var turn = 0; !load.IsOver; turn++)
            {
                Assert.True(turn < 600, "Some parts never came.");
                load.Wake();
                await load.FinishAsync(server, Callers);
                await Task.Delay(100, Cancel);
            }

            for (var asked = 0; await AreUnsentAsync(contexts); asked++)
            {
                Assert.True(asked < 600, "Some cases were never told.");
                await Task.Delay(100, Cancel);
            }
        }

        await CheckAsync(load, contexts, isOver: true);
        var (verified, said) = await ServerProcess.RunAsync(["verify", .. where], Cancel);
        Assert.True(verified == 0, said);
        var kinds = string.Join(", ", load.Taken.Values.CountBy(taken => taken.Act).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Value}"));
        output.WriteLine($"{Kills} kills; acknowledged {load.Taken.Count} acts ({kinds}) and {load.Completed.Count} completions; sent again {load.Repeated}; none missing, none twice");
    }

    private static async Task CheckAsync(ActLoad load, IDbContextFactory<GridFlowDbContext> contexts, bool isOver)
    {
        await using var db = await contexts.CreateDbContextAsync(Cancel);
        var told = (await db.History.AsNoTracking().Where(row => row.Kind == HistoryKind.ActTaken || row.Kind == HistoryKind.WorkItemCompleted || row.Kind == HistoryKind.Related)
            .Select(row => new { row.InstanceId, row.Kind, row.Data }).ToListAsync(Cancel)).ToLookup(row => row.Kind, row => (Case: row.InstanceId, Data: JsonDocument.Parse(row.Data).RootElement));

        // The word each was taken with names it: acknowledged or not, in the history once at most.
        var acts = Once(told[HistoryKind.ActTaken].Where(entry => entry.Data.TryGetProperty("comment", out _)), entry => (Text(entry.Data, "comment"), (Text(entry.Data, "act"), entry.Case)));
        Assert.All(load.Taken, taken => Assert.Equal(taken.Value, acts[taken.Key]));
        var completions = Once(told[HistoryKind.WorkItemCompleted], entry => (Text(entry.Data, "item"), entry.Case));
        Assert.All(load.Completed, completed => Assert.Equal(completed.Value, completions[completed.Key]));

        // What other cases were told arrives once, parts are taken in once.
        var heard = Once(told[HistoryKind.Related], entry => ((Text(entry.Data, "event"), Text(entry.Data, "other")), entry.Case));
        var cases = await db.Cases.AsNoTracking().ToDictionaryAsync(row => row.Number, Cancel);
        Assert.All(load.Merged, merged => Assert.Equal((CaseStatus.Merged, merged.Value), (cases[merged.Key].Status, cases[merged.Key].MergedInto)));
        var splits = load.Taken.Values.Where(taken => taken.Act == "Split").Select(taken => taken.Case).ToList();
        Assert.All(cases.Values.Where(row => row.SplitFrom is not null), part => Assert.Contains(part.Number, new[] { part.SplitFrom + "-1", part.SplitFrom + "-2" }));
        Assert.All(await db.Whistles.AsNoTracking().Select(call => call.CaseNumber).ToListAsync(Cancel), number => Assert.Contains(acts.Values, act => act == ("Whistle", number)));
        Assert.Equal(await db.Whistles.CountAsync(Cancel), await db.Whistles.Select(call => call.CaseNumber).Distinct().CountAsync(Cancel));
        if (!isOver)
        {
            return;
        }

        Assert.All(load.Merged, merged => Assert.Equal(merged.Value, heard[("Merged", merged.Key)]));
        Assert.All(splits, whole => Assert.Equal(2, cases.Values.Count(row => row.SplitFrom == whole)));
        var closed = cases.Values.Where(row => row is { SplitFrom: not null, Status: CaseStatus.Closed }).ToList();
        Assert.All(closed, part => Assert.Equal(part.SplitFrom, heard[("PartClosed", part.Number)]));
        Assert.All(splits, whole => Assert.Equal(2 - closed.Count(part => part.SplitFrom == whole), cases[whole].OpenParts));
        Assert.Equal(splits.Count, closed.Count);
    }

    private static Dictionary<TKey, TValue> Once<TEntry, TKey, TValue>(IEnumerable<TEntry> entries, Func<TEntry, (TKey Key, TValue Value)> read)
        where TKey : notnull
    {
        var found = new Dictionary<TKey, TValue>();
        foreach (var (key, value) in entries.Select(read))
        {
            Assert.True(found.TryAdd(key, value), $"{key} happened twice.");
        }

        return found;
    }

    // The dead held messages in their hands; nobody waits here until the lease is over.
    private static async Task EndLeasesAsync(IDbContextFactory<GridFlowDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow();
        await db.Outbox.Where(row => row.SentAt == null && row.NextAttemptAt > now).ExecuteUpdateAsync(row => row.SetProperty(one => one.NextAttemptAt, now), Cancel);
    }

    private static async Task<bool> AreUnsentAsync(IDbContextFactory<GridFlowDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Cancel);
        return await db.Outbox.AnyAsync(row => row.SentAt == null && ToCases.Contains(row.Kind), Cancel);
    }

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;
}
