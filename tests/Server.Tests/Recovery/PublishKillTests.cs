using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Server.Drafts;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Recovery;

/// <summary>
/// Administrators who edit and publish while the portal is killed without a word, again and again (<c>GRIDFLOW_KILLS</c>). Each
/// draft changes four parts of the bundle to one mark; a bundle in which the marks differ would be a mix.
/// </summary>
public sealed class PublishKillTests(ITestOutputHelper output)
{
    private const int Callers = 4;
    private readonly Random _random = new(20_264);

    private static int Kills => KilledServer.Kills(otherwise: 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_SQLite_a_kill_while_publishing_leaves_the_old_bundle_or_the_new_one() => await KilledServer.OnSqliteAsync(KillAgainAndAgainAsync);

    [Fact]
    public async Task On_PostgreSQL_a_kill_while_publishing_leaves_the_old_bundle_or_the_new_one() => await KilledServer.OnPostgresAsync(KillAgainAndAgainAsync);

    private async Task KillAgainAndAgainAsync(string[] where, IDbContextFactory<GridFlowDbContext> contexts)
    {
        var (exit, token) = await ServerProcess.RunAsync(["create-token", "admin", .. where], Cancel);
        Assert.True(exit == 0, token);
        var work = new Work();
        for (var kill = 1; kill <= Kills; kill++)
        {
            using (var server = await ServerProcess.StartAsync(where, Cancel))
            {
                await work.RunUntilKilledAsync(server, token.Trim(), acknowledgements: _random.Next(3, 40));
            }

            await CheckAsync(work, contexts);
        }

        output.WriteLine($"{Kills} kills; acknowledged {work.Edited.Count} edits and {work.Published.Count} bundles; none missing, none mixed");
    }

    private static async Task CheckAsync(Work work, IDbContextFactory<GridFlowDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Cancel);
        var bundles = await db.Bundles.AsNoTracking().ToDictionaryAsync(row => row.Number, row => (row.Reason, Bundle: BundleJson.Read(row.Number, row.Content)), Cancel);
        var marks = bundles.ToDictionary(row => row.Key, row => Assert.Single(MarksOf(row.Value.Bundle).Distinct()));
        Assert.All(work.Published, published => Assert.Equal(published.Value, marks[published.Key]));

        var drafts = await db.Drafts.AsNoTracking().ToListAsync(Cancel);
        Assert.All(drafts, draft => Assert.Equal(draft.Status == DraftStatus.Published, draft.PublishedAs is not null));
        // Whatever a draft became is there under its number, and nothing is in force that no draft became.
        Assert.Equal(bundles.Keys.Where(number => marks[number] != Work.Unmarked).Order(), drafts.Select(draft => draft.PublishedAs).OfType<int>().Order());
        Assert.All(drafts.Where(draft => draft.PublishedAs is not null), draft => Assert.Equal(draft.Name, marks[draft.PublishedAs!.Value]));

        var edits = (await db.DraftEdits.AsNoTracking().Select(edit => new { edit.DraftId, edit.Version }).ToListAsync(Cancel)).Select(edit => (edit.DraftId, edit.Version)).ToHashSet();
        Assert.All(work.Edited.Keys, edit => Assert.Contains(edit, edits));
    }

    private static IEnumerable<string> MarksOf(Bundle bundle) =>
    [
        Or(bundle.Routing.Rows[0].Note), Or(bundle.FindDefinition("hard")!.Description.Zh), Or(bundle.FindDefinition("small")!.Description.Zh), Or(bundle.Calendar.Overrides[0].Name),
    ];

    private static string Or(string text) => text.StartsWith("mark ", StringComparison.Ordinal) ? text : Work.Unmarked;

    private sealed class Work
    {
        public const string Unmarked = "";
        private int _next;

        /// <summary>Acknowledged edits: draft and version.</summary>
        public ConcurrentDictionary<(int Draft, int Version), bool> Edited { get; } = [];

        /// <summary>Acknowledged bundles, with their mark.</summary>
        public ConcurrentDictionary<int, string> Published { get; } = [];

        public async Task RunUntilKilledAsync(ServerProcess server, string token, int acknowledgements)
        {
            var left = acknowledgements;
            using var client = server.CreateClient(token);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync, Cancel)));

            async Task CallAsync()
            {
                try
                {
                    while (Volatile.Read(ref left) > 0)
                    {
                        await PublishOneAsync(client, Acknowledge);
                    }
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    // In the middle of an answer, as it should be.
                }
            }

            void Acknowledge()
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    server.Kill();
                }
            }
        }

        private async Task PublishOneAsync(HttpClient client, Action acknowledge)
        {
            var mark = $"mark {Interlocked.Increment(ref _next)}";
            var begun = await ReadAsync(await client.PostAsJsonAsync("/api/drafts", new { name = mark }, Cancel));
            var id = (int)begun["id"]!;
            var seen = BundleJson.Read(0, await client.GetStringAsync($"/api/drafts/{id}/content", Cancel));
            foreach (var part in BundleEdits.Between(seen, Marked(seen, mark)).GroupBy(change => CellPath.PartOf(change.Path)))
            {
                var edited = await ReadAsync(await client.PostAsJsonAsync($"/api/drafts/{id}/edits", new { changes = part }, Cancel));
                Edited[(id, (int)edited["version"]!)] = true;
                acknowledge();
            }

            using var published = await client.PostAsJsonAsync($"/api/drafts/{id}/publish", new { reason = mark }, Cancel);
            if (published.StatusCode == HttpStatusCode.Conflict)
            {
                // Another administrator was first; this draft is given up.
                return;
            }

            Assert.True(published.StatusCode == HttpStatusCode.OK, await published.Content.ReadAsStringAsync(Cancel));
            Published[(int)(await published.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["number"]!] = mark;
            acknowledge();
        }

        private static async Task<JsonObject> ReadAsync(HttpResponseMessage response)
        {
            using (response)
            {
                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
                return (await response.Content.ReadFromJsonAsync<JsonObject>(JsonSerializerOptions.Web, Cancel))!;
            }
        }

        private static Bundle Marked(Bundle bundle, string mark)
        {
            var day = bundle.Calendar.Overrides[0];
            return new Bundle(
                bundle.Number,
                bundle.Definitions.Select(flow => flow.DefinitionId is "hard" or "small" ? flow with { Description = LocalizedText.Same(mark) } : flow),
                new Workflows.Routing.RoutingTable([bundle.Routing.Rows[0] with { Note = mark }, .. bundle.Routing.Rows.Skip(1)]),
                bundle.Categories,
                bundle.Calendar.With([day with { Name = mark }], []));
        }
    }
}
