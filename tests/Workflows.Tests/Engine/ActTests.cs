using GridFlow.Tests;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

/// <summary>The verbs of the field, one by one, by value.</summary>
public sealed class ActTests
{
    private const string Housing = "dept:housing";
    private const string Urban = "dept:urban";

    private static readonly Actor UrbanClerk = new("urban", "周强", Urban);

    [Fact]
    public void Who_is_asked_to_take_over_leads_only_once_they_accept()
    {
        var acting = new Acting();
        var grid = acting.Item("handle");
        acting.Take("Transfer", Acting.Clerk, "handle", fields: ("unit", Urban));
        Assert.Equal(grid.Unit, acting.Item("handle").Unit);
        Assert.Equal(Urban, acting.Item("act:Transfer").Unit);

        acting.Do("act:Transfer", "Agree", UrbanClerk);
        Assert.Equal((Urban, "urban"), (acting.Item("handle").Unit, acting.Item("handle").ClaimedBy!.Id));
        Assert.Equal(Urban, acting.Case.LeadUnit);
        Assert.Equal(grid.Due!.DueAt, acting.Item("handle").Due!.DueAt);
        Assert.False(acting.Has("act:Transfer"));
    }

    [Fact]
    public void Who_will_not_take_over_leaves_it_where_it_is()
    {
        var acting = new Acting();
        var grid = acting.Item("handle").Unit;
        acting.Take("Transfer", Acting.Clerk, "handle", fields: ("unit", Urban)).Do("act:Transfer", "Refuse", UrbanClerk);
        Assert.Equal(grid, acting.Item("handle").Unit);
        Assert.Contains(acting.Last.Messages, message => message.Recipient == grid);
    }

