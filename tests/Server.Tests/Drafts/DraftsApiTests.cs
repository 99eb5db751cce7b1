using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using GridFlow.Workflows.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Drafts;

public sealed class DraftsApiTests : IDisposable
{
    private static readonly string[] Mistakes =
    [
        "bad-limit", "unknown-unit", "unknown-type", "bad-expression", "open-port", "unknown-port",
        "department-matter", "limit-too-long", "no-owner", "bad-priority", "unknown-category", "unknown-area", "unknown-workflow",
    ];

    private readonly GridFlowApplication _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_draft_is_begun_edited_and_published_as_a_whole()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        var inForce = await InForceAsync();

        var edited = await EditAsync(admin, draft, content => With(content, content.Routing.Rows.Add(new RoutingRow { Number = 90, Lead = "@county", Keywords = ["烟花"] })));
        var published = await PostAsync(admin, $"/api/drafts/{draft}/publish", new { reason = "fireworks go to the county" });

        Assert.Equal(HttpStatusCode.OK, edited);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        var now = await InForceAsync();
        Assert.Equal(inForce.Number + 1, now.Number);
        Assert.Equal("@county", now.Routing.Rows.Single(row => row.Number == 90).Lead);
        Assert.All(now.Definitions, definition => Assert.Equal(inForce.FindDefinition(definition.DefinitionId)!.Version, definition.Version));
        Assert.Equal(HttpStatusCode.Conflict, await EditAsync(admin, draft, content => With(content, [])));
    }

    [Fact]
    public async Task Only_the_workflow_that_changed_counts_its_version_up()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        var inForce = await InForceAsync();

        await EditAsync(admin, draft, content => With(content, content.FindDefinition("hard")! with { Description = LocalizedText.Same("changed") }));
        await PostAsync(admin, $"/api/drafts/{draft}/publish", new { reason = "words" });

        var now = await InForceAsync();
        Assert.Equal(inForce.FindDefinition("hard")!.Version + 1, now.FindDefinition("hard")!.Version);
        Assert.Equal(inForce.FindDefinition("small")!.Version, now.FindDefinition("small")!.Version);
    }

    [Fact]
    public async Task Ten_administrators_editing_one_draft_at_once_lose_no_edit()
    {
        const int people = 10;
        const int each = 20;
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        var flows = new[] { "hard", "small", "big" };
        var nodes = (await InForceAsync()).Definitions.Where(definition => flows.Contains(definition.DefinitionId)).SelectMany(definition => definition.Root.Activities.Select(node => (definition.DefinitionId, node.Id))).ToList();
        var retried = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, people), Cancel, async (person, cancel) =>
        {
            using var browser = await _app.CreateScriptAsync(person % 2 == 0 ? "admin" : "editor");
            for (var turn = 0; turn < each; turn++)
            {
                var mark = $"{person}-{turn}";
                // Everybody changes steps that others change too, and adds rows under numbers that others take too.
                while (true)
                {
                    var status = turn % 2 == 0
                        ? await EditAsync(browser, draft, content => Renamed(content, nodes[(person + turn) % nodes.Count], mark))
                        : await EditAsync(browser, draft, content => With(content, content.Routing.Rows.Add(new RoutingRow { Number = content.Routing.Rows.Max(row => row.Number) + 1, Lead = "@county", Keywords = [mark], Note = mark })));
                    if (status == HttpStatusCode.OK)
                    {
                        break;
                    }

                    Assert.Equal(HttpStatusCode.Conflict, status);
                    Interlocked.Increment(ref retried);
                }
            }
        });

        var store = _app.Services.GetRequiredService<DraftStore>();
        var end = (await store.FindAsync(draft, Cancel))!;
        var edits = await store.EditsAsync(draft, people * each * 2, Cancel);
        Assert.Equal(people * each, edits.Count);
        Assert.Equal(people * each, end.Version);
        var rows = end.Content.Routing.Rows.Select(row => row.Note).ToHashSet();
        Assert.All(Enumerable.Range(0, people), person => Assert.All(Enumerable.Range(0, each).Where(turn => turn % 2 == 1), turn => Assert.Contains($"{person}-{turn}", rows)));
        // Each name that was overwritten was seen by whoever wrote over it: what one edit found is what the one before it left.
        foreach (var cell in edits.Reverse().SelectMany(edit => edit.Changes).Where(change => change.Path.EndsWith("displayText", StringComparison.Ordinal)).GroupBy(change => change.Path))
        {
            Assert.All(cell.Zip(cell.Skip(1)), pair => Assert.True(CellChanges.IsSame(pair.First.After, pair.Second.Before)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{people * each} edits kept, {retried} were refused first because somebody else had changed the same.");
    }

    [Fact]
    public async Task Whoever_changes_what_somebody_else_changed_meanwhile_is_told_who_and_nothing_of_the_edit_is_kept()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        using var editor = await _app.CreateScriptAsync("editor");
        var draft = await BeginAsync(admin);
        var seen = (await FindAsync(draft)).Content;
        var mine = BundleEdits.Between(seen, With(seen, [seen.Routing.Rows[0] with { Lead = "@county" }, .. seen.Routing.Rows.Skip(1)]));
        var theirs = BundleEdits.Between(seen, With(seen, [seen.Routing.Rows[0] with { Lead = "@village", Note = "theirs" }, .. seen.Routing.Rows.Skip(1)]));

        using var first = await PostAsync(editor, $"/api/drafts/{draft}/edits", new { changes = theirs });
        using var second = await PostAsync(admin, $"/api/drafts/{draft}/edits", new { changes = mine });

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var conflict = Assert.Single((await second.Content.ReadFromJsonAsync<JsonArray>(Cancel))!)!;
        Assert.Equal("routing/1/lead", (string?)conflict["wanted"]!["path"]);
        Assert.Equal("\"@village\"", (string?)conflict["now"]);
        Assert.Equal("何雨晴", (string?)conflict["by"]);
        Assert.Equal("@village", (await FindAsync(draft)).Content.Routing.Rows[0].Lead);
    }

    [Fact]
    public async Task A_draft_with_every_kind_of_mistake_is_refused_with_every_mistake_named()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        await EditAsync(admin, draft, content =>
        {
            var hard = content.FindDefinition("hard")!;
            var chart = hard.Root;
            var task = chart.Activities.First(node => node.Type == "GridFlow.HumanTask");
            var wrong = task with { Inputs = task.Inputs.SetItem("limit", Literal("soon")).SetItem("unit", Literal("dept:nobody")) };
            var unknown = new ActivityNode { Id = "unknown", Type = "Acme.Robot", Name = "unknown" };
            var lonely = new ActivityNode { Id = "lonely", Type = "Elsa.FlowDecision", Name = "lonely", Inputs = chart.Activities[0].Inputs.Clear().Add("condition", new ActivityInput("Boolean", "JavaScript", JsonSerializer.SerializeToElement("1 +"))) };
            var changed = hard with { Root = chart with { Activities = [.. chart.Activities.Replace(task, wrong), unknown, lonely], Connections = chart.Connections.RemoveAt(0).Add(new Connection(task.Id, "Nowhere", "unknown")) } };
            var categories = content.Categories.All.Select(category => category.Code switch
            {
                "06001" => category with { IsDepartmental = true },
                "06002" => category with { LongestLimit = Workflows.Calendars.TimeLimit.WorkingHours(1) },
                _ => category,
            });
            var rows = content.Routing.Rows.Where(row => row.Tier is not null).Append(new RoutingRow { Number = 70, Lead = "dept:nobody", Priority = 9, Category = "local/1/matter/77" })
                .Append(new RoutingRow { Number = 71, Lead = "@town", Area = "0", Workflow = "none" });
            return new Bundle(0, content.Definitions.Replace(hard, changed), new RoutingTable(rows), new CategoryCatalogue(categories), content.Calendar);
        });
        var inForce = (await InForceAsync()).Number;

        using var published = await PostAsync(admin, $"/api/drafts/{draft}/publish", new { reason = "all wrong" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, published.StatusCode);
        var codes = (await published.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["problems"]!.AsArray().Select(problem => (string)problem!["code"]!).ToHashSet();
        Assert.Empty(Mistakes.Except(codes));
        Assert.Equal(inForce, (await InForceAsync()).Number);
        Assert.Equal(DraftStatus.Open, (await FindAsync(draft)).Status);
    }

    [Fact]
    public async Task What_was_published_meanwhile_is_taken_in_before_a_draft_is_published_over_it()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var (mine, other, quarrel) = (await BeginAsync(admin), await BeginAsync(admin), await BeginAsync(admin));
        await EditAsync(admin, other, content => With(content, content.Routing.Rows.Add(new RoutingRow { Number = 50, Lead = "@county", Keywords = ["甲"] })));
        await EditAsync(admin, mine, content => With(content, content.Routing.Rows.Add(new RoutingRow { Number = 60, Lead = "@county", Keywords = ["乙"] })));
        await EditAsync(admin, quarrel, content => With(content, content.Routing.Rows.Add(new RoutingRow { Number = 50, Lead = "@city", Keywords = ["丙"] })));
        using var first = await PostAsync(admin, $"/api/drafts/{other}/publish", new { reason = "first" });
        var store = _app.Services.GetRequiredService<DraftStore>();
        var user = await UserAsync("admin");

        using var outdated = await PostAsync(admin, $"/api/drafts/{mine}/publish", new { reason = "second" });
        var taken = await store.RebaseAsync(mine, [], [], user, Cancel);
        using var second = await PostAsync(admin, $"/api/drafts/{mine}/publish", new { reason = "second" });
        var refused = await store.RebaseAsync(quarrel, [], [], user, Cancel);
        var conflicts = Assert.IsType<EditResult.Conflicting>(refused).Conflicts;
        var decided = await store.RebaseAsync(quarrel, [.. conflicts.Select(conflict => conflict.Wanted.Path)], [], user, Cancel);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, outdated.StatusCode);
        Assert.IsType<EditResult.Kept>(taken);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var rows = (await InForceAsync()).Routing.Rows;
        Assert.Contains(rows, row => row.Number == 50);
        Assert.Contains(rows, row => row.Number == 60);
        Assert.Contains(conflicts, conflict => conflict.Wanted.Path == "routing/50/keywords");
        var kept = Assert.IsType<EditResult.Kept>(decided).Draft;
        Assert.Equal("@city", kept.Content.Routing.Rows.Single(row => row.Number == 50).Lead);
        Assert.Contains(kept.Content.Routing.Rows, row => row.Number == 60);
    }

    [Fact]
    public async Task An_editor_asks_and_an_administrator_publishes_or_sends_back()
    {
        using var editor = await _app.CreateScriptAsync("editor");
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(editor);
        await EditAsync(editor, draft, content => With(content, content.Routing.Rows.Add(new RoutingRow { Number = 90, Lead = "@county", Keywords = ["烟花"] })));

        using var alone = await PostAsync(editor, $"/api/drafts/{draft}/publish", new { reason = "now" });
        using var asked = await PostAsync(editor, $"/api/drafts/{draft}/request", new { reason = "please" });
        using var back = await PostAsync(admin, $"/api/drafts/{draft}/reopen", new { reason = "which fireworks?" });
        var sentBack = await FindAsync(draft);
        using var again = await PostAsync(editor, $"/api/drafts/{draft}/request", new { reason = "all of them" });
        using var published = await PostAsync(admin, $"/api/drafts/{draft}/publish", new { });

        Assert.Equal(HttpStatusCode.Forbidden, alone.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        Assert.Equal(("林致远退回：which fireworks?", "Sent back by Lin Zhiyuan: which fireworks?"), (sentBack.Publication.Problem!.Zh, sentBack.Publication.Problem.En));
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        Assert.Equal("all of them", (await admin.GetFromJsonAsync<JsonArray>("/api/bundles", Cancel))![0]!["reason"]!.ToString());
    }

    [Fact]
    public async Task An_exported_draft_can_be_imported_as_another_one_that_says_the_same()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        await EditAsync(admin, draft, content => With(content, content.FindDefinition("hard")! with { Description = LocalizedText.Same("changed") }));

        var file = await admin.GetByteArrayAsync($"/api/drafts/{draft}/content", Cancel);
        using var body = new ByteArrayContent(file) { Headers = { ContentType = new("application/json") } };
        using var imported = await admin.PostAsync("/api/drafts/import?name=again", body, Cancel);

        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        var id = (int)(await imported.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["id"]!;
        Assert.Empty(BundleEdits.Between((await FindAsync(draft)).Content, (await FindAsync(id)).Content));
    }

    [Fact]
    public async Task A_draft_without_the_workflow_every_case_begins_with_is_refused()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        await EditAsync(admin, draft, content => new Bundle(0, [], content.Routing, content.Categories, content.Calendar));

        using var published = await PostAsync(admin, $"/api/drafts/{draft}/publish", new { reason = "empty" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, published.StatusCode);
        Assert.Contains("no-intake", await published.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/flows/hard?draft=abc")]
    [InlineData("/admin/flows?draft=abc")]
    [InlineData("/admin/routing?draft=99999999999&row=x")]
    [InlineData("/admin/categories?draft=-1")]
    [InlineData("/admin/calendar?draft=")]
    [InlineData("/admin/bundles/compare?from=x&to=y")]
    public async Task A_mistyped_address_shows_what_is_in_force(string address)
    {
        using var admin = await _app.CreateBrowserAsync("admin");

        using var page = await admin.GetAsync(address, Cancel);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Nonsense_is_refused_in_words_and_changes_nothing()
    {
        using var admin = await _app.CreateScriptAsync("admin");
        var draft = await BeginAsync(admin);
        object[] nonsense =
        [
            new { changes = new[] { new { path = "nowhere/1", before = (string?)null, after = "1" } } },
            new { changes = new[] { new { path = "routing/1/lead", before = "\"@town\"", after = "{" } } },
            new { changes = new[] { new { path = "calendar/sessions", before = (string?)null, after = "[]" } } },
            new { changes = new[] { new { path = "definitions/hard/root", before = "\"hard-flow\"", after = "\"gone\"" } } },
            new { changes = new[] { new { path = "definitions/fresh/root", before = (string?)null, after = "\"x\"" } } },
            new { changes = new[] { new { path = "definitions/hard/nodes/neu", before = (string?)null, after = """{"id":5}""" } } },
            new { changes = new[] { new { path = "definitions/hard/nodes/neu", before = (string?)null, after = "[]" } } },
            new { changes = new[] { new { path = "definitions/hard/links/hard-flow/x", before = (string?)null, after = "true" } } },
            new { changes = new[] { new { path = "calendar", before = (string?)null, after = "5" } } },
            new { changes = (object?)null },
        ];
        foreach (var body in nonsense)
        {
            using var response = await PostAsync(admin, $"/api/drafts/{draft}/edits", body);

            Assert.True(response.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, $"{(int)response.StatusCode} {JsonSerializer.Serialize(body)} {await response.Content.ReadAsStringAsync(Cancel)}");
        }

        Assert.Equal(0, (await FindAsync(draft)).Version);
    }

    private static ActivityInput Literal(string text) => new("String", "Literal", JsonSerializer.SerializeToElement(text));

    private static Bundle With(Bundle bundle, IEnumerable<RoutingRow> rows) => new(bundle.Number, bundle.Definitions, new RoutingTable(rows), bundle.Categories, bundle.Calendar);

    private static Bundle With(Bundle bundle, WorkflowDefinition flow) =>
        new(bundle.Number, bundle.Definitions.Select(other => other.DefinitionId == flow.DefinitionId ? flow : other), bundle.Routing, bundle.Categories, bundle.Calendar);

    private static Bundle Renamed(Bundle bundle, (string Flow, string Node) at, string name)
    {
        var flow = bundle.FindDefinition(at.Flow)!;
        var node = flow.Root.Activities.First(found => found.Id == at.Node);
        return With(bundle, flow with { Root = flow.Root with { Activities = flow.Root.Activities.Replace(node, node with { DisplayText = LocalizedText.Same(name) }) } });
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string address, object body) => client.PostAsJsonAsync(address, body, Cancel);

    private static async Task<int> BeginAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/api/drafts", new { name = "test" }, Cancel);
        return (int)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["id"]!;
    }

    // As a page does it: what one sees, changed, and the difference sent.
    private async Task<HttpStatusCode> EditAsync(HttpClient client, int draft, Func<Bundle, Bundle> edit)
    {
        var seen = (await FindAsync(draft)).Content;
        using var response = await client.PostAsJsonAsync($"/api/drafts/{draft}/edits", new { changes = BundleEdits.Between(seen, edit(seen)) }, Cancel);
        return response.StatusCode;
    }

    private async Task<Draft> FindAsync(int draft) => (await _app.Services.GetRequiredService<DraftStore>().FindAsync(draft, Cancel))!;

    private async Task<Bundle> InForceAsync() => await _app.Services.GetRequiredService<BundleStore>().GetCurrentAsync(Cancel);

    private async Task<CurrentUser> UserAsync(string name)
    {
        using var client = await _app.CreateScriptAsync(name);
        var me = (await client.GetFromJsonAsync<JsonObject>("/api/me", Cancel))!;
        return CurrentUser.Operator with { AccountId = (string)me["accountId"]!, Name = (string)me["displayName"]! };
    }
}
