using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Definitions;

/// <summary>
/// Checks the values written into a definition: units, roles, limits and the like. What an expression computes is known only
/// when a case comes; what is written down is known now, and a mistake in it must not wait for a case.
/// </summary>
internal static class LiteralInputs
{
    private static readonly string[] Units = ["unit", "to", "passUpTo", "lead"];
    private static readonly string[] Limits = ["limit", "grace"];

    public static IEnumerable<(string Code, string Zh, string En)> Check(ActivityNode node, Func<string, bool> unitExists)
    {
        if (!node.Type.StartsWith("GridFlow.", StringComparison.Ordinal) && node.Type != "Elsa.Delay")
        {
            yield break;
        }

        foreach (var (name, input) in node.Inputs.Where(input => input.Value.ExpressionType == "Literal" && input.Value.Text.Length > 0).OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            var text = input.Text;
            if (Units.Contains(name) && (!UnitKey.IsWellFormed(text) || (UnitKey.IsCertain(text) && !unitExists(text))))
            {
                yield return ("unknown-unit", $"没有单位“{text}”，请选择一个单位", $"there is no unit '{text}': choose one");
            }
            else if (Limits.Contains(name) && text != "case" && !TimeLimit.TryParse(text, out _))
            {
                yield return ("bad-limit", $"“{text}”不是时限，请写 2uh、4wh、15wm、5wd、3nd 或 case", $"'{text}' is not a limit: write 2uh, 4wh, 15wm, 5wd, 3nd or case");
            }
            else if (Names(name) is { } names && !names.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                yield return ("bad-value", $"“{name}”的值“{text}”无效，可选：{string.Join("、", names)}", $"'{text}' is no {name}: choose one of {string.Join(", ", names)}");
            }
        }
    }

    private static string[]? Names(string input) => input switch
    {
        "role" => Enum.GetNames<Role>(),
        "stage" => Enum.GetNames<CaseStage>(),
        "tier" => Enum.GetNames<CaseTier>(),
        "fact" => Enum.GetNames<CaseFactKind>(),
        _ => null,
    };
}
