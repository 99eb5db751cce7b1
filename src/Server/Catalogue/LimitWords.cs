using System.Text.RegularExpressions;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Server.Catalogue;

/// <summary>Reads limits as people write them in tables: 4wh, 4个工作时, 2 working days, 30分钟工作时间.</summary>
public static partial class LimitWords
{
    private static readonly (string Word, string Suffix)[] Words =
    [
        ("紧急工作时", "uh"), ("紧急时", "uh"), ("urgenthour", "uh"), ("紧急分钟", "um"), ("urgentminute", "um"),
        ("分钟工作时间", "wm"), ("工作分钟", "wm"), ("workingminute", "wm"), ("工作小时", "wh"), ("工作时", "wh"), ("workinghour", "wh"),
        ("工作日", "wd"), ("个工作天", "wd"), ("workingday", "wd"), ("自然日", "nd"), ("日历日", "nd"), ("calendarday", "nd"), ("naturalday", "nd"),
        ("分钟", "um"), ("minute", "um"), ("天", "nd"),
    ];

    public static bool TryParse(string text, out TimeLimit limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = Spaces().Replace(text, "").ToLowerInvariant();
        if (TimeLimit.TryParse(plain, out limit))
        {
            return true;
        }

        var amount = Amount().Match(plain);
        var unit = plain[amount.Length..].TrimStart('个').TrimEnd('s');
        return amount.Success && Words.FirstOrDefault(word => unit == word.Word).Suffix is { } suffix && TimeLimit.TryParse(amount.Value + suffix, out limit);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\d+(\.\d+)?")]
    private static partial Regex Amount();
}
