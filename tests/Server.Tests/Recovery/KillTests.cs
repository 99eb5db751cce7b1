using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Recovery;

/// <summary>
/// The portal under load, killed without a word after a random number of acknowledged acts, and started again. How often is
/// told by <c>GRIDFLOW_KILLS</c>; <c>scripts/kill-server</c> sets it.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Callers = 6;
    private readonly Random _random = new(20_261);

    private static int Kills => KilledServer.Kills(otherwise: 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_SQLite_what_was_acknowledged_survives_every_kill_and_nothing_happens_twice() => await KilledServer.OnSqliteAsync(KillAgainAndAgainAsync);

    [Fact]
    public async Task On_PostgreSQL_what_was_acknowledged_survives_every_kill_and_nothing_happens_twice() => await KilledServer.OnPostgresAsync(KillAgainAndAgainAsync);

    private async Task KillAgainAndAgainAsync(string[] where, IDbContextFactory<GridFlowDbContext> contexts)
    {
        var (exit, token) = await ServerProcess.RunAsync(["create-token", "county", .. where], Cancel);
        Assert.True(exit == 0, token);
        var load = new Load(token.Trim());
        for (var kill = 1; kill <= Kills; kill++)
        {
            using (var server = await ServerProcess.StartAsync(where, Cancel))
            {
                await load.RunUntilKilledAsync(server, acknowledgements: _random.Next(5, 150), Callers);
            }

            var ledger = await new ConservationLedger(contexts).CheckAsync(new Progress<double>(), Cancel);
            Assert.True(ledger.IsBalanced, $"after kill {kill}: {ledger}");
            await CheckAsync(load, contexts);
        }

        var (verified, said) = await ServerProcess.RunAsync(["verify", .. where], Cancel);
        Assert.True(verified == 0, said);

        output.WriteLine($"{Kills} kills; acknowledged {load.Reported.Count} reports, {load.Completed.Count} completions, {load.Remarked.Count} remarks; told again {load.Repeated}; none missing, none twice");
    }

    private static async Task CheckAsync(Load load, IDbContextFactory<GridFlowDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Cancel);
        var cases = await db.Cases.AsNoTracking().ToDictionaryAsync(row => row.IntakeKey!, row => row.Number, Cancel);
        Assert.All(load.Reported, report => Assert.Equal(report.Value, cases[report.Key]));

        var entries = await db.History.AsNoTracking().Where(row => row.Kind == HistoryKind.WorkItemCompleted || row.Kind == HistoryKind.Comment).Select(row => new { row.Kind, row.Data }).ToListAsync(Cancel);
        var completions = entries.Where(entry => entry.Kind == HistoryKind.WorkItemCompleted).Select(entry => Read(entry.Data, "item")).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(completions.Values, count => Assert.Equal(1, count));
        Assert.All(load.Completed.Keys, item => Assert.Contains(item, completions.Keys));

        var remarks = entries.Where(entry => entry.Kind == HistoryKind.Comment).Select(entry => Read(entry.Data, "text")).GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(load.Remarked.Keys, remark => Assert.Equal(1, remarks.GetValueOrDefault(remark)));
    }

    private static string Read(string data, string name) => JsonDocument.Parse(data).RootElement.GetProperty(name).GetString()!;

    /// <summary>People and scripts at work: they report, remark and complete, and what was not acknowledged they do again.</summary>
    private sealed class Load(string token)
    {
        private readonly ConcurrentQueue<string> _unsure = [];
        private readonly ConcurrentQueue<string> _open = [];
        private int _next;

        /// <summary>Acknowledged reports: key at the source, case number.</summary>
        public ConcurrentDictionary<string, string> Reported { get; } = [];

        /// <summary>Acknowledged completions, by work item.</summary>
        public ConcurrentDictionary<string, bool> Completed { get; } = [];

        /// <summary>Acknowledged remarks, by their text.</summary>
        public ConcurrentDictionary<string, bool> Remarked { get; } = [];

        /// <summary>Reports sent again because nobody had said that they arrived.</summary>
        public int Repeated { get; private set; }

        public async Task RunUntilKilledAsync(ServerProcess server, int acknowledgements, int callers)
        {
            var left = acknowledgements;
            using var client = server.CreateClient(token);
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller), Cancel)));

            async Task CallAsync(int caller)
            {
                try
                {
                    while (Volatile.Read(ref left) > 0)
                    {
                        await ReportAsync(client);
                        if (caller % 2 == 0)
                        {
                            await CompleteAsync(client);
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    // The server is gone in the middle of an answer, as it should be.
                }
            }

            void Acknowledge()
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    server.Kill();
                }
            }

            async Task ReportAsync(HttpClient http)
            {
                var again = _unsure.TryDequeue(out var key);
                key ??= $"kill:{Interlocked.Increment(ref _next)}";
                try
                {
                    var answer = await http.PostAsJsonAsync("/api/cases", new { title = "垃圾堆放", detail = "小区门口垃圾堆了两天没有人清理，气味很大", areaCode = "990101101001001", key }, Cancel);
                    Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancel)}");
                    var number = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;
                    Assert.True(again || answer.StatusCode == HttpStatusCode.Created);
                    Repeated += again ? 1 : 0;
                    Reported[key] = number;
                    Acknowledge();
                    _open.Enqueue(number);
                }
                catch (HttpRequestException)
                {
                    _unsure.Enqueue(key);
                    throw;
                }
            }

            async Task CompleteAsync(HttpClient http)
            {
                if (!_open.TryDequeue(out var number))
                {
                    return;
                }

                var remark = $"remark {Interlocked.Increment(ref _next)}";
                Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync($"/api/cases/{number}/comments", new { text = remark, isPublic = false }, Cancel)).StatusCode);
                Remarked[remark] = true;
                Acknowledge();
                var found = await http.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
                var item = found.GetProperty("openItems")[0].GetProperty("id").GetString()!;
                var answer = await http.PostAsJsonAsync($"/api/work-items/{item}/complete", new { outcome = "Returned", fields = new { reason = "NotEnough" }, comment = "地址不清" }, Cancel);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
                Completed[item] = true;
                Acknowledge();
            }
        }
    }
}
