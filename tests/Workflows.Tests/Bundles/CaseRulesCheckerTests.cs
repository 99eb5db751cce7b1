using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Tests.Bundles;

public sealed class CaseRulesCheckerTests
{
    [Fact]
    public void The_rules_of_a_place_that_has_none_of_its_own_may_be_published() => Assert.Empty(CaseRulesChecker.Check(CaseRules.Default));

    [Fact]
    public void Rules_under_which_a_request_would_wait_for_ever_are_refused_and_say_why()
    {
        AssertRefused("no-decider", CaseRules.Default with { TimeDeciders = [] });
        AssertRefused("no-decider", CaseRules.Default with { AppealReviewers = default });
        AssertRefused("bad-decider", CaseRules.Default with { Arbiter = new Decider("reporter", null) });
        AssertRefused("bad-decider", CaseRules.Default with { ObjectionDecider = new Decider("somewhere", Role.Leader) });
        AssertRefused("rule-out-of-range", CaseRules.Default with { MaxHoldDays = 0 });
        AssertRefused("rule-out-of-range", CaseRules.Default with { MaxReturns = -1 });
    }

    private static void AssertRefused(string code, CaseRules rules)
    {
        var problem = Assert.Single(CaseRulesChecker.Check(rules));
        Assert.Equal(code, problem.Code);
        Assert.NotEmpty(problem.Message.Zh);
        Assert.NotEmpty(problem.Message.En);
    }
}
