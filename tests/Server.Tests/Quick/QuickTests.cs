using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Photos;
using GridFlow.Server.Quick;
using GridFlow.Server.Security;
using GridFlow.Server.Tests.Cases;
using GridFlow.Server.Tests.Photos;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Quick;

public sealed class QuickTests : IDisposable
{
    private const string Rubbish = "local/1/matter/06001";
    private const string Grid = "990101101001001";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finding_done_on_the_spot_is_recorded_with_both_photos_and_waits_for_a_second_person_to_look()
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");

        var kept = await SendAsync(worker, "one");

        Assert.True(kept.IsHandled);
        var found = (await Get<CaseQueries>().FindAsync(kept.Number, await UserAsync("liutang1"), Cancel))!;
        Assert.Equal((CaseStage.Verifying, CaseChannel.Patrol, Rubbish), (found.Stage, found.Channel, found.CategoryKey));
        Assert.Equal("田小满", found.Handled!.By);
        Assert.NotEqual("田小满", found.Verified?.By);
        Assert.Equal("area:990101101001", Assert.Single(found.OpenItems).Unit.Key);
        Assert.Equal([PhotoKind.Before, PhotoKind.After], (await Get<PhotoStore>().ListAsync(kept.Number, await UserAsync("liutang"), Cancel)).Select(photo => photo.Kind));
    }

    [Fact]
    public async Task What_was_typed_is_the_title_and_without_it_the_category_is()
    {
        var user = await UserAsync("liutang1");
        var titles = new List<string>();
        foreach (var words in new[] { " 校门口两个垃圾桶满了 ", "" })
        {
            var kept = Assert.IsType<FindingResult.Kept>(await Get<QuickDesk>().TakeAsync(new Finding($"title{words.Length}", Rubbish, words, IsHandled: false, null, null), user, Cancel));
            titles.Add((await Get<CaseQueries>().FindAsync(kept.Number, user, Cancel))!.Title);
        }

        Assert.Equal("校门口两个垃圾桶满了", titles[0]);
        Assert.Contains(titles[1], (string[])["暴露垃圾", "Exposed rubbish"]);
    }

    [Fact]
    public async Task A_finding_sent_again_and_again_is_one_case_completed_once()
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(worker, "same")));
        var later = await SendAsync(worker, "same");

        Assert.All(answers.Append(later), kept => Assert.Equal((answers[0].Number, true), (kept.Number, kept.IsHandled)));
        Assert.Equal((1, 2, 1), await CountAsync(answers[0].Number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_broke_off_after_any_step_is_carried_on_when_it_is_sent_again(int steps)
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");
        var user = await UserAsync("liutang1");

        // The server died after so many of the steps: they are made as the desk makes them, and nothing else.
        var report = new NewReport { Title = "暴露垃圾", Detail = "巡查发现", Category = Rubbish, AreaCode = Grid, Channel = CaseChannel.Patrol, Key = QuickDesk.IntakeKeyOf("broken", user) };
        var number = Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, new(user.AccountId, user.Name), Cancel)).Number;
        foreach (var kind in new[] { PhotoKind.Before, PhotoKind.After }.Take(steps - 1))
        {
            await Get<PhotoStore>().AddAsync(new NewPhoto(number, kind, null, $"broken:{kind}", Pictures.Jpeg()), user, Cancel);
        }

        var kept = await SendAsync(worker, "broken");

        Assert.Equal((number, true), (kept.Number, kept.IsHandled));
        Assert.Equal((1, 2, 1), await CountAsync(number));
    }

    [Fact]
    public async Task A_late_repetition_does_not_complete_again_what_was_sent_back_meanwhile()
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");
        var kept = await SendAsync(worker, "one");
        var leader = await UserAsync("liutang");
        var check = (await Get<CaseQueries>().FindAsync(kept.Number, leader, Cancel))!.OpenItems[0];
        await Get<CaseCommands>().CompleteAsync(check.Id, "Failed", System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty, "还有一半没清。", leader, Cancel);

        await SendAsync(worker, "one");

        var found = (await Get<CaseQueries>().FindAsync(kept.Number, leader, Cancel))!;
        Assert.Equal(CaseStage.Handling, found.Stage);
        Assert.Equal((1, 2, 1), await CountAsync(kept.Number));
    }

    [Fact]
    public async Task What_is_only_reported_stays_open_with_the_grid()
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");

        var kept = await SendAsync(worker, "one", handled: false);

        Assert.False(kept.IsHandled);
        var found = (await Get<CaseQueries>().FindAsync(kept.Number, await UserAsync("liutang1"), Cancel))!;
        Assert.Equal((CaseStage.Handling, "area:" + Grid), (found.Stage, Assert.Single(found.OpenItems).Unit.Key));
    }

    [Fact]
    public async Task What_the_routing_table_gives_to_others_is_recorded_and_said_to_be_theirs()
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");
        var hard = (await Get<Server.Bundles.BundleStore>().GetCurrentAsync(Cancel)).Categories.All.First(category => category.Tier == CaseTier.Hard && !category.IsGroup);

        var kept = await SendAsync(worker, "one", category: hard.Key);

        Assert.False(kept.IsHandled);
        Assert.Contains("for another unit", kept.Text, StringComparison.Ordinal);
        Assert.Equal((1, 2, 0), await CountAsync(kept.Number));
    }

    [Theory]
    [InlineData("category", "local/1/matter/99999")]
    [InlineData("category", "")]
    [InlineData("key", "")]
    [InlineData("photo", "no picture")]
    public async Task What_is_not_taken_leaves_nothing_behind(string name, string value)
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");
        using var form = Form(name == "key" ? value : "one", name == "category" ? value : Rubbish, true, name == "photo" ? System.Text.Encoding.UTF8.GetBytes(value) : Pictures.Jpeg());

        using var answer = await worker.PostAsync("/quick/findings", form, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString()!);
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        Assert.Equal(0, await db.Cases.CountAsync(Cancel));
    }

    [Theory]
    [InlineData("urban")]
    [InlineData("supervisor")]
    public async Task Only_who_may_report_has_the_page_and_the_desk(string name)
    {
        using var other = await _application.CreateBrowserAsync(name);
        using var page = await other.GetAsync("/quick", Cancel);
        using var form = Form("one", Rubbish, true, Pictures.Jpeg());
        using var answer = await other.PostAsync("/quick/findings", form, Cancel);

        Assert.Contains("/denied", page.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task What_was_found_around_here_lately_is_offered_first()
    {
        using var worker = await _application.CreateBrowserAsync("liutang1");
        var seldom = (await Get<Server.Bundles.BundleStore>().GetCurrentAsync(Cancel)).Categories.All.Last(category => category.Tier == CaseTier.Small && !category.IsGroup && !category.IsRetired);
        await SendAsync(worker, "one", category: seldom.Key);

        var mine = await Get<QuickCategories>().ListAsync(await UserAsync("liutang1"), Cancel);
        var elsewhere = await Get<QuickCategories>().ListAsync(await UserAsync("shiqiao1"), Cancel);

        Assert.Equal(seldom.Key, mine[0].Key);
        Assert.Equal(QuickCategories.Offered, mine.Count(category => category.IsOffered));
        Assert.NotEqual(seldom.Key, elsewhere[0].Key);
    }

    public void Dispose() => _application.Dispose();

    private static MultipartFormDataContent Form(string key, string category, bool handled, byte[] picture) => new()
    {
        { new StringContent(key), "key" },
        { new StringContent(category), "category" },
        { new StringContent(""), "words" },
        { new StringContent(handled ? "true" : "false"), "handled" },
        { new ByteArrayContent(picture), "before", "before.jpg" },
        { new ByteArrayContent(Pictures.Jpeg(shade: 9)), "after", "after.jpg" },
    };

    private static async Task<FindingKept> SendAsync(HttpClient client, string key, string category = Rubbish, bool handled = true)
    {
        using var form = Form(key, category, handled, Pictures.Jpeg());
        using var answer = await client.PostAsync("/quick/findings", form, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<FindingKept>(Cancel))!;
    }

    private async Task<CurrentUser> UserAsync(string userName)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var id = await db.Users.Where(account => account.UserName == userName).Select(account => account.Id).SingleAsync(Cancel);
        return CaseScopeTests.User(userName) with { AccountId = id };
    }

    private async Task<(int Cases, int Photos, int Completed)> CountAsync(string number)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return (
            await db.Cases.CountAsync(Cancel),
            await db.Set<PhotoRow>().CountAsync(row => row.CaseNumber == number, Cancel),
            await db.WorkItems.CountAsync(row => row.CaseNumber == number && row.Outcome == "Handled", Cancel));
    }

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();
}
