using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GridFlow.Server.Organisation;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Residents;

public sealed class ReportTests : IDisposable
{
    private readonly Neighbourhood _here = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_gets_a_number_and_a_code_and_can_be_followed_with_them()
    {
        using var browser = _here.CreateBrowser();

        var (number, code) = await Neighbourhood.ReportAsync(browser);

        using var elsewhere = _here.CreateBrowser();
        using var opened = await GridFlowApplication.PostFormAsync(elsewhere, "/follow", Follow(number.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal), code.ToLowerInvariant()));
        Assert.Equal($"/follow/{number}", opened.Headers.Location!.PathAndQuery);
        var page = await Neighbourhood.ReadAsync(elsewhere, $"/follow/{number}");
        Assert.Contains(Neighbourhood.StreetLight, page, StringComparison.Ordinal);
        Assert.Contains("柳塘村", page, StringComparison.Ordinal);
        Assert.Equal(CaseChannel.Web, (await _here.GetCaseAsync(number)).Channel);
    }

    [Fact]
    public async Task The_code_is_in_no_address_and_its_receipt_survives_a_reload()
    {
        using var browser = _here.CreateBrowser();
        using var opened = await browser.GetAsync("/", Cancelled);
        using var sent = await Neighbourhood.PostAsync(browser, "/", Neighbourhood.Report());

        var first = await Neighbourhood.ReadReceiptAsync(browser);
        var second = await Neighbourhood.ReadReceiptAsync(browser);

        Assert.Equal("/received", sent.Headers.Location!.PathAndQuery);
        Assert.Equal(10, first.Code.Length);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_browser_without_cookies_is_shown_the_code_at_once()
    {
        using var browser = _here.CreateBrowser();

        using var sent = await Neighbourhood.PostAsync(browser, "/", Neighbourhood.Report());

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("请抄下来", await Neighbourhood.ReadAsync(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_quick_clicks_make_one_case_and_both_show_the_same_code()
    {
        using var browser = _here.CreateBrowser();
        using var other = _here.CreateBrowser();
        using var opened = await browser.GetAsync("/", Cancelled);
        using var openedToo = await other.GetAsync("/", Cancelled);
        var fields = Neighbourhood.Report();

        await Task.WhenAll(SendAsync(browser), SendAsync(other));

        Assert.Equal(1, await _here.CountCasesAsync());
        Assert.Equal(await Neighbourhood.ReadReceiptAsync(browser), await Neighbourhood.ReadReceiptAsync(other));

        async Task SendAsync(HttpClient client)
        {
            using var sent = await Neighbourhood.PostAsync(client, "/", fields);
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        }
    }

    [Fact]
    public async Task Another_report_from_the_page_one_went_back_to_is_another_case()
    {
        using var browser = _here.CreateBrowser();
        var fields = Neighbourhood.Report();
        var (first, _) = await Neighbourhood.ReportAsync(browser, fields);

        fields["Form.Detail"] = "村里的垃圾桶满了一个星期没有人清运。";
        var (second, _) = await Neighbourhood.ReportAsync(browser, fields);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_report_sent_again_by_a_script_names_the_first_number_without_the_code()
    {
        using var script = _here.CreateBrowser("en");
        var report = new { detail = Neighbourhood.StreetLight, area = Neighbourhood.Village, key = Guid.NewGuid() };

        using var first = await script.PostAsJsonAsync("/api/public/reports", report, Cancelled);
        using var second = await script.PostAsJsonAsync("/api/public/reports", report, Cancelled);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var (before, after) = (await first.Content.ReadFromJsonAsync<JsonElement>(Cancelled), await second.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
        Assert.Equal(before.GetProperty("number").GetString(), after.GetProperty("number").GetString());
        Assert.Equal(10, before.GetProperty("code").GetString()!.Length);
        Assert.Equal(JsonValueKind.Null, after.GetProperty("code").ValueKind);
    }

    [Theory]
    [InlineData("zh-CN", "", "请写一写是什么事")]
    [InlineData("en", "", "Say what is the matter")]
    [InlineData("zh-CN", "灯坏了", "请再多写几个字")]
    [InlineData("en", "light out", "Say a little more")]
    public async Task Too_few_words_are_refused_beside_the_field_and_what_was_typed_is_kept(string language, string detail, string message)
    {
        using var browser = _here.CreateBrowser(language);
        var fields = Neighbourhood.Report(detail);
        fields["Form.Place"] = "村口第二根电杆";

        using var refused = await Neighbourhood.PostAsync(browser, "/", fields);

        var page = await Neighbourhood.ReadAsync(refused);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.Contains("value=\"村口第二根电杆\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{fields["Form.Key"]}\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Neighbourhood.Village}\" selected", page, StringComparison.Ordinal);
        Assert.Equal(0, await _here.CountCasesAsync());
    }

    [Theory]
    [InlineData("zh-CN", 6_000, HttpStatusCode.BadRequest, "您写了 6000 个字")]
    [InlineData("en", 6_000, HttpStatusCode.BadRequest, "You wrote 6000 characters")]
    [InlineData("zh-CN", 1_000_000, HttpStatusCode.RequestEntityTooLarge, "内容太大")]
    [InlineData("en", 1_000_000, HttpStatusCode.RequestEntityTooLarge, "too much to send at once")]
    public async Task Too_many_words_are_refused_with_a_page_that_says_so(string language, int length, HttpStatusCode status, string message)
    {
        using var browser = _here.CreateBrowser(language);

        using var refused = await Neighbourhood.PostAsync(browser, "/", Neighbourhood.Report(new string('a', length)));

        Assert.Equal(status, refused.StatusCode);
        Assert.Contains(message, await Neighbourhood.ReadAsync(refused), StringComparison.Ordinal);
        Assert.Equal(0, await _here.CountCasesAsync());
    }

    [Fact]
    public async Task A_script_that_sends_too_much_is_told_so()
    {
        using var script = _here.CreateBrowser("en");

        using var content = new StringContent(JsonSerializer.Serialize(new { detail = new string('a', 1_000_000), area = Neighbourhood.Village }), Encoding.UTF8, "application/json");

        using var refused = await script.PostAsync("/api/public/reports", content, Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("too much", await Neighbourhood.ReadAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_from_an_unknown_place_is_refused()
    {
        using var browser = _here.CreateBrowser("en");

        using var refused = await Neighbourhood.PostAsync(browser, "/", Neighbourhood.Report(area: "110101"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("This place is not known here", await Neighbourhood.ReadAsync(refused), StringComparison.Ordinal);
        Assert.Equal(0, await _here.CountCasesAsync());
    }

    [Fact]
    public async Task A_program_that_fills_in_the_trap_is_refused()
    {
        using var browser = _here.CreateBrowser("en");
        var fields = Neighbourhood.Report();
        fields["Form.Website"] = "https://spam.example";

        using var refused = await Neighbourhood.PostAsync(browser, "/", fields);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(0, await _here.CountCasesAsync());
    }

    [Fact]
    public async Task A_QR_code_chooses_the_place_and_is_recorded_as_the_channel()
    {
        const string MicroGrid = "990101101001001001";
        using var browser = _here.CreateBrowser();
        var page = await Neighbourhood.ReadAsync(browser, $"/?area={MicroGrid}");

        using var sent = await Neighbourhood.PostAsync(browser, $"/?area={MicroGrid}", Neighbourhood.Report(area: MicroGrid));

        Assert.Contains($"value=\"{MicroGrid}\" selected", page, StringComparison.Ordinal);
        var row = await _here.QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(Cancelled));
        Assert.Equal(CaseChannel.QrCode, row.Channel);
        Assert.EndsWith($"/{MicroGrid}/", row.AreaPath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_are_too_many_villages_for_a_list_one_is_found_by_its_name()
    {
        await _here.QueryAsync(async db =>
        {
            var town = await db.Areas.SingleAsync(area => area.Code == "990101102", Cancelled);
            db.AddRange(Enumerable.Range(100, 300).Select(i => Area.Create($"990101102{i}", $"山水{i}村", town)));
            return await db.SaveChangesAsync(Cancelled);
        });
        using var browser = _here.CreateBrowser();
        var fields = Neighbourhood.Report(area: "");
        (fields["Form.AreaSearch"], fields["Form.Search"]) = ("山水217", "1");

        using var found = await Neighbourhood.PostAsync(browser, "/", fields);
        (fields["Form.Area"], fields["Form.Searched"]) = ("990101102217", "山水217");
        using var sent = await Neighbourhood.PostAsync(browser, "/", fields);

        var page = await Neighbourhood.ReadAsync(found);
        Assert.Contains("<optgroup label=\"云岭镇\">", page, StringComparison.Ordinal);
        Assert.Contains("value=\"990101102217\"", page, StringComparison.Ordinal);
        Assert.Contains(Neighbourhood.StreetLight, page, StringComparison.Ordinal);
        Assert.EndsWith("/990101102217/", (await _here.QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(Cancelled))).AreaPath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_reports_from_one_address_are_asked_to_wait_and_keep_their_words()
    {
        using var application = new GridFlowApplication();
        using var small = application.WithWebHostBuilder(builder => builder.UseSetting("Residents:ReportsPerWindow", "1"));
        using var browser = small.CreateClient(new() { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        using var first = await Neighbourhood.PostAsync(browser, "/", Neighbourhood.Report());
        using var second = await Neighbourhood.PostAsync(browser, "/", Neighbourhood.Report());

        var page = await Neighbourhood.ReadAsync(second);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Contains("wait up to 10 minutes", page, StringComparison.Ordinal);
        Assert.Contains(Neighbourhood.StreetLight, page, StringComparison.Ordinal);
    }

    public void Dispose() => _here.Dispose();

    private static Dictionary<string, string> Follow(string number, string code) => new()
    {
        ["_handler"] = "open",
        ["Form.Number"] = number,
        ["Form.Code"] = code,
    };
}
