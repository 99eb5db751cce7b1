using System.Globalization;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>
/// Checks the values written into a definition: units, roles, limits and the like. What an expression computes is known only
/// when a case comes; what is written down is known now, and a mistake in it must not wait for a case.
/// </summary>
internal static class LiteralInputs
{
    private static readonly string[] Units = ["unit", "to", "passUpTo", "lead"];
    private static readonly string[] Limits = ["limit", "grace"];
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(3660);

    public static void Check(Findings findings, ActivityNode node)
    {
        var isOurs = node.Type.StartsWith("GridFlow.", StringComparison.Ordinal);
        foreach (var (name, input) in node.Inputs.Where(input => input.Value.ExpressionType == "Literal" && input.Value.Text.Length > 0).OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            var text = input.Text;
            if (IsSpan(node.Type, name))
            {
                if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) || span < TimeSpan.Zero || span >= LongestSpan)
                {
                    findings.Add(ProblemKind.BadSpan, node, name, text);
                }
            }
            else if (!isOurs && node.Type != "Elsa.Delay")
            {
                continue;
            }
            else if (Units.Contains(name) && (!UnitKey.IsWellFormed(text) || (UnitKey.IsCertain(text) && !findings.UnitExists(text))))
            {
                findings.Add(ProblemKind.UnknownUnit, node, name, text);
            }
            else if (Limits.Contains(name) && text != "case" && !TimeLimit.TryParse(text, out _))
            {
                findings.Add(ProblemKind.BadLimit, node, name, text);
            }
            else if (Names(name) is { } names && !names.Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                findings.Add(ProblemKind.BadValue, node, name, name, text, string.Join(", ", names));
            }
        }
    }

    private static bool IsSpan(string type, string input) => (type, input) is ("Elsa.Delay", "timeSpan") or ("Elsa.Timer", "interval");

    private static string[]? Names(string input) => input switch
    {
        "role" => Enum.GetNames<Role>(),
        "stage" => Enum.GetNames<CaseStage>(),
        "tier" => Enum.GetNames<CaseTier>(),
        "fact" => Enum.GetNames<CaseFactKind>(),
        _ => null,
    };
}
