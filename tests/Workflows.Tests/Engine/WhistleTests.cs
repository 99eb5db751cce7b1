using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

/// <summary>A whistle through all its states, its clocks, and what it refuses.</summary>
public sealed class WhistleTests
{
    private const string Urban = "dept:urban";
    private const string Housing = "dept:housing";
    private static readonly Actor Street = new("street", "孙书记", "area:990101001");
    private static readonly Actor UrbanClerk = new("u1", "周强", Urban);
    private static readonly Actor HousingClerk = new("h1", "王芳", Housing);

    [Fact]
    public void A_whistle_calls_neither_the_unit_that_blows_it_nor_one_beneath_it()
    {
        foreach (var unit in new[] { "area:990101001", "area:990101001001" })
        {
            var refused = new Acting().Refuse("Whistle", Acting.Town, comment: "请来", fields: [("kind", "Push"), ("grounds", "BeyondUs"), ("units", new List<object?> { "dept:urban", unit })]);
            Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.WhistleDown)), refused);
        }
    }

    [Fact]
    public void A_whistle_goes_from_blown_to_judged_both_ways()
    {
        var acting = Blown(new Acting());
        Assert.Equal((WhistleState.Sounding, 2), (Call(acting).State, Call(acting).Units.Count));
        Assert.Equal(acting.Now.AddHours(1), Call(acting).Units[0].SignDue);
        Assert.Equal(acting.Now.AddHours(24), Call(acting).Units[0].ContactDue);

        Each(acting, (item, by) => acting.Send(new Stimulus.ClaimWorkItem(item, by)));
        Assert.Equal(WhistleState.Answered, Call(acting).State);
        Each(acting, (item, by) => acting.Send(Act("WhistleContact", item, by, "已约周三下午到场")));
        Each(acting, (item, by) => acting.Send(Act("WhistleAttend", item, by, null, ("place", "柳塘村文化广场"))));
        Assert.Equal(WhistleState.Attended, Call(acting).State);
        Assert.All(Call(acting).Units, unit => Assert.Equal("柳塘村文化广场", unit.Place));

        Each(acting, (item, by) => acting.Send(new Stimulus.CompleteWorkItem(item, "Done", System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty.Add("report", "已拆除"), null, by)));
        Assert.Equal(WhistleState.Done, Call(acting).State);
        foreach (var (unit, clerk) in new[] { (Urban, UrbanClerk), (Housing, HousingClerk) })
        {
            acting.Take("WhistleAssess", Street, null, "来得快", ("unit", unit), ("score", "5")).Take("WhistleAssess", clerk, null, "该吹", ("unit", unit), ("score", "4"));
        }

        Assert.Equal(WhistleState.Assessed, Call(acting).State);
        Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.NoWhistle)), acting.Refuse("WhistleAssess", Street, null, null, ("unit", Urban), ("score", "5")));
        Assert.True(acting.Has("handle"));
    }

    [Fact]
    public void A_clock_that_is_let_pass_is_noted_for_good_and_told_to_unit_and_street()
    {
        var acting = Blown(new Acting()).Strike("whistle-sign");
        Assert.Single(Call(acting).Units, unit => unit.Late.Contains("sign"));
        Assert.Equal(2, acting.Last.Messages.Count(message => message.Kind == MessageKind.Overdue));
        Assert.Contains(acting.Last.Messages, message => message.Recipient == Street.Unit);
    }

    [Fact]
    public void Who_comes_without_having_signed_has_signed_and_the_clocks_stop()
    {
        var acting = Blown(new Acting());
        var item = Call(acting).Units.Find(unit => unit.Unit == Urban)!.Item!;
        acting = With(acting, acting.Send(Act("WhistleAttend", item, UrbanClerk, null, ("place", "现场"))));
        var unit = Call(acting).Units.Find(one => one.Unit == Urban)!;
        Assert.NotNull(unit.SignedAt);
        Assert.NotNull(unit.ContactedAt);
        Assert.DoesNotContain(acting.Instance.Timers, timer => timer.WorkItem == item && timer.Purpose.StartsWith("whistle", StringComparison.Ordinal));
    }

    [Fact]
    public void With_an_audit_it_sounds_only_once_it_is_let_but_an_emergency_at_once()
    {
        var rules = CaseRules.Default with { WhistleNeedsAudit = true };
        var acting = Blown(new Acting(rules: rules));
        Assert.Equal(WhistleState.Audit, Call(acting).State);
        Assert.DoesNotContain(acting.Instance.WorkItems, item => item.Kind == WorkItemKind.Whistle);
        acting.Do("act:Whistle", "Agree", Acting.Leader);
        Assert.Equal((WhistleState.Sounding, "钱主任"), (Call(acting).State, Call(acting).AuditedBy));
        Assert.Equal(2, acting.Instance.WorkItems.Count(item => item.Kind == WorkItemKind.Whistle));

        Assert.Equal(WhistleState.Refused, Call(Blown(new Acting(rules: rules)).Do("act:Whistle", "Refuse", Acting.Leader)).State);
        Assert.Equal(WhistleState.Sounding, Call(Blown(new Acting(rules: rules), "Emergency")).State);
    }

    [Fact]
    public void A_second_whistle_on_one_matter_stands_beside_the_first()
    {
        var acting = Blown(Blown(new Acting()));
        Assert.Equal([1, 2], acting.Instance.Whistles.Select(call => call.Number));
    }

    [Fact]
    public void A_drawn_whistle_is_a_whistle_as_any_other()
    {
        var acting = new Acting("local/1/matter/51001").Do("plan", "Whistle");
        Assert.Equal(WhistleState.Sounding, Call(acting).State);
        acting.Do("whistle", "Done").Do("whistle", "Done");
        Assert.Equal(WhistleState.Done, Call(acting).State);
        Assert.True(acting.Has("answer"));
    }

    [Fact]
    public void What_still_sounds_ends_with_its_case()
    {
        var acting = Blown(new Acting());
        var ended = Assert.IsType<Decision.Accepted>(acting.Send(new Stimulus.WithdrawCase("撤销", Actor.Reporter))).Checkpoint;
        Assert.Equal(WhistleState.Ended, Assert.Single(ended.Whistles).State);
        Assert.Empty(ended.Instance.Timers);
    }

    private static Acting Blown(Acting acting, string grounds = "BeyondUs") =>
        acting.Take("Whistle", Street, null, "违建占道，请联合整治", ("kind", "Push"), ("grounds", grounds), ("units", new List<object?> { Urban, Housing }));

    private static WhistleCall Call(Acting acting) => acting.Instance.Whistles[^1];

    private static Stimulus.TakeAct Act(string act, string item, Actor by, string? comment, params (string Name, object? Value)[] fields) =>
        new(act, item, System.Collections.Immutable.ImmutableDictionary.CreateRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), comment, by);

    private static void Each(Acting acting, Func<string, Actor, Decision> act)
    {
        foreach (var unit in Call(acting).Units)
        {
            With(acting, act(unit.Item!, unit.Unit == Urban ? UrbanClerk : HousingClerk));
        }
    }

    private static Acting With(Acting acting, Decision decision) => acting.Go(decision);
}
