using System.Globalization;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Workflows.Tests.Calendars;

public sealed class DeadlineExplainerTests
{
    [Theory]
    [InlineData("2026-11-16 09:00", "2wh",
        "周一 11:00 到期：自周一 09:00 起 2 个工作时",
        "Due Mon 11:00: 2 working hours from Mon 09:00")]
    [InlineData("2026-10-09 17:00", "4wh",
        "周六 12:00 到期：自周五 17:00 起 4 个工作时，夜间不计，周六为调休上班计入",
        "Due Sat 12:00: 4 working hours from Fri 17:00, nights left out, Sat counted as make-up day")]
    [InlineData("2026-11-16 11:50", "15wm",
        "周一 14:05 到期：自周一 11:50 起 15 分钟工作时间，午休不计",
        "Due Mon 14:05: 15 working minutes from Mon 11:50, lunch left out")]
    [InlineData("2026-11-21 10:00", "1wh",
        "周一 09:30 到期：自周六 10:00 起 1 个工作时，周一 08:30 上班起算，周末不计",
        "Due Mon 09:30: 1 working hour from Sat 10:00, running from opening time Mon 08:30, weekend left out")]
    [InlineData("2026-11-21 23:00", "2uh",
        "周日 01:00 到期：自周六 23:00 起 2 个紧急工作时，昼夜连续计时",
        "Due Sun 01:00: 2 urgent hours from Sat 23:00, running day and night")]
    [InlineData("2026-09-30 10:00", "3wd",
        "10月10日（周六）17:30 到期：自周三 10:00 起 3 个工作日，收件当日不计，至末日下班，国庆节（10月1日至7日）不计，10月10日（周六）为调休上班计入",
        "Due Sat 10 Oct 17:30: 3 working days from Wed 10:00, the day of receipt not counted, until closing time, National Day (1–7 Oct) left out, Sat 10 Oct counted as make-up day")]
    [InlineData("2026-12-30 10:00", "3wd",
        "周一 17:30 到期：自周三 10:00 起 3 个工作日，收件当日不计，至末日下班，周末不计，2027 年放假安排未公布，只按每周工作日计",
        "Due Mon 17:30: 3 working days from Wed 10:00, the day of receipt not counted, until closing time, weekend left out, the holidays of 2027 are not announced, so only the weekly pattern is counted")]
    [InlineData("2026-11-20 10:00", "3nd",
        "周一 10:00 到期：自周五 10:00 起 3 个自然日",
        "Due Mon 10:00: 3 calendar days from Fri 10:00")]
    public void A_deadline_says_how_it_came_about(string start, string limit, string chinese, string english)
    {
        var startedAt = new DateTimeOffset(DateTime.ParseExact(start, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

        var deadline = WorkingCalendar.China.Add(startedAt, TimeLimit.Parse(limit));

        Assert.Equal(chinese, DeadlineExplainer.Explain(deadline, WorkingCalendar.China.Zone, new CultureInfo("zh-CN")));
        Assert.Equal(english, DeadlineExplainer.Explain(deadline, WorkingCalendar.China.Zone, new CultureInfo("en")));
    }

    [Fact]
    public void What_is_stored_is_small()
    {
        var json = DeadlineJson.Write(WorkingCalendar.China.Add(new(2026, 9, 30, 2, 0, 0, TimeSpan.Zero), TimeLimit.WorkingDays(3)));

        Assert.True(json.Length < 500, json);
        Assert.Contains("\"limit\":\"3wd\"", json, StringComparison.Ordinal);
        Assert.Contains("国庆节", json, StringComparison.Ordinal);
    }
}