    [Fact]
    public void What_is_asked_already_is_not_asked_again_and_a_reason_is_needed()
    {
        var acting = new Acting();
        Assert.Equal((Refusal.InvalidField, "comment"), acting.Refuse("Transfer", Acting.Clerk, "handle", " ", ("unit", Urban)));
        Assert.Equal((Refusal.InvalidField, "unit"), acting.Refuse("Transfer", Acting.Clerk, "handle"));
        acting.Take("Transfer", Acting.Clerk, "handle", fields: ("unit", Urban));
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.AskedAlready)), acting.Refuse("Transfer", Acting.Clerk, "handle", fields: ("unit", Urban)));
    }

    [Fact]
    public void What_somebody_has_signed_for_only_they_hand_on()
    {
        var acting = new Acting().Claim("handle", Acting.Clerk);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.NotYours)), acting.Refuse("Transfer", UrbanClerk, "handle", fields: ("unit", Urban)));
    }

    [Fact]
    public void A_colleague_it_is_given_to_has_it_as_if_they_had_signed()
    {
        var acting = new Acting().Take("Delegation", Acting.Clerk, "handle", null, ("person", "u7|孙丽"));
        Assert.Equal(("u7", "孙丽"), (acting.Item("handle").ClaimedBy!.Id, acting.Item("handle").ClaimedBy!.Name));
    }

    [Fact]
    public void An_objection_that_holds_sends_it_elsewhere_and_its_clock_runs_on_meanwhile()
    {
        var acting = new Acting();
        var due = acting.Item("handle").Due!.DueAt;
        acting.Take("Objection", Acting.Clerk, "handle");
        Assert.Contains(acting.Instance.Timers, timer => timer.WorkItem == acting.Item("handle").Id);
        acting.Do("act:Objection", "Agree", Acting.Town, ("unit", Housing));
        Assert.Equal((Housing, due), (acting.Item("handle").Unit, acting.Item("handle").Due!.DueAt));
        Assert.Contains(acting.Instance.Timers, timer => timer.WorkItem == acting.Item("handle").Id);
    }

    [Fact]
    public void After_two_returns_the_third_is_refused_and_a_ruling_binds_and_proposes_a_row()
    {
        var acting = new Acting();
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.TooFewReturns)), acting.Refuse("Arbitration", Acting.Clerk, "handle"));
        for (var time = 0; time < 2; time++)
        {
            acting.Do("handle", "Returned").Do("redispatch", "Dispatched");
        }

        Assert.Equal(2, acting.Case.Returns);
        Assert.Equal(Refusal.ReturnsUsedUp, Assert.IsType<Decision.Refused>(acting.TryDo("handle", "Returned")).Reason);

        acting.Take("Arbitration", Acting.Clerk, "handle")
            .Do("act:Arbitration", "Done", Acting.Leader, ("ruling", "按三定方案由住建负责"), ("lead", Housing), ("assisting", new List<object?> { Urban }), ("proposes", true), ("from", "2026-04-01"));
        Assert.Equal((Housing, Housing), (acting.Case.LeadUnit, acting.Item("handle").Unit));
        Assert.Equal([Urban], acting.Case.AssistingUnits);
        var proposal = Assert.Single(acting.Last.Messages, message => message.Kind == MessageKind.RoutingProposal);
        Assert.Contains("\"lead\":\"dept:housing\"", proposal.Payload, StringComparison.Ordinal);
        Assert.Contains("2026-04-01", proposal.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_passed_up_goes_to_the_body_above_one_tier_up()
    {
        var acting = new Acting();
        acting.Take("Escalation", Acting.Clerk, "handle");
        Assert.Equal(CaseTier.Hard, acting.Case.Tier);
        Assert.Equal("area:990101001001", acting.Item("handle").Unit);
    }

    [Fact]
    public void A_completion_is_taken_back_until_somebody_goes_on()
    {
        var acting = new Acting();
        var before = acting.Item("handle");
        acting.Do("handle", "Handled", Acting.Clerk, ("answer", "已清理"));
        Assert.NotNull(acting.Case.Handled);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.NotHandedOn)), acting.Refuse("TakeBack", UrbanClerk));

        acting.Take("TakeBack", Acting.Clerk);
        Assert.Equal(before.Id, acting.Item("handle").Id);
        Assert.Null(acting.Case.Handled);
        Assert.Null(acting.Case.Answer);
        Assert.Equal("小区门口垃圾堆了三天", acting.Case.Title);
        Assert.Contains(acting.Last.Changed, item => item.Id == before.Id);
        Assert.Contains(acting.Last.TimersSet, timer => timer.WorkItem == before.Id);

        acting.Do("handle", "Handled", Acting.Clerk, ("answer", "已清理")).Claim("verify", new Actor("checker", "李明"));
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.WentOn)), acting.Refuse("TakeBack", Acting.Clerk));
    }

    [Fact]
    public void The_lead_reports_done_only_after_those_who_assist()
    {
        var acting = new Acting().Take("Assist", Acting.Clerk, "handle", fields: ("units", new List<object?> { Urban, Housing }));
        Assert.Equal((Refusal.OthersStillAtWork, "2"), Reason(acting.TryDo("handle", "Handled", Acting.Clerk, ("answer", "完成"))));
        acting.Do("act:Assist", "Done", UrbanClerk, ("report", "已协助"));
        acting.Take("Unassist", Acting.Clerk, "handle", fields: ("unit", acting.Item("act:Assist").Unit));
        acting.Do("handle", "Handled", Acting.Clerk, ("answer", "完成"));
        Assert.NotNull(acting.Case.Handled);
    }

    [Fact]
    public void An_approver_added_before_decides_first_and_one_added_after_decides_last()
    {
        var acting = Big();
        var own = acting.Item("approve").Unit;
        acting.Take("AddApprover", Acting.Leader, "approve", fields: [("unit", Housing), ("place", "Before")]);
        Assert.Equal(Housing, acting.Item("approve").Unit);
        acting.Do("approve", "Approved");
        Assert.Equal(own, acting.Item("approve").Unit);
        acting.Take("AddApprover", Acting.Leader, "approve", fields: [("unit", Urban), ("place", "After")]).Do("approve", "Approved");
        Assert.Equal(Urban, acting.Item("approve").Unit);
        acting.Do("approve", "Approved");
        Assert.False(acting.Has("approve"));
        Assert.True(acting.Has("whistle"));
    }

    [Fact]
    public void Approvers_beside_each_other_must_all_agree_and_one_can_be_taken_out_again()
    {
        var acting = Big().Take("AddApprover", Acting.Leader, "approve", fields: [("unit", Housing), ("place", "Beside")]);
        Assert.Equal(2, acting.Instance.WorkItems.Count(item => item.ActivityId == "approve"));
        acting.Do("approve", "Approved");
        Assert.True(acting.Has("approve"));
        Assert.False(acting.Has("whistle"));

        var other = Big().Take("AddApprover", Acting.Leader, "approve", fields: [("unit", Housing), ("place", "Beside")])
            .Take("RemoveApprover", Acting.Leader, "approve", fields: ("unit", Housing)).Do("approve", "Approved");
        Assert.True(other.Has("whistle"));
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.NobodyAdded)), Big().Refuse("RemoveApprover", Acting.Leader, "approve", fields: ("unit", Housing)));
    }

    [Fact]
    public void More_time_is_granted_by_two_levels_twice_at_most_and_never_once_overdue()
    {
        var acting = new Acting();
        var original = acting.Item("handle").Due!;
        for (var time = 1; time <= 2; time++)
        {
            acting.Take("Extension", Acting.Clerk, "handle").Do("act:Extension", "Agree", Acting.Town);
            Assert.Equal(time - 1, acting.Case.Extensions);
            acting.Do("act:Extension", "Agree", Acting.Leader);
            Assert.Equal(time, acting.Case.Extensions);
        }

        var moved = acting.Item("handle").Due!;
        Assert.Equal(original.DueAt, moved.Original.DueAt);
        Assert.Equal(acting.Case.Due!.DueAt, moved.DueAt);
        var calendar = ShippedBundle.Read(1).Calendar;
        Assert.Equal(calendar.Add(calendar.Add(original.DueAt, original.Limit).DueAt, original.Limit).DueAt, moved.DueAt);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.UsedUp)), acting.Refuse("Extension", Acting.Clerk, "handle"));
        Assert.Contains("原期限", DeadlineExplainer.Explain(moved, calendar.Zone, new("zh-CN")), StringComparison.Ordinal);

        var late = new Acting();
        late.Now = late.Item("handle").Due!.DueAt.AddMinutes(1);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.Overdue)), late.Refuse("Extension", Acting.Clerk, "handle"));
    }

    [Fact]
    public void A_refused_request_for_time_does_not_count()
    {
        var acting = new Acting();
        var due = acting.Item("handle").Due!.DueAt;
        acting.Take("Extension", Acting.Clerk, "handle").Do("act:Extension", "Refuse", Acting.Town);
        Assert.Equal((0, due), (acting.Case.Extensions, acting.Item("handle").Due!.DueAt));
        acting.Take("Extension", Acting.Clerk, "handle");
        Assert.True(acting.Has("act:Extension"));
    }

    [Fact]
    public void A_hold_moves_the_deadline_once_and_ends_by_itself()
    {
        var acting = new Acting();
        var original = acting.Item("handle").Due!;
        Assert.Equal((Refusal.InvalidField, "until"), acting.Refuse("Hold", Acting.Clerk, "handle", fields: ("until", "2028-01-01")));
        acting.Take("Hold", Acting.Clerk, "handle", fields: ("until", "2026-04-01")).Do("act:Hold", "Agree", Acting.Town).Do("act:Hold", "Agree", Acting.Leader);
        Assert.NotNull(acting.Case.HeldUntil);
        Assert.True(acting.Item("handle").Due!.DueAt > acting.Case.HeldUntil);
        Assert.Equal(original.DueAt, acting.Item("handle").Due!.Original.DueAt);

        acting.Strike("resume");
        Assert.Null(acting.Case.HeldUntil);
        Assert.False(acting.Item("handle").IsOverdue);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.UsedUp)), acting.Refuse("Hold", Acting.Clerk, "handle", fields: ("until", "2026-06-01")));
    }

    [Fact]
    public void Work_that_goes_on_during_a_hold_ends_it_and_the_deadline_moves_by_as_long_as_it_lasted()
    {
        var (worked, resumed) = (Held(), Held());
        worked.Do("handle", "Handled", Acting.Clerk, ("answer", "已修好"));
        resumed.Take("Resume", Acting.Town).Do("handle", "Handled", Acting.Clerk, ("answer", "已修好"));

        Assert.Null(worked.Case.HeldUntil);
        Assert.DoesNotContain(worked.Instance.Timers, timer => timer.Purpose == "resume");
        Assert.Equal(resumed.Case.Due!.DueAt, worked.Case.Due!.DueAt);

        static Acting Held()
        {
            var acting = new Acting().Take("Hold", Acting.Clerk, "handle", fields: ("until", "2026-04-01")).Do("act:Hold", "Agree", Acting.Town).Do("act:Hold", "Agree", Acting.Leader);
            acting.Now = acting.Now.AddDays(7);
            return acting;
        }
    }

    [Fact]
    public void A_hold_that_is_ended_early_moves_the_deadline_by_as_long_as_it_lasted()
    {
        var acting = new Acting();
        var left = Left(acting, acting.Now);
        acting.Take("Hold", Acting.Clerk, "handle", fields: ("until", "2026-04-01")).Do("act:Hold", "Agree", Acting.Town).Do("act:Hold", "Agree", Acting.Leader);
        acting.Now = acting.Now.AddDays(7);
        acting.Take("Resume", Acting.Town);
        Assert.Null(acting.Case.HeldUntil);
        Assert.Equal(left, Left(acting, acting.Now));
        Assert.DoesNotContain(acting.Instance.Timers, timer => timer.Purpose == "resume");

        static TimeSpan Left(Acting acting, DateTimeOffset now) => ShippedBundle.Read(1).Calendar.WorkingTimeBetween(now, acting.Item("handle").Due!.DueAt);
    }

    [Fact]
    public void An_appeal_is_for_what_was_late_once_and_reviewed_twice()
    {
        var acting = new Acting();
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.NotClosed)), acting.Refuse("Appeal", Acting.Clerk));
        acting.Now = acting.Item("handle").Due!.DueAt.AddMinutes(5);
        Close(acting);
        Assert.True(acting.Case.WasOverdue);
        acting.Take("Appeal", Acting.Clerk).Do("act:Appeal", "Agree", Acting.Town);
        Assert.Equal(AppealState.Asked, acting.Case.Appeal);
        acting.Do("act:Appeal", "Agree", Acting.Leader);
        Assert.Equal((AppealState.Granted, true), (acting.Case.Appeal, acting.Case.WasOverdue));
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.AppealedBefore)), acting.Refuse("Appeal", Acting.Clerk));

        var intime = new Acting();
        Close(intime);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.WasOnTime)), intime.Refuse("Appeal", Acting.Clerk));
    }

    [Fact]
    public void Urging_tells_who_works_on_it_and_not_again_within_the_hour()
    {
        var acting = new Acting().Take("Urge", Acting.Leader, null, null);
        Assert.Equal(1, acting.Case.Urged);
        Assert.Contains(acting.Last.Messages, message => message.Kind == MessageKind.Urge && message.Recipient == acting.Item("handle").Unit);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.UrgedJustNow)), acting.Refuse("Urge", Acting.Leader));
        acting.Now = acting.Now.AddHours(1).AddMinutes(1);
        acting.Take("Urge", Acting.Leader);
        Assert.Equal(2, acting.Case.Urged);
    }

    [Fact]
    public void A_leader_answers_for_a_matter_themselves_or_names_one_who_does_and_its_work_goes_on()
    {
        var acting = new Acting().Take("Sponsorship", Acting.Leader, comment: null);
        Assert.Equal((Acting.Leader.Id, Acting.Leader.Name), (acting.Case.Sponsor!.Id, acting.Case.Sponsor.Name));
        Assert.True(acting.Has("handle"));
        Assert.Contains(acting.Last.Messages, message => message.Recipient == acting.Case.LeadUnit);

        acting.Take("Sponsorship", Acting.Leader, comment: null, fields: ("person", FieldPerson.Write("deputy", "孙副主任")));
        Assert.Equal(("deputy", "孙副主任"), (acting.Case.Sponsor!.Id, acting.Case.Sponsor.Name));
    }

    [Fact]
    public void A_supervision_has_a_clock_of_its_own_and_is_answered_without_moving_the_matter()
    {
        var acting = new Acting().Take("Supervision", Acting.Leader, fields: ("days", 2.0));
        var asked = acting.Item("act:Supervision");
        Assert.Equal((acting.Case.LeadUnit, 1), (asked.Unit, acting.Case.Supervised));
        Assert.NotNull(asked.Due);
        acting.Strike("due");
        Assert.True(acting.Item("act:Supervision").IsOverdue);
        acting.Do("act:Supervision", "Done", Acting.Clerk, ("report", "明天完成"));
        Assert.True(acting.Has("handle"));
        Assert.Contains(acting.Last.Messages, message => message.Recipient == Acting.Leader.Unit);
    }

    [Fact]
    public void A_copy_holds_nothing_up_and_can_be_read_after_the_case_is_over()
    {
        var acting = new Acting().Take("CopyTo", Acting.Clerk, null, null, ("units", new List<object?> { Urban }));
        Close(acting);
        Assert.Equal(CaseStatus.Closed, acting.Case.Status);
        acting.Do("act:CopyTo", "Done", UrbanClerk);
        Assert.Empty(acting.Instance.WorkItems);
    }

    [Fact]
    public void A_case_is_merged_into_the_earlier_one_which_hears_of_it_once()
    {
        var acting = new Acting();
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.NotTheEarlier)), acting.Refuse("Merge", Acting.Town, null, null, ("into", "GF2026-000008")));
        acting.Take("Merge", Acting.Town, null, null, ("into", "GF2026-000003"));
        Assert.Equal((CaseStatus.Merged, "GF2026-000003"), (acting.Case.Status, acting.Case.MergedInto));
        Assert.Empty(acting.Instance.WorkItems);
        Assert.Empty(acting.Instance.Timers);
        Assert.Single(acting.Last.Messages, message => message is { Kind: MessageKind.Related, Recipient: "GF2026-000003" });

        var other = new Acting();
        var heard = new Stimulus.HearOfCase(RelatedEvent.Merged, "GF2026-000009", HasReporter: true);
        var once = Assert.IsType<Decision.Accepted>(other.Send(heard)).Checkpoint.Instance;
        Assert.IsType<Decision.TooLate>(WorkflowExecutor.Decide(ShippedBundle.Read(1), once, heard, other.Now));
    }

    [Fact]
    public void A_split_case_is_reported_done_after_its_parts()
    {
        var acting = new Acting().Take("Split", Acting.Town, null, "各办一份", ("units", new List<object?> { Urban, Housing }));
        Assert.Equal(2, acting.Case.OpenParts);
        Assert.Equal(["GF2026-000007-1", "GF2026-000007-2"], acting.Last.Messages.Where(message => message.Kind == MessageKind.Part).Select(message => message.Recipient));
        Assert.Equal((Refusal.OthersStillAtWork, "2"), Reason(acting.TryDo("handle", "Handled", Acting.Clerk, ("answer", "完成"))));
    }

    [Fact]
    public void A_part_is_a_case_of_its_own_that_tells_the_whole_when_it_is_over()
    {
        var whole = new Acting().Case;
        var part = Workflows.Acts.Relating.CaseParts.PartOf(whole, "GF2026-000007-1", Urban, "清理绿地", CaseScript.Begin);
        var bundle = ShippedBundle.Read(1);
        var started = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(bundle, null, new Stimulus.Start(part.Number, "part", part, [], Acting.Town), CaseScript.Begin)).Checkpoint.Instance;
        var done = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(bundle, started, CaseScript.Complete(Assert.Single(started.WorkItems), "Handled"), CaseScript.Begin)).Checkpoint;
        Assert.Equal(CaseStatus.Closed, done.Instance.Case!.Status);
        Assert.Single(done.Messages, message => message is { Kind: MessageKind.Related, Recipient: "GF2026-000007" });
    }

    [Fact]
    public void What_was_asked_ends_with_the_case()
    {
        var acting = new Acting().Take("Transfer", Acting.Clerk, "handle", fields: ("unit", Urban)).Take("Supervision", Acting.Leader);
        var ended = Assert.IsType<Decision.Accepted>(acting.Send(new Stimulus.WithdrawCase("重复", Actor.Reporter))).Checkpoint.Instance;
        Assert.Empty(ended.WorkItems);
        Assert.Empty(ended.Timers);
    }

    private static (Refusal, string) Reason(Decision decision) => Assert.IsType<Decision.Refused>(decision) is var refused ? (refused.Reason, refused.Detail) : default;

    private static Acting Big() => new Acting("local/1/matter/52001").Do("plan", "Submitted");

    private static void Close(Acting acting) => acting.Do("handle", "Handled", Acting.Clerk, ("answer", "已清理")).Do("verify", "Passed").Do("ask", "Satisfied");
}
