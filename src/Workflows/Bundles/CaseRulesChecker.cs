using System.Collections.Immutable;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Bundles;

/// <summary>What the rules of a bundle must keep to, wherever they come from: a request that nobody can decide would wait for ever.</summary>
public static class CaseRulesChecker
{
    private const int MostDeciders = 5;

    /// <summary>What is wrong with them; each keeps the bundle from being published.</summary>
    public static IReadOnlyList<Problem> Check(CaseRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var problems = new List<Problem>();
        foreach (var (name, count, least, most, zh, en) in (ReadOnlySpan<(string, int, int, int, string, string)>)
            [("maxReturns", rules.MaxReturns, 0, 10, "退回次数", "the number of returns"), ("maxExtensions", rules.MaxExtensions, 0, 10, "延期次数", "the number of extensions"),
             ("maxHolds", rules.MaxHolds, 0, 5, "挂账次数", "the number of holds"), ("maxHoldDays", rules.MaxHoldDays, 1, 365, "挂账天数", "the days of a hold")])
        {
            if (count < least || count > most)
            {
                problems.Add(new Problem($"rules/{name}", "rule-out-of-range", new LocalizedText($"{zh}须在 {least} 到 {most} 之间，现为 {count}", $"{en} must be between {least} and {most}, not {count}")));
            }
        }

        CheckDeciders("timeDeciders", rules.TimeDeciders, "延期、挂账的审批人", "who decides on more time");
        CheckDeciders("appealReviewers", rules.AppealReviewers, "申诉的审核人", "who reviews an appeal");
        CheckDeciders("objectionDecider", [rules.ObjectionDecider], "派单异议的审核人", "who decides on an objection");
        CheckDeciders("arbiter", [rules.Arbiter], "裁定人", "who rules");
        return problems;

        void CheckDeciders(string name, ImmutableArray<Decider> deciders, string zh, string en)
        {
            if (deciders.IsDefaultOrEmpty || deciders.Length > MostDeciders)
            {
                problems.Add(new Problem($"rules/{name}", "no-decider", new LocalizedText($"{zh}至少一位、至多 {MostDeciders} 位", $"{en}: at least one and at most {MostDeciders}")));
                return;
            }

            foreach (var decider in deciders.Where(decider => decider?.Unit is null || !UnitKey.IsWellFormed(decider.Unit) || decider.Unit is UnitKey.Reporter or "@lead"))
            {
                problems.Add(new Problem($"rules/{name}", "bad-decider", new LocalizedText($"{zh}：“{decider?.Unit}”不是能审批的单位", $"{en}: '{decider?.Unit}' is no unit that can decide")));
            }
        }
    }
}
