using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Designer.Editing;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Designer.Tests.Editing;

public sealed class FlowEditorTests
{
    private const int Runs = 150;

    [Fact]
    public void All_edits_undone_give_the_original_and_redone_the_edited()
    {
        foreach (var original in new[] { Shipped("hard"), Shipped("intake") })
        {
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(RandomEdit.Several(12), edits =>
            {
                var editor = new FlowEditor(original);
                foreach (var edit in edits)
                {
                    editor.Do(edit.ApplyTo);
                }

                var edited = editor.Definition;
                while (editor.UndoName is not null)
                {
                    Assert.Empty(editor.Undo());
                }

                var undone = editor.Definition;
                while (editor.RedoName is not null)
                {
                    Assert.Empty(editor.Redo());
                }

                return Same(undone, original) && Same(editor.Definition, edited);
            }));
        }
    }

    [Fact]
    public void What_is_told_of_an_edit_is_all_that_others_need_to_follow()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(RandomEdit.Several(12), edits =>
        {
            var editor = new FlowEditor(Shipped("hard"));
            var other = Shipped("hard");
            editor.Edited += changes => other = FlowChanges.Apply(other, changes) is { IsDone: true } applied ? applied.Content : throw new InvalidOperationException();
            foreach (var edit in edits)
            {
                editor.Do(edit.ApplyTo);
                if (edit.Second % 3 == 0)
                {
                    editor.Undo();
                }
            }

            return Same(editor.Definition, other);
        }));
    }

    [Fact]
    public void Edits_of_different_steps_by_two_people_give_the_same_in_either_order()
    {
        var steps = Shipped("hard").Root.Activities.Select(node => node.Id).ToArray();
        var pairs = from mine in RandomEdit.Several(6).Generator
                    from theirs in RandomEdit.Several(6).Generator
                    select (Mine: mine, Theirs: theirs);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(pairs.ToArbitrary(), both =>
        {
            var mine = Changes(both.Mine, edit => steps[edit.First % 5]);
            var theirs = Changes(both.Theirs, edit => steps[5 + (edit.First % (steps.Length - 5))]);

            return Same(Kept(Kept(Shipped("hard"), mine), theirs), Kept(Kept(Shipped("hard"), theirs), mine));
        }));

        static List<ImmutableArray<CellChange>> Changes(RandomEdit[] edits, Func<RandomEdit, string> step)
        {
            var editor = new FlowEditor(Shipped("hard"));
            var told = new List<ImmutableArray<CellChange>>();
            editor.Edited += told.Add;
            foreach (var edit in edits)
            {
                editor.Do(definition => edit.ApplyTo(definition, step(edit)));
            }

            return told;
        }

        static WorkflowDefinition Kept(WorkflowDefinition definition, List<ImmutableArray<CellChange>> edits) => edits.Aggregate(definition, (now, changes) =>
            FlowChanges.Apply(now, changes) is { IsDone: true } applied ? applied.Content : throw new InvalidOperationException("a conflict"));
    }

    [Fact]
    public void What_somebody_else_changed_since_is_not_overwritten_by_an_undo()
    {
        var editor = new FlowEditor(Shipped("hard"));
        editor.Do(definition => FlowEdits.Rename(definition, "plan", LocalizedText.Same("mine")));
        var others = FlowEdits.Rename(editor.Definition, "plan", LocalizedText.Same("theirs"));

        editor.Take(others);
        var conflicts = editor.Undo();

        Assert.NotEmpty(conflicts);
        Assert.Equal("theirs", editor.Definition.FindActivity("plan")!.DisplayText.En);
        Assert.Null(editor.UndoName);
    }

    [Fact]
    public void What_others_change_leaves_the_selection_and_my_undo()
    {
        var editor = new FlowEditor(Shipped("hard"));
        editor.Do(definition => FlowEdits.Rename(definition, "plan", LocalizedText.Same("mine")), "Rename");
        editor.Select(FlowSelection.Of("whistle", "answer"));

        editor.Take(FlowEdits.Remove(editor.Definition, ["answer"]));

        Assert.Equal(["whistle"], editor.Selection.Nodes);
        Assert.Equal("Rename", editor.UndoName);
        Assert.Empty(editor.Undo());
        Assert.Null(editor.Definition.FindActivity("answer"));
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_none()
    {
        var editor = new FlowEditor(Shipped("hard"));
        editor.Edited += _ => Assert.Fail("told of nothing");

        Assert.False(editor.Do(definition => FlowEdits.Rename(definition, "no such step", LocalizedText.Same("x"))));
        Assert.Null(editor.UndoName);
    }

    [Fact]
    public void Containers_are_opened_in_place_and_left_where_one_went_in()
    {
        var editor = new FlowEditor(Shipped("hard"));
        editor.Do(definition => FlowEdits.Add(definition, definition.Root.Id, NewStep.Of("Elsa.Sequence", definition)));
        editor.Open("sequence");
        editor.Do(definition => FlowEdits.Add(definition, "sequence", NewStep.Of("GridFlow.Notify", definition)));

        Assert.Equal(["hard-flow", "sequence"], editor.Trail.Select(node => node.Id));
        Assert.Equal("notify", Assert.Single(editor.Container.Activities).Id);

        editor.Open("hard-flow");

        Assert.Equal("sequence", editor.Selection.Node);
        editor.GoTo("notify");
        Assert.Equal("sequence", editor.Container.Id);

        // Its container is taken away by somebody: what stands around it is shown.
        editor.Take(FlowEdits.Remove(editor.Definition, ["sequence"]));
        Assert.Equal("hard-flow", editor.Container.Id);
    }

    [Fact]
    public void Every_sample_opens_is_drawn_edited_and_comes_back_unchanged()
    {
        var read = 0;
        foreach (var definition in Samples.Read())
        {
            var editor = new FlowEditor(definition);
            foreach (var container in definition.AllActivities().Where(node => !node.Activities.IsEmpty).DistinctBy(node => node.Id))
            {
                Assert.NotEmpty(Canvas.FlowDrawer.Draw(container, Pictures.Words, null).Nodes);
            }

            var edited = editor.Do(now => FlowEdits.Rename(now, now.AllActivities().Last().Id, LocalizedText.Same("another name")));
            edited |= editor.Do(now => FlowEdits.Place(now, now.Root.Id, Canvas.FlowDrawer.LayOut(now.Root)));
            edited |= editor.Do(now => FlowEdits.Add(now, now.Root.Id, NewStep.Of("GridFlow.Approval", now)));
            while (editor.UndoName is not null)
            {
                Assert.Empty(editor.Undo());
            }

            Assert.True(edited, definition.DefinitionId);
            Assert.True(Same(definition, editor.Definition), $"{definition.DefinitionId}: {string.Join("; ", FlowChanges.Between(definition, editor.Definition))}");
            read++;
        }

        Assert.Equal(85, read);
    }

    private static bool Same(WorkflowDefinition a, WorkflowDefinition b) => FlowChanges.Between(a, b).IsEmpty;

    private static WorkflowDefinition Shipped(string id) => ShippedBundle.Read(1).FindDefinition(id)!;
}
