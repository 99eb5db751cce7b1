using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Delivery;
using GridFlow.Tests;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static GridFlow.Server.Tests.Delivery.Flows;

namespace GridFlow.Server.Tests.Delivery;

/// <summary>What workflows send, brought by the real senders: to a real service on this machine, to other instances, to the API.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly List<(string Path, string? Key, string Body)> _asked = [];
    private WebApplication _service = null!;
    private string _host = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.MapPost("/answer/{status:int}", async (HttpRequest request, int status) =>
        {
            using var reader = new StreamReader(request.Body);
            _asked.Add((request.Path, request.Headers["Idempotency-Key"].SingleOrDefault(), await reader.ReadToEndAsync(Cancel)));
            return Results.Json(new { said = "hello" }, statusCode: status);
        });
        _service.MapGet("/away", () => Results.Redirect("http://elsewhere.invalid/"));
        await _service.StartAsync(Cancel);
        _host = new Uri(_service.Urls.First()).Authority;
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_service_is_asked_with_the_messages_id_as_key_and_its_answer_goes_on_by_status()
    {
        using var flows = new Flows(("Outside:AllowedHosts:0", _host));
        await flows.PublishAsync(Sequence("asks", Ask("answer/201", "POST"), Give("=getOutputFrom('ask', 'StatusCode') + getOutputFrom('ask', 'ParsedContent').said")));
        await flows.StartAsync("asks-1", "asks");

        await flows.DeliverAsync();

        var ended = await flows.FindAsync("asks-1");
        Assert.Equal((InstanceStatus.Finished, "201hello"), (ended.Status, ended.Results["Said"]));
        Assert.Equal(("/answer/201", "{\"a\":1}"), (_asked.Single().Path, _asked.Single().Body));

        await flows.ForgetDeliveryAsync(sentToo: true);
        await flows.DeliverAsync();

        Assert.Equal(2, _asked.Count);
        Assert.Equal(_asked[0].Key, _asked[1].Key);
        Assert.Equal(ended.Version, (await flows.FindAsync("asks-1")).Version);
    }

    [Fact]
    public async Task A_host_nobody_allowed_is_not_asked()
    {
        using var flows = new Flows();
        await flows.PublishAsync(Sequence("asks", Ask("answer/200", "POST")));
        await flows.StartAsync("asks-1", "asks");

        await flows.DeliverAsync();

        Assert.Empty(_asked);
        Assert.Contains("Outside:AllowedHosts", Assert.Single((await flows.FindAsync("asks-1")).WorkItems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        using var flows = new Flows(("Outside:AllowedHosts:0", "127.0.0.1"));
        await flows.PublishAsync(Sequence("asks", Ask("away", "GET"), Give("=getOutputFrom('ask', 'StatusCode')")));
        await flows.StartAsync("asks-1", "asks");

        await flows.DeliverAsync();

        Assert.Equal(302d, (await flows.FindAsync("asks-1")).Results["Said"]);
    }

    [Fact]
    public async Task A_service_that_is_down_is_tried_again_before_the_workflow_hears_of_it()
    {
        using var flows = new Flows(("Outside:AllowedHosts:0", _host));
        await flows.PublishAsync(Sequence("asks", Ask("answer/200", "POST")));
        await _service.StopAsync(Cancel);
        await flows.StartAsync("asks-1", "asks");

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await flows.DeliverAsync();
            Assert.Single((await flows.FindAsync("asks-1")).Bookmarks);
            await flows.ForgetDeliveryAsync(sentToo: false);
        }

        await flows.DeliverAsync();

        Assert.EndsWith("Failed to connect", Assert.Single((await flows.FindAsync("asks-1")).WorkItems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispatched_workflow_begins_once_however_often_the_order_is_brought()
    {
        using var flows = new Flows();
        await flows.PublishAsync(
            Sequence("child", Give("=getInput('Question') * 2")),
            Sequence("parent", Node("call", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "Literal", "\"child\""), ("waitForCompletion", "Literal", "true"), ("input", "JavaScript", "\"({ Question: 21 })\"")), Give("=getLastResult().Said")));
        await flows.StartAsync("parent-1", "parent");

        await flows.DeliverAsync();
        await flows.ForgetDeliveryAsync(sentToo: true);
        await flows.DeliverAsync();

        Assert.Single(await flows.InstancesAsync("child"));
        var ended = await flows.FindAsync("parent-1");
        Assert.Equal((InstanceStatus.Finished, 42d), (ended.Status, ended.Results["Said"]));
    }

    [Fact]
    public async Task An_event_reaches_its_group_and_begins_the_workflow_it_starts_once()
    {
        using var flows = new Flows();
        var wait = Node("wait", "Elsa.Event", ("eventName", "Literal", "\"Paid\""));
        await flows.PublishAsync(
            Sequence("waits", wait, Give("=getLastResult()")),
            Sequence("begins", wait[..^1] + ",\"customProperties\":{\"canStartWorkflow\":true}}", Give("=getLastResult()")),
            Sequence("pays", Node("pay", "Elsa.PublishEvent", ("eventName", "Literal", "\"Paid\""), ("correlationId", "Literal", "\"south\""), ("payload", "Literal", "7"))));
        await flows.StartAsync("waits-1", "waits", "north");
        await flows.StartAsync("waits-2", "waits", "south");
        await flows.StartAsync("pays-1", "pays");

        await flows.DeliverAsync();
        await flows.ForgetDeliveryAsync(sentToo: true);
        await flows.DeliverAsync();

        Assert.Equal(InstanceStatus.Running, (await flows.FindAsync("waits-1")).Status);
        Assert.Equal(7d, (await flows.FindAsync("waits-2")).Results["Said"]);
        var begun = Assert.Single(await flows.InstancesAsync("begins"));
        Assert.Equal((InstanceStatus.Finished, 7d), (begun.Status, (await flows.FindAsync(begun.Id)).Results["Said"]));
    }

    [Fact]
    public async Task A_task_is_fetched_and_answered_once_by_those_who_may()
    {
        using var flows = new Flows();
        await flows.PublishAsync(Sequence("works", Node("print", "Elsa.RunTask", ("taskName", "Literal", "\"Print\"")), Give("=getLastResult().pages")));
        await flows.StartAsync("works-1", "works");
        await flows.DeliverAsync();
        var tasks = await flows.Client.GetFromJsonAsync<JsonElement>("/api/tasks?name=Print", Cancel);
        var id = Assert.Single(tasks.EnumerateArray()).GetProperty("id").GetString();

        await flows.SignInAsync("liutang1");
        Assert.Equal(HttpStatusCode.Forbidden, (await AnswerAsync()).StatusCode);
        await flows.SignInAsync("admin");
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await AnswerAsync()).StatusCode);
        id = "nowhere-1.b2";
        Assert.Equal(HttpStatusCode.NotFound, (await AnswerAsync()).StatusCode);

        Assert.Equal(3d, (await flows.FindAsync("works-1")).Results["Said"]);
        Assert.Empty((await flows.Client.GetFromJsonAsync<JsonElement>("/api/tasks?name=Print", Cancel)).EnumerateArray());

        Task<HttpResponseMessage> AnswerAsync() => flows.Client.PostAsJsonAsync($"/api/tasks/{id}/complete", new { result = new { pages = 3 } }, Cancel);
    }

    [Fact]
    public async Task Whoever_fetches_tasks_reads_what_to_do_and_need_not_know_their_names()
    {
        using var flows = new Flows();
        var print = Node("print", "Elsa.RunTask", ("taskName", "Literal", "\"Print\""), ("payload", "JavaScript", "\"({ pages: getInput('Pages') })\""));
        await flows.PublishAsync(Sequence("prints", print), Sequence("works", Node("call", "Elsa.RunTask", ("taskName", "Literal", "\"Call\""))));
        await flows.StartAsync("prints-1", "prints", input: ("Pages", 3d));
        await flows.StartAsync("prints-2", "prints", input: ("Pages", 4d));
        await flows.StartAsync("works-1", "works");
        await flows.DeliverAsync();

        var all = await ListAsync("");
        Assert.Equal(["prints-1 Print 3", "prints-2 Print 4", "works-1 Call "], all);
        Assert.Equal(all[..2], await ListAsync("?name=Print"));
        Assert.Equal(all[1..], await ListAsync($"?after={(await flows.FindAsync("prints-1")).Bookmarks.Single().Id}"));

        async Task<string[]> ListAsync(string query)
        {
            var tasks = await flows.Client.GetFromJsonAsync<JsonElement>("/api/tasks" + query, Cancel);
            return [.. tasks.EnumerateArray().Select(task => $"{task.GetProperty("instance")} {task.GetProperty("name")} {(task.GetProperty("payload") is { ValueKind: JsonValueKind.Object } payload ? payload.GetProperty("pages") : "")}")];
        }
    }

    [Theory]
    [InlineData("""{"result":{"pages":3},"problem":"no paper"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"problem":" "}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"problem":""}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("""{"problem":"no paper"}""", HttpStatusCode.OK)]
    public async Task A_task_is_answered_by_a_result_or_a_problem_and_not_by_both(string answer, HttpStatusCode status)
    {
        using var flows = new Flows();
        await flows.PublishAsync(Sequence("works", Node("print", "Elsa.RunTask", ("taskName", "Literal", "\"Print\""))));
        await flows.StartAsync("works-1", "works");
        await flows.DeliverAsync();
        var task = Assert.Single((await flows.FindAsync("works-1")).Bookmarks);

        using var content = new StringContent(answer, System.Text.Encoding.UTF8, "application/json");
        using var response = await flows.Client.PostAsync($"/api/tasks/{task.Id}/complete", content, Cancel);

        Assert.Equal(status, response.StatusCode);
        var after = await flows.FindAsync("works-1");
        Assert.Equal(status == HttpStatusCode.OK ? 0 : 1, after.Bookmarks.Count);
        Assert.Equal(answer == "{}", after.Status == InstanceStatus.Finished);
        Assert.Equal(status == HttpStatusCode.OK && answer != "{}", after.WorkItems.Any(item => item.Problem == "no paper"));
    }

    [Fact]
    public async Task Only_tasks_are_answered_as_tasks()
    {
        using var flows = new Flows(("Outside:AllowedHosts:0", _host));
        await flows.PublishAsync(Sequence("asks", Ask("answer/200", "POST")));
        await flows.StartAsync("asks-1", "asks");
        var bookmark = Assert.Single((await flows.FindAsync("asks-1")).Bookmarks);

        using var answer = await flows.Client.PostAsJsonAsync($"/api/tasks/{bookmark.Id}/complete", new { result = 1 }, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_task_is_posted_where_the_settings_say()
    {
        using var flows = new Flows(("Outside:TaskUrl", $"http://{_host}/answer/202"));
        await flows.PublishAsync(Sequence("works", Node("print", "Elsa.RunTask", ("taskName", "Literal", "\"Print\""), ("payload", "JavaScript", "\"({ pages: 3 })\""))));
        await flows.StartAsync("works-1", "works");

        await flows.DeliverAsync();

        var posted = JsonDocument.Parse(_asked.Single().Body).RootElement;
        Assert.Equal(("Print", 3), (posted.GetProperty("name").GetString(), posted.GetProperty("payload").GetProperty("pages").GetInt32()));
        Assert.Equal(Assert.Single((await flows.FindAsync("works-1")).Bookmarks).Id, posted.GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_fails_in_a_workflow_without_a_case_stands_in_the_administrators_inbox()
    {
        using var flows = new Flows();
        await flows.PublishAsync(Sequence("fails", Node("fail", "Elsa.Fault", ("message", "Literal", "\"no paper\"")), Give("='went on'")));
        await flows.StartAsync("fails-1", "fails");
        using var page = await flows.Client.GetAsync("/admin/flows/fails", Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        var row = Assert.Single((await flows.Client.GetFromJsonAsync<JsonElement>("/api/inbox?tab=unit", Cancel)).GetProperty("rows").EnumerateArray());
        var item = row.GetProperty("id").GetString();
        Assert.Equal(("fails-1", "no paper"), (row.GetProperty("caseNumber").GetString(), row.GetProperty("problem").GetString()));
        Assert.Contains("no paper", await flows.Client.GetStringAsync($"/inbox?case=fails-1&item={item}", Cancel), StringComparison.Ordinal);

        using var skipped = await flows.Client.PostAsJsonAsync($"/api/work-items/{item}/complete", new { outcome = "Skip", comment = "not needed", fields = new { } }, Cancel);

        Assert.True(skipped.IsSuccessStatusCode, await skipped.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("went on", (await flows.FindAsync("fails-1")).Results["Said"]);
    }

    [Fact]
    public async Task A_request_begins_the_workflow_of_its_path_and_gets_its_answer()
    {
        using var flows = new Flows();
        var receive = Node("receive", "Elsa.HttpEndpoint", ("path", "Literal", "\"lamps/{lamp}\""), ("supportedMethods", "Object", "\"[\\\"POST\\\"]\""));
        var starts = receive[..^1] + ",\"customProperties\":{\"canStartWorkflow\":true}}";
        await flows.PublishAsync(
            Sequence("lamps", starts, Node("answer", "Elsa.WriteHttpResponse", ("statusCode", "Literal", "\"Created\""),
                ("content", "JavaScript", "\"({ lamp: getRouteDataFromreceive().lamp, state: getOutputFrom('receive', 'ParsedContent').state })\""))),
            Sequence("slow", starts.Replace("lamps/", "slow/", StringComparison.Ordinal), Node("wait", "Elsa.Delay", ("timeSpan", "Literal", "\"01:00:00\""))));

        using var answered = await flows.Client.PostAsJsonAsync("/api/workflows/lamps/7", new { state = "dark" }, Cancel);
        Assert.Equal((HttpStatusCode.Created, "{\"lamp\":\"7\",\"state\":\"dark\"}"), (answered.StatusCode, await answered.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal("application/json", answered.Content.Headers.ContentType?.MediaType);

        flows.Client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        using var begun = await flows.Client.PostAsJsonAsync("/api/workflows/slow/7", new { }, Cancel);
        using var again = await flows.Client.PostAsJsonAsync("/api/workflows/slow/7", new { }, Cancel);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (begun.StatusCode, again.StatusCode));
        Assert.Single(await flows.InstancesAsync("slow"));

        using var missing = await flows.Client.GetAsync("/api/workflows/lamps/7", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        await flows.SignInAsync("liutang1");
        using var forbidden = await flows.Client.PostAsJsonAsync("/api/workflows/lamps/7", new { }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_workflow_begins_once_at_each_of_its_times_whoever_looks()
    {
        using var flows = new Flows();
        var every = Node("every", "Elsa.Cron", ("cronExpression", "Literal", "\"0 0 * * * *\""));
        await flows.PublishAsync(Sequence("hourly", every[..^1] + ",\"customProperties\":{\"canStartWorkflow\":true}}", Give("=1")));
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 2, 2, 30, 0, TimeSpan.Zero));
        var (one, other) = (Loop(), Loop());

        Assert.Equal(0, await one.StartDueAsync(Cancel));
        clock.MoveTo(new DateTimeOffset(2026, 3, 2, 3, 0, 1, TimeSpan.Zero));
        Assert.Equal(1, await one.StartDueAsync(Cancel) + await other.StartDueAsync(Cancel));
        Assert.Equal(0, await one.StartDueAsync(Cancel));
        clock.MoveTo(new DateTimeOffset(2026, 3, 2, 6, 0, 1, TimeSpan.Zero));
        Assert.Equal(1, await other.StartDueAsync(Cancel));

        Assert.Equal(2, (await flows.InstancesAsync("hourly")).Count);
        Assert.All(await flows.InstancesAsync("hourly"), row => Assert.Equal(InstanceStatus.Finished, row.Status));

        TriggerLoop Loop() => ActivatorUtilities.CreateInstance<TriggerLoop>(flows.Services, clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Give(string value) => Node("give", "Elsa.SetOutput", ("outputName", "Literal", "\"Said\""), ("outputValue", "JavaScript", JsonSerializer.Serialize(value[1..])));

    private string Ask(string path, string method) => Node("ask", "Elsa.FlowSendHttpRequest",
        ("url", "Literal", $"\"http://{_host}/{path}\""), ("method", "Literal", $"\"{method}\""), ("content", "JavaScript", method == "GET" ? "\"null\"" : "\"({ a: 1 })\""));
}
