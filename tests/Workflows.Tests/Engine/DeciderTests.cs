using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

/// <summary>Who decides on what somebody asks for: nobody beneath them, and not they themselves.</summary>
public sealed class DeciderTests
{
    [Fact]
    public void Who_asked_for_something_does_not_decide_on_it_and_a_colleague_does()
    {
        foreach (var act in (string[])["Objection", "Extension"])
        {
            var acting = new Acting().Take(act, Acting.Town with { Unit = Acting.Clerk.Unit }, "handle", fields: act == "Objection" ? [("unit", "dept:housing")] : [("days", 2)]);
            var own = Assert.IsType<Decision.Refused>(acting.TryDo($"act:{act}", "Refuse", Acting.Town));
            Assert.Equal((Refusal.ActNotPossible, nameof(ActObstacle.OwnRequest)), (own.Reason, own.Detail));
            Assert.DoesNotContain(acting.Do($"act:{act}", "Refuse", Acting.Town with { Id = "colleague" }).Instance.WorkItems, item => item.Kind == WorkItemKind.Request);
        }
    }

    [Fact]
    public void Nobody_is_asked_for_more_time_who_stands_beneath_who_asks()
    {
        var town = new Acting().Take("Transfer", Acting.Clerk, "handle", fields: ("unit", "@town")).Do("act:Transfer", "Agree", Acting.Town).Take("Extension", Acting.Town, "handle");
        Assert.Equal(("area:990101", Role.Leader), (town.Item("act:Extension").Unit, town.Item("act:Extension").Role));

        var county = new Acting().Take("Transfer", Acting.Clerk, "handle", fields: ("unit", "@county")).Do("act:Transfer", "Agree", Acting.Leader).Take("Extension", Acting.Leader, "handle");
        Assert.Equal(("area:990101", Role.Leader), (county.Item("act:Extension").Unit, county.Item("act:Extension").Role));
        Assert.Equal(1, county.Do("act:Extension", "Agree", Acting.Leader with { Id = "deputy" }).Case.Extensions);

        var village = new Acting().Take("Transfer", Acting.Clerk, "handle", fields: ("unit", "@village")).Do("act:Transfer", "Agree", Acting.Clerk).Take("Extension", Acting.Clerk, "handle");
        Assert.Equal(("area:990101001", Role.Dispatcher), (village.Item("act:Extension").Unit, village.Item("act:Extension").Role));
    }
}
