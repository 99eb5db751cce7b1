using System.Net;
using GridFlow.Server.Catalogue;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Server.Sheets;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Catalogue;

public sealed class CategoriesPageTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("zh-CN", "类别与时限", "暴露垃圾", "只能查看")]
    [InlineData("en", "Categories and limits", "Exposed rubbish", "to be read")]
    public async Task Without_a_draft_the_categories_in_force_are_shown_and_cannot_be_changed(string language, params string[] words)
    {
        using var browser = await _app.CreateBrowserAsync("admin", language);

        var html = WebUtility.HtmlDecode(await browser.GetStringAsync("/admin/categories?category=local/1/matter/06001", Cancel));

        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.Contains("<fieldset disabled", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_draft_a_group_shows_the_limits_of_all_its_categories()
    {
        using var browser = await _app.CreateBrowserAsync("admin", "zh-CN");
        var draft = await BeginAsync();

        var html = WebUtility.HtmlDecode(await browser.GetStringAsync($"/admin/categories?draft={draft.Id}&category=local/1/matter/06", Cancel));

        Assert.Contains("大量堆积", html, StringComparison.Ordinal);
        Assert.Contains("时限数量：暴露垃圾, 大量堆积", html, StringComparison.Ordinal);
        Assert.Contains(draft.Name, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_may_not_edit_do_not_see_it()
    {
        using var browser = await _app.CreateBrowserAsync("qingxi");

        using var page = await browser.GetAsync("/admin/categories", Cancel);
        using var file = await browser.GetAsync("/admin/categories/export?format=csv", Cancel);

        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, file.StatusCode);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task The_categories_of_a_draft_are_exported_as_a_table(string format)
    {
        using var browser = await _app.CreateBrowserAsync("admin", "zh-CN");
        var draft = await BeginAsync();
        await EditAsync(draft, bundle => bundle.ChangeCategory("local/1/matter/06001", category => category with { Name = category.Name with { Zh = "垃圾成堆" } }));

        var file = await browser.GetByteArrayAsync($"/admin/categories/export?format={format}&draft={draft.Id}", Cancel);

        using var stream = new MemoryStream(file);
        var sheet = format == "xlsx" ? ExcelSheet.Read(stream) : TextSheet.Read(System.Text.Encoding.UTF8.GetString(file));
        Assert.Equal("目录", sheet.Rows[0][0]);
        Assert.Equal(2, sheet.Rows.Count(row => row[2] == "垃圾成堆"));
    }

    [Fact]
    public async Task A_category_something_refers_to_is_not_free_to_be_removed()
    {
        var queries = _app.Services.GetRequiredService<CatalogueQueries>();
        var bundle = await queries.GetCurrentAsync(Cancel);

        Assert.False((await queries.GetUseAsync(bundle, "local/1/matter/99001", Cancel)).IsFree);
        Assert.True((await queries.GetUseAsync(bundle, "local/1/matter/06", Cancel)).Members > 0);
    }

    [Fact]
    public async Task Two_people_edit_one_draft_and_whoever_is_late_is_told()
    {
        var draft = await BeginAsync();
        using var mine = await SessionAsync(draft.Id);
        using var theirs = await SessionAsync(draft.Id);

        await theirs.EditAsync(bundle => bundle.ChangeCategory("local/1/matter/06002", category => category with { Name = category.Name with { Zh = "渣土" } }));
        await mine.EditAsync(bundle => bundle.ChangeCategory("local/1/matter/06001", category => category with { Name = category.Name with { Zh = "垃圾" } }));
        await theirs.EditAsync(bundle => bundle.ChangeCategory("local/1/matter/06001", category => category with { Name = category.Name with { Zh = "废物" } }));

        Assert.NotEmpty(theirs.Refused);
        Assert.Equal(("垃圾", "渣土"), (theirs.Draft.Content.Categories.Find("local/1/matter/06001")!.Name.Zh, theirs.Draft.Content.Categories.Find("local/1/matter/06002")!.Name.Zh));
    }

    [Fact]
    public async Task What_was_done_on_the_page_can_be_taken_back()
    {
        var draft = await BeginAsync();
        using var session = await SessionAsync(draft.Id);
        await session.EditAsync(bundle => bundle.ChangeCategory("local/1/matter/06001", category => category with { Conditions = [category.Conditions[0] with { Limit = TimeLimit.Parse("9wd") }] }));
        Assert.Equal("9wd", Limit());

        await session.UndoAsync();

        Assert.Equal("4wh", Limit());
        Assert.False(session.CanUndo);
        Assert.Empty(session.Draft.Changes);

        string Limit() => session.Draft.Content.Categories.Find("local/1/matter/06001")!.Conditions[0].Limit.ToString();
    }

    private Task<Draft> BeginAsync() => _app.Services.GetRequiredService<DraftStore>().BeginAsync("rules", CurrentUser.Operator, Cancel);

    private async Task EditAsync(Draft draft, Func<Bundle, Bundle> change)
    {
        using var session = await SessionAsync(draft.Id);
        await session.EditAsync(change);
    }

    private async Task<DraftSession> SessionAsync(int id) => new(
        _app.Services.GetRequiredService<DraftStore>(), _app.Services.GetRequiredService<Server.Bundles.BundleStore>(),
        (await _app.Services.GetRequiredService<DraftStore>().FindAsync(id, Cancel))!, CurrentUser.Operator);
}
