using GridFlow.Designer.Inspector;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Designer.Tests.Inspector;

public sealed class FlowInspectorTests
{
    private static readonly Bundle Bundle = ShippedBundle.Read(1);

    [Theory]
    [InlineData("zh-CN", "谁来办", "案件所在乡镇（街道）", "2 个工作时", "吹哨", "主办单位", "办理人看到的表单", "确定主办、协办单位")]
    [InlineData("en", "Who does it", "The town of the case", "2 working hours", "Whistle", "Lead unit", "What the handler sees", "Decide who leads")]
    public async Task A_task_shows_who_does_it_how_long_and_with_which_form(string culture, params string[] words)
    {
        var html = await InspectorPages.RenderAsync(culture, Bundle.FindDefinition("hard")!, "plan");

        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh-CN", "分类有把握", "第几轮办理", "大于", "满足任意一条", "办理结果", "改分类，重新派单")]
    [InlineData("en", "The category is certain", "Round", "is more than", "Any of these", "outcome", "Change the category, route again")]
    public async Task A_condition_is_shown_as_rows(string culture, params string[] words)
    {
        var html = await InspectorPages.RenderAsync(culture, Bundle.FindDefinition("intake")!, "sure");

        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.DoesNotContain("case.isSure", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_that_works_something_out_is_shown_as_text_with_a_remark()
    {
        var flow = Bundle.FindDefinition("intake")!.Change("sure", node => node.With("condition", InputValues.Expression("Boolean", "case.round * 2 > 5")));

        var html = await InspectorPages.RenderAsync("zh-CN", flow, "sure");

        Assert.Contains("case.round * 2 > 5</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("表达式包含计算，无法显示为条件行", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_parse_is_marked_where_it_is_in_the_readers_language()
    {
        var flow = Bundle.FindDefinition("intake")!.Change("sure", node => node.With("condition", InputValues.Expression("Boolean", "case.round &&& 5")));

        var html = await InspectorPages.RenderAsync("zh-CN", flow, "sure");

        Assert.Contains("第 1 行第 14 个字符：不支持按位运算。", html, StringComparison.Ordinal);
        Assert.Contains("<mark>&</mark>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Bitwise", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_shown_with_placeholders_filled()
    {
        var html = await InspectorPages.RenderAsync("zh-CN", Bundle.FindDefinition("intake")!, "accepted");

        Assert.Contains("您反映的“路灯不亮”已受理，编号 GF2026-000123", html, StringComparison.Ordinal);
        Assert.Contains("Your report “Street lamp is out” has been accepted", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_step_the_workflow_itself_is_shown()
    {
        var flow = Bundle.FindDefinition("hard")! with { Variables = [new Variable("households", "households", "Int32", null)] };

        var html = await InspectorPages.RenderAsync("zh-CN", flow, null);

        Assert.Contains(flow.Name.Zh, html, StringComparison.Ordinal);
        Assert.Contains("value=\"households\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_can_change_nothing()
    {
        Assert.Contains("<fieldset class=\"panel-body\" disabled", await InspectorPages.RenderAsync("en", Bundle.FindDefinition("hard")!, "plan", isReadOnly: true), StringComparison.Ordinal);
        Assert.DoesNotContain("<fieldset class=\"panel-body\" disabled", await InspectorPages.RenderAsync("en", Bundle.FindDefinition("hard")!, "plan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_step_of_the_shipped_flows_and_of_the_samples_can_be_inspected()
    {
        var samples = Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json").Where(file => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal))
            .Select(file => ElsaJson.Read(File.ReadAllText(file)));
        var shown = 0;
        foreach (var flow in Bundle.Definitions.Concat(samples))
        {
            foreach (var node in flow.AllActivities())
            {
                var html = await InspectorPages.RenderAsync(shown % 2 == 0 ? "zh-CN" : "en", flow, node.Id);

                foreach (var name in ActivityDescriptors.Others(node, InspectorPages.Choices.Bundle))
                {
                    Assert.Matches($">{System.Text.RegularExpressions.Regex.Escape(name)}\\s*<", html);
                }

                shown++;
            }
        }

        Assert.True(shown > 400, $"{shown}");
    }
}
