using System.Globalization;

namespace GridFlow.Workflows.Calendars;

/// <summary>
/// The holiday plans announced by the General Office of the State Council, one notice a year.
/// A year that is not here has not been announced; merge it with <see cref="WorkingCalendar.With"/> when it is.
/// </summary>
/// <remarks>
/// Sources, notices "关于…年部分节假日安排的通知":
/// 2024 国办发明电〔2023〕7号 https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm,
/// 2025 国办发明电〔2024〕12号 https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm,
/// 2026 国办发明电〔2025〕7号 https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm.
/// </remarks>
public static class ChinaHolidays
{
    // One holiday a line: name, days off from-to, and after each + a make-up working day; all as month.day.
    private static readonly (int Year, string Plan)[] Plans =
    [
        (2024, """
            元旦 1.1
            春节 2.10-2.17 +2.4 +2.18
            清明节 4.4-4.6 +4.7
            劳动节 5.1-5.5 +4.28 +5.11
            端午节 6.10
            中秋节 9.15-9.17 +9.14
            国庆节 10.1-10.7 +9.29 +10.12
            """),
        (2025, """
            元旦 1.1
            春节 1.28-2.4 +1.26 +2.8
            清明节 4.4-4.6
            劳动节 5.1-5.5 +4.27
            端午节 5.31-6.2
            国庆节、中秋节 10.1-10.8 +9.28 +10.11
            """),
        (2026, """
            元旦 1.1-1.3 +1.4
            春节 2.15-2.23 +2.14 +2.28
            清明节 4.4-4.6
            劳动节 5.1-5.5 +5.9
            端午节 6.19-6.21
            中秋节 9.25-9.27
            国庆节 10.1-10.7 +9.20 +10.10
            """),
    ];

    private static readonly Dictionary<string, string> EnglishNames = new()
    {
        ["元旦"] = "New Year's Day",
        ["春节"] = "Spring Festival",
        ["清明节"] = "Qingming Festival",
        ["劳动节"] = "Labour Day",
        ["端午节"] = "Dragon Boat Festival",
        ["中秋节"] = "Mid-Autumn Festival",
        ["国庆节"] = "National Day",
        ["国庆节、中秋节"] = "National Day and Mid-Autumn Festival",
    };

    /// <summary>Days off and make-up working days of all years held, by date.</summary>
    public static IReadOnlyList<CalendarOverride> Overrides { get; } =
        [.. Plans.SelectMany(plan => Read(plan.Year, plan.Plan)).OrderBy(day => day.Date)];

    /// <summary>The years whose plan is held.</summary>
    public static IReadOnlyList<int> Years { get; } = [.. Plans.Select(plan => plan.Year)];

    private static IEnumerable<CalendarOverride> Read(int year, string plan) =>
        from line in plan.Split('\n')
        let words = line.Split(' ')
        let name = words[0]
        from day in Days(year, words.Skip(1))
        select new CalendarOverride(day.Date, day.IsWorking, name, EnglishNames[name]);

    private static IEnumerable<(DateOnly Date, bool IsWorking)> Days(int year, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var ends = word.TrimStart('+').Split('-');
            var last = Date(year, ends[^1]);
            for (var date = Date(year, ends[0]); date <= last; date = date.AddDays(1))
            {
                yield return (date, word[0] == '+');
            }
        }
    }

    private static DateOnly Date(int year, string monthAndDay) =>
        DateOnly.ParseExact($"{year}.{monthAndDay}", "yyyy.M.d", CultureInfo.InvariantCulture);
}
