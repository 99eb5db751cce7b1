using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;

namespace GridFlow.Server.Tests.Inbox;

public sealed class InboxTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_appears_in_the_inbox_of_its_grid_and_of_who_dispatches_there_and_in_no_other()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker, "990101101001001001");

        Assert.Equal([number], await CasesAsync("liutang1", InboxTab.Unit));
        Assert.Equal([number], await CasesAsync("qingxi", InboxTab.Reach));
        Assert.Empty(await CasesAsync("qingxi", InboxTab.Unit));
        foreach (var other in (string[])["liutang2", "wenchang1", "yunling", "urban", "leader", "admin"])
        {
            Assert.Empty(await CasesAsync(other, InboxTab.Reach));
        }
    }

    [Fact]
    public async Task Signing_moves_an_item_to_mine_and_leaves_it_in_the_unit()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        await ReportAsync(worker, "990101101001001001");
        var number = await ReportAsync(worker, "990101101001001001");
        var item = (await worker.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel)).GetProperty("openItems")[0].GetProperty("id").GetString();

        using var claimed = await worker.PostAsync($"/api/work-items/{item}/claim", null, Cancel);

        Assert.Equal([number], await CasesAsync("liutang1", InboxTab.Mine));
        Assert.Equal(2, (await CasesAsync("liutang1", InboxTab.Unit)).Count);
        var counts = await worker.GetFromJsonAsync<InboxCounts>("/api/inbox/counts", Cancel);
        Assert.Equal(new InboxCounts(1, 2, 2), counts);
    }

    [Fact]
    public async Task An_inbox_is_paged_and_filtered_in_the_database()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        for (var i = 0; i < 3; i++)
        {
            await ReportAsync(worker, "990101101001001001");
        }

        var first = await GetAsync(worker, "/api/inbox?size=2");
        var second = await GetAsync(worker, "/api/inbox?size=2&page=2");
        var atVerify = await GetAsync(worker, "/api/inbox?flow=small&step=verify");
        var atHandle = await GetAsync(worker, "/api/inbox?flow=small&step=handle&tier=Small");
        var overdue = await GetAsync(worker, "/api/inbox?overdue=true");
        using var unknown = await worker.GetAsync("/api/inbox?tab=everything", Cancel);

        Assert.Equal((2, 3), Size(first));
        Assert.Equal((1, 3), Size(second));
        Assert.Equal((0, 0), Size(atVerify));
        Assert.Equal((3, 3), Size(atHandle));
        Assert.Equal((0, 0), Size(overdue));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task The_inbox_page_shows_what_is_asked_and_the_case_beside_it()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker, "990101101001001001");
        var browser = await _application.CreateBrowserAsync("liutang1", "zh-CN");

        var list = await browser.GetStringAsync("/inbox", Cancel);
        var opened = await browser.GetStringAsync($"/inbox?case={number}", Cancel);

        Assert.Contains("就地办理", WebUtility.HtmlDecode(list), StringComparison.Ordinal);
        Assert.Contains(number, list, StringComparison.Ordinal);
        Assert.Contains("现在谁在办", WebUtility.HtmlDecode(opened), StringComparison.Ordinal);
        Assert.Contains("提交：办结", WebUtility.HtmlDecode(opened), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("supervisor", "/inbox", "Nothing is open in the area you watch")]
    [InlineData("liutang1", "/inbox", "Nothing waits for your unit")]
    [InlineData("liutang1", "/inbox?tab=mine", "You have signed for nothing")]
    [InlineData("liutang1", "/cases", "No cases yet")]
    [InlineData("liutang1", "/cases/GF2026-999999", "No such case")]
    public async Task An_empty_page_says_why_and_what_to_do(string userName, string address, string expected)
    {
        var browser = await _application.CreateBrowserAsync(userName);

        var html = WebUtility.HtmlDecode(await browser.GetStringAsync(address, Cancel));

        Assert.Contains(expected, html, StringComparison.Ordinal);
    }

    public void Dispose() => _application.Dispose();

    private static async Task<string> ReportAsync(HttpClient worker, string area)
    {
        using var answer = await worker.PostAsJsonAsync("/api/cases", new { Title = "垃圾桶满溢", Detail = "垃圾箱满溢", AreaCode = area }, Cancel);
        return (await answer.Content.ReadFromJsonAsync<ReportAccepted>(Cancel))!.Number;
    }

    private async Task<IReadOnlyList<string>> CasesAsync(string userName, InboxTab tab)
    {
        var client = await _application.CreateScriptAsync(userName);
        var inbox = await GetAsync(client, $"/api/inbox?tab={tab}");
        return [.. inbox.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("caseNumber").GetString()!)];
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string address) => await client.GetFromJsonAsync<JsonElement>(address, Cancel);

    private static (int Rows, int Total) Size(JsonElement inbox) => (inbox.GetProperty("rows").GetArrayLength(), inbox.GetProperty("total").GetInt32());
}
