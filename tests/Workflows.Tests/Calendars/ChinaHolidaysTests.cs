using System.Globalization;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Workflows.Tests.Calendars;

public sealed class ChinaHolidaysTests
{
    [Fact]
    public void The_years_shipped_agree_with_the_collected_notices()
    {
        var file = SharedFiles.Find("data/holidays/holidays_2007_2026.csv");
        var collected = File.ReadLines(file).Skip(1).Select(line => line.Split(','))
            .Select(cells => (Date: DateOnly.Parse(cells[0], CultureInfo.InvariantCulture), Name: cells[1], IsWorking: cells[2] == "work"))
            .Where(day => ChinaHolidays.Years.Contains(day.Date.Year));

        var shipped = ChinaHolidays.Overrides.Select(day => (day.Date, day.Name, day.IsWorking));

        Assert.Equal(collected, shipped);
    }

    [Fact]
    public void No_make_up_day_falls_on_a_day_worked_anyway() =>
        Assert.All(ChinaHolidays.Overrides.Where(day => day.IsWorking), day =>
            Assert.True(day.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{day.Date:O}"));
}
