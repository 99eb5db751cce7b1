using System.Net;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Server.WorkCalendar;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.WorkCalendar;

public sealed class CalendarTests : IDisposable
{
    private static readonly WorkingCalendar China = WorkingCalendar.China;
    private readonly GridFlowApplication _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_day_is_made_free_or_worked_and_as_usual_again()
    {
        var day = new DateOnly(2026, 3, 3);

        var free = China.Put(new CalendarOverride(day, false, "停电"));
        var worked = free.Put(new CalendarOverride(day, true, "补班"));

        Assert.Equal(CalendarDayKind.Holiday, free.Describe(day).Kind);
        Assert.Equal(CalendarDayKind.MakeUpDay, worked.Describe(day).Kind);
        Assert.Equal(CalendarDayKind.Workday, worked.Clear(day).Describe(day).Kind);
        Assert.Equal(China.Overrides, worked.Clear(day).Overrides);
    }

    [Fact]
    public void Years_days_and_sessions_are_set_each_without_the_others()
    {
        Assert.Equal([2024, 2025, 2026, 2027], China.Know(2027, true).KnownYears);
        Assert.Equal([2024, 2025], China.Know(2026, false).KnownYears);
        Assert.Contains(DayOfWeek.Saturday, China.Work(DayOfWeek.Saturday, true).WorkingDays);
        Assert.Equal(China.Overrides, China.Work(DayOfWeek.Saturday, true).Overrides);
        Assert.Throws<ArgumentException>(() => China.Sessions([new WorkSession(new(9, 0), new(8, 0))]));

        var none = Enum.GetValues<DayOfWeek>().Aggregate(China, (calendar, day) => calendar.Work(day, false));
        Assert.Single(none.WorkingDays);
    }

    [Fact]
    public void A_session_is_added_after_the_last_one_as_long_as_the_day_has_room()
    {
        var next = CalendarEdits.NextSession(China)!.Value;

        Assert.Equal((new TimeOnly(17, 30), new TimeOnly(18, 30)), (next.From, next.To));
        Assert.Null(CalendarEdits.NextSession(China.Sessions([new WorkSession(new(8, 0), new(22, 30))])));
    }

    [Theory]
    [InlineData("zh-CN", "工作日历", "上班时间", "2026 年安排", "春节")]
    [InlineData("en", "Working calendar", "Working hours", "Plan of 2026", "Spring Festival")]
    public async Task The_page_shows_hours_years_and_holidays(string language, params string[] words)
    {
        using var browser = await _app.CreateBrowserAsync("admin", language);
        var draft = await _app.Services.GetRequiredService<DraftStore>().BeginAsync("calendar", CurrentUser.Operator, TestContext.Current.CancellationToken);

        foreach (var address in new[] { "/admin/calendar", $"/admin/calendar?draft={draft.Id}" })
        {
            var html = WebUtility.HtmlDecode(await browser.GetStringAsync(address, TestContext.Current.CancellationToken));
            Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
            Assert.Equal(address.Contains("draft", StringComparison.Ordinal), !html.Contains("<fieldset disabled", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_bundle_keeps_its_other_parts_when_its_calendar_changes()
    {
        var bundle = ShippedBundle.Read(1);

        var changed = bundle.With(bundle.Calendar.Know(2027, true));

        Assert.Same(bundle.Categories, changed.Categories);
        Assert.Same(bundle.Routing, changed.Routing);
    }
}
