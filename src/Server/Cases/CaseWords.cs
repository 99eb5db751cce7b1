using System.Globalization;
using GridFlow.Server.Controls;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Cases;

/// <summary>How pressing a due date is, for colour and mark.</summary>
public enum DuePressure
{
    Calm,
    Soon,
    Overdue,
}

/// <summary>Puts the values of cases into the words of the reader: enums, instants, deadlines.</summary>
public sealed class CaseWords(IStringLocalizer<CasesText> text, TimeProvider time)
{
    /// <summary>The longest remark, in characters.</summary>
    public const int MaxComment = 2000;

    private const double SoonHours = 4;
    private const int WeekdayAhead = 6;
    private static readonly string[] ChineseDays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>Places and hours of the deployment; what people read is always in this zone.</summary>
    public static TimeZoneInfo Zone => WorkingCalendar.China.Zone;

    /// <summary>Any other text of cases.</summary>
    public string this[string key] => text[key];

    /// <summary>Any other text of cases, with values filled in.</summary>
    public string this[string key, params object[] values] => text[key, values];

    /// <summary>A text with a count, as one or several are told.</summary>
    public string Counted(string key, int number, params object[] more) => text.Counted(key, number, more);

    public string Of(CaseStatus status) => text[$"Status{status}"];

    public string Of(CaseStage stage) => text[$"Stage{stage}"];

    public string Of(CaseTier tier) => text[$"Tier{tier}"];

    public string Of(CaseNature nature) => text[$"Nature{nature}"];

    public string Of(CaseChannel channel) => text[$"Channel{channel}"];

    public string Of(CaseUrgency urgency) => text[$"Urgency{urgency}"];

    public string Of(CaseFactKind fact) => text[$"Fact{fact}"];

    /// <summary>"今天 14:00", "周二 14:00", "11月25日 14:00", as near as the instant is to now.</summary>
    public string Time(DateTimeOffset instant)
    {
        var local = Local(instant);
        var days = DateOnly.FromDateTime(local.DateTime).DayNumber - DateOnly.FromDateTime(Local(time.GetUtcNow()).DateTime).DayNumber;
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var day = (IsChinese, days) switch
        {
            (true, 0) => "今天",
            (true, 1) => "明天",
            (true, -1) => "昨天",
            (true, > 1 and <= WeekdayAhead) => ChineseDays[(int)local.DayOfWeek],
            (true, _) => local.ToString(IsThisYear(local) ? "M月d日" : "yyyy年M月d日", CultureInfo.InvariantCulture),
            (false, 0) => "today",
            (false, 1) => "tomorrow",
            (false, -1) => "yesterday",
            (false, > 1 and <= WeekdayAhead) => local.ToString("ddd", CultureInfo.InvariantCulture),
            (false, _) => local.ToString(IsThisYear(local) ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
        };
        return $"{day} {clock}";
    }

    /// <summary>The full date and time, for titles and tables.</summary>
    public static string FullTime(DateTimeOffset instant) => Local(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"逾期 2 小时", "剩 3 小时", or the day it is due.</summary>
    public string Due(DateTimeOffset dueAt)
    {
        var left = dueAt - time.GetUtcNow();
        return left < TimeSpan.Zero ? text["DueOverdue", Span(-left)]
            : left < TimeSpan.FromHours(24) ? text["DueIn", Span(left)]
            : text["DueBy", Time(dueAt)];
    }

    public DuePressure Pressure(DateTimeOffset dueAt)
    {
        var left = dueAt - time.GetUtcNow();
        return left < TimeSpan.Zero ? DuePressure.Overdue : left < TimeSpan.FromHours(SoonHours) ? DuePressure.Soon : DuePressure.Calm;
    }

    /// <summary>How a deadline came about, in one sentence.</summary>
    public static string Explain(Deadline deadline) => DeadlineExplainer.Explain(deadline, Zone, CultureInfo.CurrentUICulture);

    /// <summary>Several things in one line, as the language lists them.</summary>
    public static string List(IEnumerable<string> things) => string.Join(IsChinese ? "、" : ", ", things);

    /// <summary>What was asked with what was answered; a question mark needs no colon after it.</summary>
    public string Answered(string asked, string answer) => asked.EndsWith('？') ? asked + answer : asked.EndsWith('?') ? $"{asked} {answer}" : text["AnswerLine", asked, answer];

    /// <summary>Sentences one after the other; empty ones are left out.</summary>
    public static string Together(params IEnumerable<string> sentences) => string.Join(IsChinese ? "" : " ", sentences.Where(sentence => sentence.Length > 0));

    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    private bool IsThisYear(DateTimeOffset local) => local.Year == Local(time.GetUtcNow()).Year;

    private static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    private string Span(TimeSpan span) =>
        span.TotalMinutes < 60 ? text["SpanMinutes", Math.Max(1, (int)span.TotalMinutes)]
        : span.TotalHours < 48 ? text["SpanHours", (int)span.TotalHours]
        : text["SpanDays", (int)span.TotalDays];
}
