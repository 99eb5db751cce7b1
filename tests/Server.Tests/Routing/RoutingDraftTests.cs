using GridFlow.Server.Routing;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Tests.Routing;

public sealed class RoutingDraftTests
{
    private static readonly RoutingRow[] Published =
    [
        new() { Number = 1, Lead = "@town" }, new() { Number = 2, Lead = "@grid", Keywords = ["井盖"] }, new() { Number = 7, Lead = "dept:police" },
    ];

    [Fact]
    public void An_untouched_draft_has_no_changes() => Assert.True(new RoutingDraft(3, Published).Changes.IsEmpty);

    [Fact]
    public void A_change_undone_is_no_change()
    {
        var draft = new RoutingDraft(3, Published);
        draft.Rows[1].Row = draft.Rows[1].Row with { Keywords = ["窨井"] };
        Assert.Single(draft.Changes.Changed);

        draft.Rows[1].Row = draft.Rows[1].Row with { Keywords = ["井盖"] };

        Assert.True(draft.Changes.IsEmpty);
    }

    [Fact]
    public void A_new_row_and_a_copy_get_numbers_nobody_had()
    {
        var draft = new RoutingDraft(3, Published);
        draft.Delete(draft.Rows[2]);

        var added = draft.Add();
        var copy = draft.Duplicate(draft.Rows[2]);

        Assert.Equal([8, 1, 2, 9], draft.Rows.Select(row => row.Row.Number));
        Assert.Equal(["井盖"], copy.Row.Keywords);
        Assert.True(draft.IsNew(added));
        Assert.Equal([7], draft.Changes.Removed.Select(row => row.Number));
    }

    [Fact]
    public void Rows_move_one_place_and_stop_at_the_ends()
    {
        var draft = new RoutingDraft(3, Published);

        draft.Move(draft.Rows[0], -1);
        Assert.True(draft.Changes.IsEmpty);
        draft.Move(draft.Rows[0], 1);

        Assert.Equal([2, 1, 7], draft.Rows.Select(row => row.Row.Number));
        Assert.True(draft.Changes is { IsReordered: true, IsEmpty: false });
    }

    [Fact]
    public void Kept_rows_are_counted_against_the_newer_table()
    {
        var draft = new RoutingDraft(3, Published);
        draft.Rows[0].Row = draft.Rows[0].Row with { Lead = "@county" };

        draft.Rebase(4, [new() { Number = 1, Lead = "@county" }, Published[1]]);

        Assert.Equal(4, draft.BaseNumber);
        Assert.Empty(draft.Changes.Changed);
        Assert.Equal([7], draft.Changes.Added.Select(row => row.Number));
    }
}
