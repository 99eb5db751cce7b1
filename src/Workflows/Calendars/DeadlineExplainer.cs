using System.Globalization;

namespace GridFlow.Workflows.Calendars;

/// <summary>Puts a deadline into one sentence, in Chinese or English, from what is stored with it and nothing else.</summary>
public static class DeadlineExplainer
{
    private const int DaysNamedByWeekday = 6;

    /// <summary>
    /// One sentence without a full stop, e.g. "周二 10:30 到期：自周一 16:30 起 3 个工作时，夜间不计". A time within six days
    /// of the start is named by its weekday alone, a later one with its date.
    /// </summary>
    /// <param name="deadline">The deadline to explain.</param>
    /// <param name="zone">The zone the reader lives in, usually <see cref="WorkingCalendar.Zone"/>.</param>
    /// <param name="culture">Chinese cultures get Chinese, all others English.</param>
    public static string Explain(Deadline deadline, TimeZoneInfo zone, CultureInfo culture)
    {
        var zh = culture.TwoLetterISOLanguageName == "zh";
        if (deadline.Before is { } before)
        {
            return Moved(deadline, before, zone, zh, culture);
        }

        var words = new Words(zh, zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(deadline.StartedAt, zone).DateTime));

        List<string> reasons = [Reckoning(deadline, words), .. deadline.Notes.Select(note => Reason(note, words))];
        return zh
            ? $"{words.Time(deadline.DueAt)} 到期：{string.Join("，", reasons)}"
            : $"Due {words.Time(deadline.DueAt)}: {string.Join(", ", reasons)}";
    }

    // What moved it, then what it was before: the original never disappears.
    private static string Moved(Deadline deadline, Deadline before, TimeZoneInfo zone, bool zh, CultureInfo culture)
    {
        var words = new Words(zh, zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(before.DueAt, zone).DateTime));
        var how = deadline.RestedFrom is { } from && deadline.RestedUntil is { } until
            ? words.Pick($"挂账自{words.Time(from)}至{words.Time(until)}，期限顺延", $"on hold from {words.Time(from)} to {words.Time(until)}, the deadline moved along")
            : words.Pick($"延期一次，在原期限上加 {Limit(deadline.Limit, zh)}", $"extended once by {Limit(deadline.Limit, zh)}");
        var was = Explain(before, zone, culture);
        return zh
            ? $"{words.Time(deadline.DueAt)} 到期：{string.Join("，", [how, .. deadline.Notes.Select(note => Reason(note, words))])}；原期限{was}"
            : $"Due {words.Time(deadline.DueAt)}: {string.Join(", ", [how, .. deadline.Notes.Select(note => Reason(note, words))])}. Before that: {char.ToLowerInvariant(was[0])}{was[1..]}";
    }

    /// <summary>A limit in words, e.g. "4 个工作时" or "4 working hours".</summary>
    public static string Describe(TimeLimit limit, CultureInfo culture) => Limit(limit, culture.TwoLetterISOLanguageName == "zh");

    private static string Reckoning(Deadline deadline, Words words)
    {
        var limit = Limit(deadline.Limit, words.Zh);
        var start = words.Time(deadline.StartedAt);
        var manner = deadline.Limit.Unit switch
        {
            TimeUnit.UrgentHour => words.Pick("，昼夜连续计时", ", running day and night"),
            TimeUnit.WorkingDay => words.Pick("，收件当日不计，至末日下班", ", the day of receipt not counted, until closing time"),
            TimeUnit.WorkingHour or TimeUnit.NaturalDay => "",
        };
        return words.Pick($"自{start} 起 {limit}{manner}", $"{limit} from {start}{manner}");
    }

    private static string Limit(TimeLimit limit, bool zh)
    {
        if (limit.Minutes is { } minutes)
        {
            var urgent = limit.Unit == TimeUnit.UrgentHour;
            return zh
                ? string.Create(CultureInfo.InvariantCulture, $"{minutes} 分钟{(urgent ? "" : "工作时间")}")
                : string.Create(CultureInfo.InvariantCulture, $"{minutes} {(urgent ? "" : "working ")}{(minutes == 1 ? "minute" : "minutes")}");
        }

        var amount = limit.Amount.ToString("0.####", CultureInfo.InvariantCulture);
        var (chinese, english) = limit.Unit switch
        {
            TimeUnit.UrgentHour => ("个紧急工作时", "urgent hour"),
            TimeUnit.WorkingHour => ("个工作时", "working hour"),
            TimeUnit.WorkingDay => ("个工作日", "working day"),
            TimeUnit.NaturalDay => ("个自然日", "calendar day"),
        };
        return zh ? $"{amount} {chinese}" : $"{amount} {english}{(limit.Amount == 1 ? "" : "s")}";
    }

    private static string Reason(DeadlineNote note, Words words) => note.Kind switch
    {
        DeadlineNoteKind.StartedOutsideHours => words.Pick(
            $"{words.Time(note.At!.Value)} 上班起算", $"running from opening time {words.Time(note.At!.Value)}"),
        DeadlineNoteKind.LunchLeftOut => words.Pick("午休不计", "lunch left out"),
        DeadlineNoteKind.NightLeftOut => words.Pick("夜间不计", "nights left out"),
        DeadlineNoteKind.WeekendLeftOut when note.Days <= 2 => words.Pick("周末不计", "weekend left out"),
        DeadlineNoteKind.WeekendLeftOut => words.Pick($"周末 {note.Days} 天不计", $"{note.Days} weekend days left out"),
        DeadlineNoteKind.HolidayLeftOut when note.Name is null => words.Pick(
            $"其他节假日 {note.Days} 天不计", $"{note.Days} further days of holidays left out"),
        DeadlineNoteKind.HolidayLeftOut => words.Pick(
            $"{note.Name}（{words.Dates(note)}）不计", $"{note.EnglishName ?? note.Name} ({words.Dates(note)}) left out"),
        DeadlineNoteKind.MakeUpDayCounted => words.Pick(
            $"{words.DaysNamed(note)}为调休上班计入", $"{words.DaysNamed(note)} counted as make-up {(note.Days == 1 ? "day" : "days")}"),
        DeadlineNoteKind.CalendarUnknown => words.Pick(
            $"{note.Year} 年放假安排未公布，只按每周工作日计", $"the holidays of {note.Year} are not announced, so only the weekly pattern is counted"),
    };

    /// <summary>The language and the day from which weekdays are meant.</summary>
    private readonly record struct Words(bool Zh, TimeZoneInfo Zone, DateOnly Start)
    {
        private static readonly string[] ChineseDays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

        public string Pick(string chinese, string english) => Zh ? chinese : english;

        public string Time(DateTimeOffset instant)
        {
            var local = TimeZoneInfo.ConvertTime(instant, Zone);
            var day = Day(DateOnly.FromDateTime(local.DateTime));
            return $"{day}{(day.EndsWith('）') ? "" : " ")}{local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
        }

        public string DaysNamed(DeadlineNote note)
        {
            var words = this;
            return string.Join(Pick("、", ", "), note.Dates!.Select(words.Day)) + Rest(note);
        }

        public string Dates(DeadlineNote note)
        {
            var first = note.Dates![0];
            // The dates of a named holiday follow each other, so the last one is known without being stored.
            var last = first.AddDays(note.Days - 1);
            return (first == last, first.Month == last.Month) switch
            {
                (true, _) => Date(first),
                (false, true) => Pick($"{Date(first)}至{last.Day}日", $"{first.Day}–{Date(last)}"),
                (false, false) => Pick($"{Date(first)}至{Date(last)}", $"{Date(first)} – {Date(last)}"),
            };
        }

        private string Day(DateOnly date)
        {
            var weekday = Zh ? ChineseDays[(int)date.DayOfWeek] : date.ToString("ddd", CultureInfo.InvariantCulture);
            return date.DayNumber - Start.DayNumber is >= 0 and <= DaysNamedByWeekday
                ? weekday
                : Pick($"{Date(date)}（{weekday}）", $"{weekday} {Date(date)}");
        }

        private string Date(DateOnly date)
        {
            var format = (Zh, date.Year == Start.Year) switch
            {
                (true, true) => "M月d日",
                (true, false) => "yyyy年M月d日",
                (false, true) => "d MMM",
                (false, false) => "d MMM yyyy",
            };
            return date.ToString(format, CultureInfo.InvariantCulture);
        }

        private string Rest(DeadlineNote note) =>
            note.Days > note.Dates!.Count ? Pick($"等 {note.Days} 天", $" and {note.Days - note.Dates.Count} more") : "";
    }
}
