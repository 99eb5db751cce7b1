using System.Globalization;
using System.Text.RegularExpressions;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Designer.Tests;

public sealed partial class FlowPictureTests
{
    [Theory]
    [InlineData("zh-CN", "现场核查", "乡镇调度员", "30 分钟工作时间", "逾期")]
    [InlineData("en", "Check on site", "Town dispatcher", "30 working minutes", "Overdue")]
    public async Task The_picture_names_steps_people_limits_and_outcomes_in_the_readers_language(string culture, params string[] words)
    {
        var html = await RenderAsync(culture, new() { ["Definition"] = Shipped("small") });

        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.Contains("role=\"img\"", html, StringComparison.Ordinal);
        Assert.Contains("<title", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_cases_stand_on_the_step_and_lead_where_the_page_says()
    {
        var html = await RenderAsync("zh-CN", new()
        {
            ["Definition"] = Shipped("small"),
            ["Counts"] = new Dictionary<string, NodeCount> { ["handle"] = new(12, 3) },
            ["NodeHref"] = (Func<string, string?>)(id => id == "handle" ? "/cases?step=handle" : null),
        });

        Assert.Contains("12 件 · 3 逾期", html, StringComparison.Ordinal);
        Assert.Single(Links().Matches(html));
        Assert.Contains("href=\"/cases?step=handle\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_case_stands_and_the_way_it_came_are_marked()
    {
        var html = await RenderAsync("zh-CN", new()
        {
            ["Definition"] = Shipped("small"),
            ["Highlighted"] = new HashSet<string> { "verify" },
            ["Taken"] = new HashSet<string> { "begin", "handle", "handled", "begin:Done", "handle:Handled", "handled:Done" },
        });

        Assert.Single(Regex.Matches(html, "class=\"node [a-z]+ is-here\""));
        Assert.Equal(3, Regex.Count(html, "class=\"edge is-taken\""));
        Assert.Contains("当前在此", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_of_a_definition_are_never_markup()
    {
        var flow = Shipped("small");
        var evil = flow with { Name = LocalizedText.Same("<script>alert(1)</script>") };

        Assert.DoesNotContain("<script>", await Pictures.RenderAsync(new() { ["Definition"] = evil }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_drawn_elsewhere_has_a_picture()
    {
        var drawn = 0;
        foreach (var file in Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json").Where(file => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal)))
        {
            var definition = ElsaJson.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

            Assert.Contains("</svg>", await RenderAsync("en", new() { ["Definition"] = definition }), StringComparison.Ordinal);
            drawn++;
        }

        Assert.Equal(85, drawn);
    }

    [Fact]
    public void Every_kind_of_step_there_is_has_a_Chinese_name()
    {
        foreach (var type in ActivityCatalog.Types)
        {
            var kind = Pictures.In("zh-CN", () => Pictures.Words.Kind(new ActivityNode { Id = "x", Type = type }));

            Assert.True(kind.Any(letter => letter > '\u2E7F'), $"{type}: {kind}");
        }
    }

    private static WorkflowDefinition Shipped(string id) => ShippedBundle.Read(1).FindDefinition(id)!;

    private static async Task<string> RenderAsync(string culture, Dictionary<string, object?> parameters)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return System.Net.WebUtility.HtmlDecode(await Pictures.RenderAsync(parameters));
    }

    [GeneratedRegex("<a ")]
    private static partial Regex Links();
}
