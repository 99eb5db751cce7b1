using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Residents;

/// <summary>A resident with a browser, and the staff who answer: what the tests of the residents' pages need around them.</summary>
internal sealed partial class Neighbourhood : IDisposable
{
    public const string Village = "990101101001";
    public const string StreetLight = "柳塘村口的路灯坏了三天，晚上走路看不见，请派人修一修。";

    /// <summary>The name under which all staff act here; it must never reach a resident.</summary>
    public const string StaffName = "不该出现的名字";

    private readonly GridFlowApplication _app = new();

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public HttpClient CreateBrowser(string language = "zh-CN") => _app.CreateBrowser(language);

    public static Dictionary<string, string> Report(string detail = StreetLight, string area = Village) => new()
    {
        ["_handler"] = "report",
        ["Form.Key"] = Guid.NewGuid().ToString(),
        ["Form.Detail"] = detail,
        ["Form.Area"] = area,
        ["Form.Nature"] = "Request",
    };

    /// <summary>Posts a form and returns the answer without following it.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(address, form, Cancelled);
    }

    /// <summary>Reports as a browser does, up to the receipt.</summary>
    public static async Task<(string Number, string Code)> ReportAsync(HttpClient browser, Dictionary<string, string>? fields = null)
    {
        using var opened = await browser.GetAsync("/", Cancelled);
        using var sent = await PostAsync(browser, "/", fields ?? Report());
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        return await ReadReceiptAsync(browser);
    }

    /// <summary>The number and the code that a browser is shown.</summary>
    public static async Task<(string Number, string Code)> ReadReceiptAsync(HttpClient browser)
    {
        var receipt = await ReadAsync(browser, "/received");
        return (Number().Match(receipt).Value, Code().Match(receipt).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
    }

    /// <summary>A page as a person reads it, without character references.</summary>
    public static async Task<string> ReadAsync(HttpClient browser, string address) => WebUtility.HtmlDecode(await browser.GetStringAsync(address, Cancelled));

    public static async Task<string> ReadAsync(HttpResponseMessage response) => WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancelled));

    public async Task<CaseRow> GetCaseAsync(string number) => await QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Number == number, Cancelled));

    public Task<int> CountCasesAsync() => QueryAsync(db => db.Cases.CountAsync(Cancelled));

    public async Task<T> QueryAsync<T>(Func<GridFlowDbContext, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancelled);
        return await query(db);
    }

    /// <summary>Lets the staff do one thing after the other until the resident is asked to judge.</summary>
    public async Task WorkUntilRatingAsync(string number)
    {
        var client = Services.GetRequiredService<WorkflowClient>();
        for (var step = 0; step < 30; step++)
        {
            var open = await QueryAsync(db => db.WorkItems.AsNoTracking().Where(item => item.CaseNumber == number && item.ClosedAt == null).ToListAsync(Cancelled));
            if (open.Any(item => item.Kind == WorkItemKind.Rating))
            {
                return;
            }

            var item = open.First();
            var (outcome, fields) = Answer(item);

            // Each step by another person: who did the work may not check it.
            var done = await client.SendAsync(number, new Stimulus.CompleteWorkItem(item.Id, outcome, fields, null, new Actor($"staff-{step}", StaffName, item.Unit)), Cancelled);
            Assert.IsType<ActResult.Done>(done);
        }

        Assert.Fail("The staff did not come to an end.");
    }

    public void Dispose() => _app.Dispose();

    private static (string Outcome, ImmutableDictionary<string, object?> Fields) Answer(WorkItemRow item)
    {
        var none = ImmutableDictionary<string, object?>.Empty;
        return item.ActivityId switch
        {
            "check" => ("Confirmed", none),
            "dispatch" => ("Dispatched", none.Add("lead", "dept:urban").Add("tier", "Small")),
            "handle" => ("Handled", none.Add("answer", "路灯已更换，今晚起正常照明。")),
            "plan" when item.DefinitionId == "big" => ("Submitted", none.Add("plan", "统一更换线路。")),
            "plan" => ("Whistle", none),
            "approve" => ("Approved", none),
            "whistle" => ("Done", none.Add("report", "线路已检修。")),
            "answer" => ("Answered", none.Add("answer", "线路和路灯都已更换。")),
            "verify" => ("Passed", none),
            var other => throw new InvalidOperationException($"Nobody here knows what to do with '{other}'."),
        };
    }

    [GeneratedRegex(@"GF\d{4}-\d{6}")]
    private static partial Regex Number();

    [GeneratedRegex(@">([A-Z2-9]{5} [A-Z2-9]{5})<")]
    private static partial Regex Code();
}
