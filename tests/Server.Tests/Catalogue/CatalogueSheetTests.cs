using System.Globalization;
using GridFlow.Server.Catalogue;
using GridFlow.Server.Sheets;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Tests.Catalogue;

public sealed class CatalogueSheetTests
{
    private static readonly CategoryCatalogue Shipped = ShippedBundle.Read(1).Categories;
    private static readonly CatalogueSheet Sheet = new(new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<CatalogueText>>());

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void A_table_written_and_read_again_changes_nothing(string culture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        var plan = Sheet.Read(TextSheet.Read(System.Text.Encoding.UTF8.GetString(TextSheet.Write(Sheet.Write(Shipped)))), Shipped);

        Assert.Empty(plan.Problems);
        Assert.Empty(plan.Changes);
        Assert.Equivalent(Shipped.All, plan.After.All, strict: true);
    }

    [Fact]
    public void A_table_may_have_a_few_columns_and_changes_only_those()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        var plan = Sheet.Read(TextSheet.Read("时限\t代码\t分级\n6个工作时\t06001\t难事\n3 工作日\t06002\t"), Shipped);

        Assert.Empty(plan.Problems);
        Assert.Equal([("06001", "事项分级、时限"), ("06002", "时限")], plan.Changes.Select(change => (change.Key[^5..], string.Join('、', change.Parts))));
        var changed = plan.After.Find("local/1/matter/06001")!;
        Assert.Equal((CaseTier.Hard, "6wh", 2), (changed.Tier, changed.Conditions[0].Limit.ToString(), changed.Conditions.Length));
        Assert.Equal(Shipped.Find("local/1/matter/06001")!.Keywords, changed.Keywords);
    }

    [Fact]
    public void New_categories_and_groups_are_added_and_none_is_taken_away()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        var plan = Sheet.Read(TextSheet.Read("catalogue,code,name,name (english),keywords,condition,limit\nlocal/1/matter,77,新大类,New group,,,\nlocal/1/matter,77001,新类,New one,词^3 另词,一般,2wd\nlocal/1/matter,77001,,,,严重,4wh"), Shipped);

        Assert.Empty(plan.Problems);
        Assert.Equal(Shipped.All.Length + 2, plan.After.All.Length);
        var added = plan.After.Find("local/1/matter/77001")!;
        Assert.Equal(["2wd", "4wh"], added.Conditions.Select(condition => condition.Limit.ToString()));
        Assert.Equal(["词^3", "另词"], added.Keywords);
        Assert.Equal("New one", added.Name.En);
    }

    [Theory]
    [InlineData("name\n垃圾", 1, "列名")]
    [InlineData("代码,名称\n6x,垃圾", 2, "6x")]
    [InlineData("代码,名称\n99999,垃圾\n", 0, "大类")]
    [InlineData("代码,时限\n06001,很快", 2, "很快")]
    [InlineData("代码,分级\n06001,巨大", 2, "小事 / 难事 / 大事")]
    [InlineData("代码,立案条件\n06001,新条件", 2, "没有时限")]
    [InlineData("目录,代码,名称\nlocal,06001,x", 2, "local")]
    [InlineData("目录,代码,名称\na/1/matter,88,", 2, "没有名称")]
    public void What_cannot_be_used_is_told_with_its_line_and_nothing_happens(string table, int line, string words)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        // A code without a group: its catalogue is named, so that only the group is missing.
        var plan = Sheet.Read(TextSheet.Read(table.Replace("代码,名称\n99999,垃圾", "目录,代码,名称\nlocal/1/matter,98999,垃圾", StringComparison.Ordinal)), Shipped);

        var problem = Assert.Single(plan.Problems);
        Assert.Equal(line, problem.Line);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4wh", "4wh")]
    [InlineData("4 个工作时", "4wh")]
    [InlineData("2工作日", "2wd")]
    [InlineData("30 分钟工作时间", "30wm")]
    [InlineData("1.5 紧急工作时", "1.5uh")]
    [InlineData("3 calendar days", "3nd")]
    [InlineData("1 working day", "1wd")]
    [InlineData("2 working hours", "2wh")]
    [InlineData("0 wd", null)]
    [InlineData("soon", null)]
    [InlineData("4", null)]
    [InlineData("1.5 working days", null)]
    public void Limits_are_read_as_people_write_them(string written, string? expected) =>
        Assert.Equal(expected, LimitWords.TryParse(written, out var limit) ? limit.ToString() : null);

    [Fact]
    public void A_retired_category_is_neither_proposed_nor_missed_by_the_routing_table()
    {
        var bundle = ShippedBundle.Read(1);
        var proposed = CatalogueQueries.Try(bundle, "井盖不见了").Category!;

        var retired = bundle.ChangeCategory(proposed.Key, category => category with { IsRetired = true });

        Assert.NotEqual(proposed.Key, CatalogueQueries.Try(retired, "井盖不见了").Category?.Key);
        Assert.True(BundleJson.Read(1, BundleJson.Write(retired)).Categories.Find(proposed.Key)!.IsRetired);
        Assert.DoesNotContain("isRetired", BundleJson.Write(bundle), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_category_gets_the_next_free_code_of_its_group()
    {
        var group = Shipped.Find("local/1/matter/06")!;

        Assert.Equal("06010", CatalogueEdits.NextCode(Shipped, group));
        Assert.Equal("77001", CatalogueEdits.NextCode(Shipped, group with { Code = "77" }));
    }
}
