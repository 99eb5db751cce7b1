using System.Globalization;
using GridFlow.Designer.Canvas;
using GridFlow.Designer.Editing;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace GridFlow.Designer.Tests;

public sealed class FlowCanvasTests
{
    [Fact]
    public void Every_kind_of_step_there_is_can_be_chosen_from_the_palette()
    {
        var offered = StepPalette.Subjects.SelectMany(subject => subject.Types).ToList();

        Assert.Equal(ActivityCatalog.Types, offered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_step_says_all_its_picture_shows()
    {
        var problems = new[] { new Problem("definitions/hard/plan/limit", "bad-limit", new LocalizedText("时限不对", "the limit is odd")) };

        var html = await RenderAsync("en", new() { ["Editor"] = new FlowEditor(Shipped("hard")), ["Problems"] = problems, ["Counts"] = new Dictionary<string, NodeCount> { ["plan"] = new(12, 3) } });

        var label = html[(html.IndexOf("aria-label=\"Work out who does what", StringComparison.Ordinal) + 12)..];
        label = label[..label.IndexOf('"', StringComparison.Ordinal)];
        string[] said = ["Town dispatcher", "2 working hours", "Human task", "12 open · 3 overdue", "Problem: the limit is odd", "Whistle → Whistle", "Raise to big → Raise to big", "“Overdue” leads nowhere yet"];
        Assert.All(said, part => Assert.Contains(part, label, StringComparison.Ordinal));
        Assert.Contains("class=\"problem is-error\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canvas_to_look_at_offers_nothing_to_change()
    {
        var html = await RenderAsync("en", new() { ["Editor"] = new FlowEditor(Shipped("hard")), ["IsReadOnly"] = true });

        Assert.DoesNotContain("class=\"palette\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Undo", html, StringComparison.Ordinal);
        Assert.DoesNotContain("leads nowhere yet", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_can_be_opened_on_the_canvas()
    {
        foreach (var definition in Samples.Read())
        {
            Assert.Contains("class=\"world\"", await RenderAsync("zh-CN", new() { ["Editor"] = new FlowEditor(definition) }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_step_dropped_on_another_is_moved_aside_and_taken_back_in_one()
    {
        var (editor, actions) = Open(Shipped("hard"));
        var plan = Find(editor, "plan");
        var whistle = Find(editor, "whistle");

        Assert.True(actions.Move(["plan"], whistle.Center.X - plan.Center.X, whistle.Center.Y - plan.Center.Y));

        Assert.DoesNotContain(Draw(editor).Nodes, node => Draw(editor).Nodes.Any(other => other.Id != node.Id && other.Bounds.Overlaps(node.Bounds)));
        Assert.Equal("plan", editor.Selection.Node);
        Assert.Empty(editor.Undo());
        Assert.Equal(plan, Find(editor, "plan"));
    }

    [Fact]
    public void A_step_put_on_a_line_finds_room_and_is_connected()
    {
        var (editor, actions) = Open(Shipped("hard"));

        var added = actions.Add("GridFlow.Approval", null, new CanvasPoint(250, 150), new FlowLink("plan", "whistle"), null);

        Assert.Equal("approve", added);
        Assert.Contains(editor.Definition.Root.Connections, link => link is { Source: "plan", SourcePort: "Whistle", Target: "approve" });
        Assert.True(Find(editor, "plan").Right < Find(editor, "approve").X && Find(editor, "approve").Right < Find(editor, "whistle").X);
    }

    [Fact]
    public void The_first_move_in_a_flow_nobody_placed_makes_the_drawing_its_places()
    {
        var flow = Shipped("hard");
        var unplaced = flow with { Root = flow.Root with { Activities = [.. flow.Root.Activities.Select(node => node with { Position = default })] } };
        var (editor, actions) = Open(unplaced);
        var before = Draw(editor).Nodes.ToDictionary(node => node.Id, node => node.Bounds);

        actions.Move(["raise"], 0, -500);

        Assert.All(Draw(editor).Nodes.Where(node => node.Id != "raise"), node => Assert.Equal(before[node.Id].Center, node.Bounds.Center));
        Assert.Equal(before["raise"].Center.Y - 500, Find(editor, "raise").Center.Y);
    }

    [Fact]
    public void In_a_sequence_a_step_takes_the_place_where_it_is_let_go()
    {
        var sequence = new ActivityNode { Id = "s", Type = "Elsa.Sequence", Activities = [Line("a"), Line("b"), Line("c")] };
        var (editor, actions) = Open(new WorkflowDefinition { Id = "x-1", DefinitionId = "x", Name = LocalizedText.Same("x"), Root = sequence });

        Assert.True(actions.Move(["a"], LayeredLayout.ColumnWidth * 1.5, 0));

        Assert.Equal(["b", "a", "c"], editor.Container.Activities.Select(node => node.Id));
    }

    [Fact]
    public void The_branches_of_an_if_are_filled_one_after_the_other_and_then_there_is_no_more_room()
    {
        var (editor, actions) = Open(new WorkflowDefinition { Id = "x-1", DefinitionId = "x", Name = LocalizedText.Same("x"), Root = new ActivityNode { Id = "f", Type = "Elsa.Flowchart" } });
        actions.Add("Elsa.If", null, null, null, null);
        editor.Open("if");

        actions.Add("Elsa.WriteLine", null, null, null, null);
        actions.Add("Elsa.WriteLine", null, null, null, null);

        Assert.Equal(["then", "else"], editor.Container.Activities.Select(node => node.Slot));
        Assert.Null(actions.Add("Elsa.WriteLine", null, null, null, null));
        Assert.Equal("writeLine", ElsaJson.Read(ElsaJson.Write(editor.Definition).ToJsonString()).FindActivity("if")!.InSlot("then").Single().Id);
    }

    private static (FlowEditor Editor, CanvasActions Actions) Open(WorkflowDefinition definition)
    {
        var editor = new FlowEditor(definition);
        return (editor, new CanvasActions(editor, Pictures.Get<IStringLocalizer<DesignerText>>(), () => Draw(editor)));
    }

    private static ActivityNode Line(string id) => new() { Id = id, Type = "Elsa.WriteLine" };

    private static FlowDrawing Draw(FlowEditor editor) => FlowDrawer.Draw(editor.Container, Pictures.Words, null);

    private static Rect Find(FlowEditor editor, string id) => Draw(editor).Nodes.Single(node => node.Id == id).Bounds;

    private static WorkflowDefinition Shipped(string id) => ShippedBundle.Read(1).FindDefinition(id)!;

    private static async Task<string> RenderAsync(string culture, Dictionary<string, object?> parameters)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return System.Net.WebUtility.HtmlDecode(await Pictures.RenderAsync<FlowCanvas>(parameters));
    }
}
