using System.Globalization;
using System.Text.Json;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Workflows.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    // Counted by hand. 16 November 2026 is a Monday; times are those of Beijing.
    [Theory]
    [InlineData("within one session", "2026-11-16 09:00", "2wh", "2026-11-16 11:00", "")]
    [InlineData("over lunch", "2026-11-16 11:00", "2wh", "2026-11-16 15:00", "LunchLeftOut")]
    [InlineData("over night", "2026-11-16 16:00", "4wh", "2026-11-17 11:00", "NightLeftOut")]
    [InlineData("used up exactly at lunch", "2026-11-16 11:00", "1wh", "2026-11-16 12:00", "")]
    [InlineData("used up exactly at closing", "2026-11-16 16:30", "1wh", "2026-11-16 17:30", "")]
    [InlineData("set exactly at closing", "2026-11-16 17:30", "1wh", "2026-11-17 09:30", "StartedOutsideHours")]
    [InlineData("set during lunch", "2026-11-16 12:30", "1wh", "2026-11-16 15:00", "StartedOutsideHours LunchLeftOut")]
    [InlineData("set at midnight", "2026-11-17 00:00", "7wh", "2026-11-17 17:30", "StartedOutsideHours LunchLeftOut")]
    [InlineData("set on Saturday", "2026-11-21 10:00", "1wh", "2026-11-23 09:30", "StartedOutsideHours WeekendLeftOut")]
    [InlineData("over a weekend", "2026-11-20 17:00", "1wh", "2026-11-23 09:00", "NightLeftOut WeekendLeftOut")]
    [InlineData("a quarter of an hour", "2026-11-16 11:50", "15wm", "2026-11-16 14:05", "LunchLeftOut")]
    [InlineData("a third of an hour", "2026-11-16 09:00", "20wm", "2026-11-16 09:20", "")]
    [InlineData("into a make-up Saturday", "2026-10-09 17:00", "4wh", "2026-10-10 12:00", "NightLeftOut MakeUpDayCounted")]
    [InlineData("on a make-up Sunday", "2026-01-04 08:30", "3wh", "2026-01-04 11:30", "MakeUpDayCounted")]
    [InlineData("over National Day", "2026-09-30 17:00", "1wh", "2026-10-08 09:00", "NightLeftOut HolidayLeftOut")]
    [InlineData("set in the evening of a make-up day", "2026-10-10 20:00", "1wh", "2026-10-12 09:30", "StartedOutsideHours WeekendLeftOut")]
    [InlineData("urgent over a Saturday night", "2026-11-21 23:00", "2uh", "2026-11-22 01:00", "")]
    [InlineData("one working day", "2026-11-16 10:00", "1wd", "2026-11-17 17:30", "")]
    [InlineData("one working day, received after hours", "2026-11-16 20:00", "1wd", "2026-11-17 17:30", "")]
    [InlineData("one working day, received on Saturday", "2026-11-21 10:00", "1wd", "2026-11-23 17:30", "WeekendLeftOut")]
    [InlineData("working days over National Day", "2026-09-30 10:00", "3wd", "2026-10-10 17:30", "HolidayLeftOut MakeUpDayCounted")]
    [InlineData("working days to a make-up Sunday", "2025-01-24 10:00", "2wd", "2025-01-27 17:30", "WeekendLeftOut MakeUpDayCounted")]
    [InlineData("into a year not announced", "2026-12-30 10:00", "3wd", "2027-01-04 17:30", "WeekendLeftOut CalendarUnknown")]
    [InlineData("natural days over a weekend", "2026-11-20 10:00", "3nd", "2026-11-23 10:00", "")]
    [InlineData("half a natural day", "2026-11-20 20:00", "0.5nd", "2026-11-21 08:00", "")]
    public void A_limit_is_due_when_a_clerk_would_say_so(string situation, string start, string limit, string due, string notes)
    {
        var deadline = WorkingCalendar.China.Add(Beijing(start), TimeLimit.Parse(limit));

        Assert.True(Beijing(due) == deadline.DueAt, $"{situation}: expected {due}, got {deadline.DueAt.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm}");
        Assert.Equal(TimeSpan.Zero, deadline.DueAt.Offset);
        Assert.Equal(notes, string.Join(' ', deadline.Notes.Select(note => note.Kind)));
    }

    [Fact]
    public void Notes_name_the_holiday_and_its_days()
    {
        var notes = WorkingCalendar.China.Add(Beijing("2026-09-30 10:00"), TimeLimit.WorkingDays(3)).Notes;

        Assert.Equal(("国庆节", "National Day", 7), (notes[0].Name, notes[0].EnglishName, notes[0].Days));
        Assert.Equal([new DateOnly(2026, 10, 10)], notes[1].Dates!);
    }

    [Fact]
    public void Notes_stay_few_however_long_the_limit()
    {
        var deadline = WorkingCalendar.China.Add(Beijing("2024-01-01 10:00"), TimeLimit.WorkingDays(750));

        Assert.True(deadline.Notes.Count < 20);
        Assert.True(DeadlineJson.Write(deadline).Length < 3000);
        Assert.Equal(10, deadline.Notes.Count(note => note.Kind is DeadlineNoteKind.HolidayLeftOut) + 1);
    }

    [Theory]
    [InlineData("2026-10-01", CalendarDayKind.Holiday, true)]
    [InlineData("2026-10-10", CalendarDayKind.MakeUpDay, true)]
    [InlineData("2026-10-11", CalendarDayKind.Weekend, true)]
    [InlineData("2026-10-12", CalendarDayKind.Workday, true)]
    [InlineData("2027-10-01", CalendarDayKind.Workday, false)]
    public void A_date_says_why_it_is_or_is_not_worked(string date, CalendarDayKind kind, bool known)
    {
        var isWorking = WorkingCalendar.China.IsWorkingDay(DateOnly.Parse(date, CultureInfo.InvariantCulture), out var why);

        Assert.Equal((kind, known), (why.Kind, why.IsKnown));
        Assert.Equal(kind is CalendarDayKind.Workday or CalendarDayKind.MakeUpDay, isWorking);
    }

    [Fact]
    public void A_year_announced_later_is_merged_by_date()
    {
        var calendar = WorkingCalendar.China.With(
            [new(new(2027, 1, 1), IsWorking: false, "元旦"), new(new(2026, 12, 31), IsWorking: false, "元旦")], [2027]);

        var deadline = calendar.Add(Beijing("2026-12-30 10:00"), TimeLimit.WorkingDays(1));

        Assert.Equal(Beijing("2027-01-04 17:30"), deadline.DueAt);
        Assert.DoesNotContain(deadline.Notes, note => note.Kind == DeadlineNoteKind.CalendarUnknown);
        Assert.Equal(CalendarDayKind.Holiday, calendar.Describe(new(2026, 10, 1)).Kind);
    }

    [Theory]
    [InlineData(0, TimeUnit.WorkingHour)]
    [InlineData(-1, TimeUnit.UrgentHour)]
    [InlineData(0.5, TimeUnit.WorkingDay)]
    [InlineData(100_000, TimeUnit.WorkingHour)]
    [InlineData(100_000, TimeUnit.WorkingDay)]
    [InlineData(100_000, TimeUnit.NaturalDay)]
    [InlineData(1e27, TimeUnit.UrgentHour)]
    public void An_amount_that_makes_no_deadline_is_refused(double amount, TimeUnit unit)
    {
        var limit = new TimeLimit((decimal)amount, unit);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => WorkingCalendar.China.Add(Beijing("2026-11-16 10:00"), limit));

        Assert.Equal("limit", refusal.ParamName);
    }

    [Theory]
    [InlineData("2026-11-16 09:00", "2026-11-16 15:00", 240)]
    [InlineData("2026-11-16 12:10", "2026-11-16 13:50", 0)]
    [InlineData("2026-11-20 17:00", "2026-11-23 09:00", 60)]
    [InlineData("2026-10-01 00:00", "2026-10-08 00:00", 0)]
    [InlineData("2026-10-09 00:00", "2026-10-12 00:00", 840)]
    [InlineData("2026-11-16 15:00", "2026-11-16 09:00", -240)]
    public void Working_time_between_two_instants_is_session_time(string from, string to, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), WorkingCalendar.China.WorkingTimeBetween(Beijing(from), Beijing(to)));

    [Fact]
    public void A_calendar_survives_json()
    {
        var calendar = JsonSerializer.Deserialize<WorkingCalendar>(JsonSerializer.Serialize(WorkingCalendar.China, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

        Assert.Equal(WorkingCalendar.China.Overrides, calendar.Overrides);
        Assert.Equal(WorkingCalendar.China.Sessions, calendar.Sessions);
        Assert.Equal(WorkingCalendar.China.WorkingDays, calendar.WorkingDays);
        Assert.Equal(WorkingCalendar.China.KnownYears, calendar.KnownYears);
        Assert.Equal(
            WorkingCalendar.China.Add(Beijing("2026-09-30 17:00"), TimeLimit.WorkingHours(9)).DueAt,
            calendar.Add(Beijing("2026-09-30 17:00"), TimeLimit.WorkingHours(9)).DueAt);
    }

    [Fact]
    public void A_zone_that_changes_its_clocks_keeps_its_office_hours()
    {
        var berlin = new WorkingCalendar("Europe/Berlin", [DayOfWeek.Saturday, DayOfWeek.Sunday], [new(new(9, 0), new(17, 0))], [], []);

        // Summer time ends in the night between the two days.
        var due = berlin.Add(new DateTimeOffset(2026, 10, 24, 16, 0, 0, TimeSpan.FromHours(2)), TimeLimit.WorkingHours(2)).DueAt;

        Assert.Equal(new DateTimeOffset(2026, 10, 25, 10, 0, 0, TimeSpan.FromHours(1)), due);
    }

    [Fact]
    public void Sessions_that_overlap_are_refused() =>
        Assert.Throws<ArgumentException>(() => WorkingCalendar.China.WithSessions(
            new WorkSession(new(8, 0), new(12, 0)), new WorkSession(new(11, 0), new(17, 0))));

    private static DateTimeOffset Beijing(string time) =>
        new(DateTime.ParseExact(time, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
