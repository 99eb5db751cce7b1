using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Residents;

public sealed class FollowTests : IDisposable
{
    private readonly Neighbourhood _here = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_code_and_a_wrong_number_are_refused_in_the_same_words()
    {
        using var browser = _here.CreateBrowser("en");
        var (number, code) = await Neighbourhood.ReportAsync(browser);
        using var stranger = _here.CreateBrowser("en");

        using var wrongCode = await OpenAsync(stranger, number, "AAAAABBBBB");
        using var wrongNumber = await OpenAsync(stranger, "GF2026-999999", code);

        Assert.Equal(HttpStatusCode.BadRequest, wrongCode.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrongNumber.StatusCode);
        Assert.Contains("do not belong together", await Neighbourhood.ReadAsync(wrongCode), StringComparison.Ordinal);
        Assert.Contains("do not belong together", await Neighbourhood.ReadAsync(wrongNumber), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_alone_shows_nothing()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        using var stranger = _here.CreateBrowser();

        var page = await Neighbourhood.ReadAsync(stranger, $"/follow/{number}");

        Assert.DoesNotContain(Neighbourhood.StreetLight, page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{number}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trying_codes_is_stopped()
    {
        using var application = new GridFlowApplication();
        using var small = application.WithWebHostBuilder(builder => builder.UseSetting("Residents:FollowsPerWindow", "2"));
        using var browser = small.CreateClient(new() { AllowAutoRedirect = false });

        HttpStatusCode last = default;
        for (var i = 0; i < 3; i++)
        {
            using var tried = await browser.PostAsJsonAsync("/api/public/follow", new { number = "GF2026-000001", code = "AAAAABBBBB" }, Cancelled);
            last = tried.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task The_page_says_who_has_it_and_by_when_and_never_names_a_person()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);
        await _here.Services.GetRequiredService<WorkflowClient>().SendAsync(
            number, new Stimulus.AddComment("已联系供电公司。", true, new Actor("staff", Neighbourhood.StaffName, "dept:urban")), Cancelled);

        var page = await Neighbourhood.ReadAsync(browser, $"/follow/{number}");

        Assert.Contains("请在", page, StringComparison.Ordinal);
        Assert.Contains("供电公司 报告：处置完成", page, StringComparison.Ordinal);
        Assert.Contains("柳塘村 核查：通过", page, StringComparison.Ordinal);
        Assert.Contains("路灯已更换，今晚起正常照明。", page, StringComparison.Ordinal);
        Assert.Contains("城市管理局 说明", page, StringComparison.Ordinal);
        Assert.Contains("您还没有确认", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Neighbourhood.StaffName, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_resident_sees_which_post_looked_at_the_identity_and_why()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.QueryAsync(async db =>
        {
            var account = await db.Users.SingleAsync(user => user.UserName == "qingxi", Cancelled);
            db.IdentityViews.Add(new IdentityViewRow { CaseNumber = number, AccountId = account.Id, Name = account.Name, Reason = "核实路灯位置", At = DateTimeOffset.UnixEpoch.AddYears(56) });
            return await db.SaveChangesAsync(Cancelled);
        });

        var page = await Neighbourhood.ReadAsync(browser, $"/follow/{number}");

        Assert.Contains("清溪镇 · 调度员", page, StringComparison.Ordinal);
        Assert.Contains("核实路灯位置", page, StringComparison.Ordinal);
        Assert.DoesNotContain("陆清和", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_resident_closes_the_case_and_confirms_it()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);

        using var rated = await ActAsync(browser, number, Judgement(solved: "yes", satisfied: "yes"));

        var row = await _here.GetCaseAsync(number);
        Assert.Equal($"/follow/{number}?done=Satisfied", rated.Headers.Location!.PathAndQuery);
        Assert.Equal(CaseStatus.Closed, row.Status);
        Assert.NotNull(row.ConfirmedAt);
        Assert.Equal((true, true, 5, "很快，谢谢"), (row.RatedSolved, row.RatedSatisfied, row.RatedStars, row.RatedComment));
        Assert.Contains("已结案，您已确认", await Neighbourhood.ReadAsync(browser, rated.Headers.Location.PathAndQuery), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resident_who_is_not_content_gets_a_second_round_one_tier_up_and_still_sees_the_first()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);
        var before = await _here.GetCaseAsync(number);

        using var rated = await ActAsync(browser, number, Judgement(solved: "no", satisfied: "no"));

        var after = await _here.GetCaseAsync(number);
        Assert.Equal((CaseStatus.Open, 2), (after.Status, after.Round));
        Assert.True(after.Tier > before.Tier || before.Tier == CaseTier.Big, $"{before.Tier} to {after.Tier}");
        Assert.Null(after.ConfirmedAt);
        var page = await Neighbourhood.ReadAsync(browser, rated.Headers.Location!.PathAndQuery);
        Assert.Contains("马上重新办理，并提一级", page, StringComparison.Ordinal);
        Assert.Contains("第 1 次办理（此前）", page, StringComparison.Ordinal);
        Assert.Contains(before.Answer!, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judging_twice_says_so_politely_and_changes_nothing()
    {
        using var browser = _here.CreateBrowser("en");
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);
        using var first = await ActAsync(browser, number, Judgement(solved: "yes", satisfied: "yes"));

        using var second = await ActAsync(browser, number, Judgement(solved: "no", satisfied: "no"));

        Assert.Equal($"/follow/{number}?done=RatedBefore", second.Headers.Location!.PathAndQuery);
        Assert.Equal(CaseStatus.Closed, (await _here.GetCaseAsync(number)).Status);
        Assert.Contains("You have judged this already", await Neighbourhood.ReadAsync(browser, second.Headers.Location.PathAndQuery), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Solved_and_satisfied_are_both_asked_for()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);

        using var rated = await ActAsync(browser, number, new() { ["_handler"] = "rate", ["Form.Satisfied"] = "yes", ["Form.Comment"] = "还可以" });

        var page = await Neighbourhood.ReadAsync(rated);
        Assert.Equal(HttpStatusCode.BadRequest, rated.StatusCode);
        Assert.Contains("请选择问题解决了没有", page, StringComparison.Ordinal);
        Assert.Contains("还可以", page, StringComparison.Ordinal);
        Assert.Null((await _here.GetCaseAsync(number)).RatedAt);
    }

    [Fact]
    public async Task A_closed_case_is_reopened_in_one_tap()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);
        using var rated = await ActAsync(browser, number, Judgement(solved: "yes", satisfied: "yes"));

        using var reopened = await ActAsync(browser, number, new() { ["_handler"] = "reopen", ["Form.Reason"] = "" });
        using var again = await ActAsync(browser, number, new() { ["_handler"] = "reopen", ["Form.Reason"] = "" });

        Assert.Equal($"/follow/{number}?done=Reopened", reopened.Headers.Location!.PathAndQuery);
        Assert.Equal($"/follow/{number}?done=MovedOn", again.Headers.Location!.PathAndQuery);
        Assert.Equal((CaseStatus.Open, 2), ((await _here.GetCaseAsync(number)) is var row ? row.Status : default, row.Round));
    }

    [Fact]
    public async Task An_open_case_is_taken_back_and_twice_makes_no_difference()
    {
        using var browser = _here.CreateBrowser();
        var (number, _) = await Neighbourhood.ReportAsync(browser);

        using var withdrawn = await ActAsync(browser, number, new() { ["_handler"] = "withdraw", ["Form.Reason"] = "邻居修好了" });
        using var again = await ActAsync(browser, number, new() { ["_handler"] = "withdraw" });

        Assert.Equal($"/follow/{number}?done=Withdrawn", withdrawn.Headers.Location!.PathAndQuery);
        Assert.Equal($"/follow/{number}?done=Withdrawn", again.Headers.Location!.PathAndQuery);
        Assert.Equal(CaseStatus.Withdrawn, (await _here.GetCaseAsync(number)).Status);
    }

    [Fact]
    public async Task Whoever_reported_first_does_not_take_back_what_others_reported_too_and_is_told_why()
    {
        using var browser = _here.CreateBrowser("en");
        var (first, _) = await Neighbourhood.ReportAsync(browser);
        var before = await Neighbourhood.ReadAsync(browser, $"/follow/{first}");
        using var neighbour = _here.CreateBrowser("en");
        var (second, _) = await Neighbourhood.ReportAsync(neighbour);
        await MergeAsync(second, first);

        using var refused = await ActAsync(browser, first, new() { ["_handler"] = "withdraw" });

        Assert.Equal($"/follow/{first}?done=GoesOnForOthers", refused.Headers.Location!.PathAndQuery);
        Assert.Equal(CaseStatus.Open, (await _here.GetCaseAsync(first)).Status);
        var after = await Neighbourhood.ReadAsync(browser, $"/follow/{first}");
        Assert.Contains("value=\"withdraw\"", before, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"withdraw\"", after, StringComparison.Ordinal);
        Assert.Contains("it goes on for them and cannot be taken back", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_case_was_merged_reads_what_is_done_about_the_matter_and_not_what_others_said()
    {
        using var browser = _here.CreateBrowser("en");
        var (first, _) = await Neighbourhood.ReportAsync(browser);
        using var neighbour = _here.CreateBrowser("en");
        var (second, _) = await Neighbourhood.ReportAsync(neighbour);
        await MergeAsync(second, first);
        await _here.WorkUntilRatingAsync(first);
        using var rated = await ActAsync(browser, first, Judgement(solved: "yes", satisfied: "yes"));

        var seen = await Neighbourhood.ReadAsync(neighbour, $"/follow/{second}");

        Assert.Contains("reports: done", seen, StringComparison.Ordinal);
        Assert.Contains("checked: it is done", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Your judgement", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_acts_on_a_case_whose_code_was_not_given()
    {
        using var browser = _here.CreateBrowser("en");
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        using var stranger = _here.CreateBrowser("en");

        using var refused = await ActAsync(stranger, number, new() { ["_handler"] = "withdraw" });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Type the code once more", await Neighbourhood.ReadAsync(refused), StringComparison.Ordinal);
        Assert.Equal(CaseStatus.Open, (await _here.GetCaseAsync(number)).Status);
    }

    [Fact]
    public async Task An_act_without_the_token_of_its_page_is_refused_with_a_sentence()
    {
        using var browser = _here.CreateBrowser("en");
        var (number, _) = await Neighbourhood.ReportAsync(browser);

        using var refused = await Neighbourhood.PostAsync(browser, $"/follow/{number}", new() { ["_handler"] = "withdraw" });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("nothing was changed", await Neighbourhood.ReadAsync(refused), StringComparison.Ordinal);
        Assert.Equal(CaseStatus.Open, (await _here.GetCaseAsync(number)).Status);
    }

    [Fact]
    public async Task Whose_case_was_merged_into_another_s_neither_judges_for_them_nor_takes_theirs_back()
    {
        using var browser = _here.CreateBrowser("en");
        var (first, code) = await Neighbourhood.ReportAsync(browser);
        using var neighbour = _here.CreateBrowser("en");
        var (second, other) = await Neighbourhood.ReportAsync(neighbour);
        var into = System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty.Add("into", first);
        Assert.IsType<ActResult.Done>(await _here.Services.GetRequiredService<CaseCommands>().TakeActAsync(second, "Merge", null, into, null, Cases.CaseScopeTests.User("county"), Cancelled));
        await _here.WorkUntilRatingAsync(first);
        using var script = _here.CreateBrowser("en");

        using var seen = await script.PostAsJsonAsync("/api/public/follow", new { number = second, code = other }, Cancelled);
        using var judged = await script.PostAsJsonAsync("/api/public/rate", new { number = second, code = other, solved = true, satisfied = true, stars = 5 }, Cancelled);
        using var withdrawn = await script.PostAsJsonAsync("/api/public/withdraw", new { number = second, code = other, reason = "" }, Cancelled);

        var content = JsonDocument.Parse(await seen.Content.ReadAsStringAsync(Cancelled)).RootElement;
        Assert.Equal((false, false), (content.GetProperty("canRate").GetBoolean(), content.GetProperty("canWithdraw").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (judged.StatusCode, withdrawn.StatusCode));
        Assert.Null((await _here.GetCaseAsync(first)).ConfirmedAt);
        using var own = await script.PostAsJsonAsync("/api/public/rate", new { number = first, code, solved = true, satisfied = true, stars = 5 }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task Whose_case_was_merged_into_another_s_is_told_that_the_other_judges_it()
    {
        using var browser = _here.CreateBrowser("en");
        var (first, _) = await Neighbourhood.ReportAsync(browser);
        using var neighbour = _here.CreateBrowser("en");
        var (second, _) = await Neighbourhood.ReportAsync(neighbour);
        using var third = _here.CreateBrowser("en");
        var (last, _) = await Neighbourhood.ReportAsync(third);
        await MergeAsync(last, second);
        await MergeAsync(second, first);
        await _here.WorkUntilRatingAsync(first);

        foreach (var (reader, number) in new[] { (neighbour, second), (third, last) })
        {
            var waits = await Neighbourhood.ReadAsync(reader, $"/follow/{number}");
            Assert.Contains("Handled together with an earlier report of the same matter. Done and checked. Whoever reported it first judges it by", waits, StringComparison.Ordinal);
            Assert.DoesNotContain("Please judge it", waits, StringComparison.Ordinal);
            Assert.DoesNotContain("by you yet", waits, StringComparison.Ordinal);
        }

        Assert.Contains("Please judge it by", await Neighbourhood.ReadAsync(browser, $"/follow/{first}"), StringComparison.Ordinal);
        using var rated = await ActAsync(browser, first, Judgement(solved: "yes", satisfied: "yes"));

        var closed = await Neighbourhood.ReadAsync(neighbour, $"/follow/{second}");
        Assert.Contains("Closed, and confirmed by whoever reported it first", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("You confirmed", closed, StringComparison.Ordinal);
        Assert.Contains("Closed, and you confirmed it", await Neighbourhood.ReadAsync(browser, $"/follow/{first}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_case_was_merged_into_a_finding_of_our_own_judges_it()
    {
        var found = (ReportResult.Accepted)await _here.Services.GetRequiredService<CaseCommands>().ReportAsync(
            new NewReport { Detail = Neighbourhood.StreetLight, AreaCode = Neighbourhood.Village, Channel = CaseChannel.Patrol, HasReporter = false }, new Actor("worker", "worker"), Cancelled);
        using var browser = _here.CreateBrowser("en");
        var (number, _) = await Neighbourhood.ReportAsync(browser);
        await MergeAsync(number, found.Number);

        // As the outbox tells it, before anybody goes on.
        await _here.Services.GetRequiredService<WorkflowClient>().SendAsync(found.Number, new Stimulus.HearOfCase(RelatedEvent.Merged, number, HasReporter: true), Cancelled);
        await _here.WorkUntilRatingAsync(found.Number);

        Assert.Contains("Please judge it by", await Neighbourhood.ReadAsync(browser, $"/follow/{number}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_follows_and_judges_with_number_and_code()
    {
        using var browser = _here.CreateBrowser("en");
        var (number, code) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);
        using var script = _here.CreateBrowser("en");

        using var followed = await script.PostAsJsonAsync("/api/public/follow", new { number, code }, Cancelled);
        using var wrong = await script.PostAsJsonAsync("/api/public/follow", new { number, code = "AAAAABBBBB" }, Cancelled);
        using var rated = await script.PostAsJsonAsync("/api/public/rate", new { number, code, solved = true, satisfied = true, stars = 4 }, Cancelled);
        using var again = await script.PostAsJsonAsync("/api/public/rate", new { number, code, solved = true, satisfied = true }, Cancelled);

        var content = await followed.Content.ReadAsStringAsync(Cancelled);
        Assert.True(JsonDocument.Parse(content).RootElement.GetProperty("canRate").GetBoolean());
        Assert.DoesNotContain(Neighbourhood.StaffName, content, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, rated.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(4, (await _here.GetCaseAsync(number)).RatedStars);
    }

    public void Dispose() => _here.Dispose();

    private async Task MergeAsync(string number, string into) => Assert.IsType<ActResult.Done>(await _here.Services.GetRequiredService<CaseCommands>().TakeActAsync(
        number, "Merge", null, System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty.Add("into", into), null, Cases.CaseScopeTests.User("county"), Cancelled));

    private static Task<HttpResponseMessage> OpenAsync(HttpClient browser, string number, string code) => GridFlowApplication.PostFormAsync(
        browser, "/follow", new() { ["_handler"] = "open", ["Form.Number"] = number, ["Form.Code"] = code });

    // The page may show no form any more; the token is the browser's, whichever page it comes from.
    private static Task<HttpResponseMessage> ActAsync(HttpClient browser, string number, Dictionary<string, string> fields) =>
        GridFlowApplication.PostFormAsync(browser, "/follow", fields, $"/follow/{number}");

    private static Dictionary<string, string> Judgement(string solved, string satisfied) => new()
    {
        ["_handler"] = "rate",
        ["Form.Solved"] = solved,
        ["Form.Satisfied"] = satisfied,
        ["Form.Stars"] = "5",
        ["Form.Comment"] = "很快，谢谢",
    };
}
