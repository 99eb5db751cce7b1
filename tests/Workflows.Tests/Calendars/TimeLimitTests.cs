using System.Text.Json;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Workflows.Tests.Calendars;

public sealed class TimeLimitTests
{
    [Theory]
    [InlineData("2uh", 2, TimeUnit.UrgentHour, "2uh")]
    [InlineData("4wh", 4, TimeUnit.WorkingHour, "4wh")]
    [InlineData("1.5wh", 1.5, TimeUnit.WorkingHour, "1.5wh")]
    [InlineData("0.25wh", 0.25, TimeUnit.WorkingHour, "15wm")]
    [InlineData("15wm", 0.25, TimeUnit.WorkingHour, "15wm")]
    [InlineData("60wm", 1, TimeUnit.WorkingHour, "1wh")]
    [InlineData("30um", 0.5, TimeUnit.UrgentHour, "30um")]
    [InlineData("5wd", 5, TimeUnit.WorkingDay, "5wd")]
    [InlineData("3nd", 3, TimeUnit.NaturalDay, "3nd")]
    [InlineData("0.5nd", 0.5, TimeUnit.NaturalDay, "0.5nd")]
    public void The_compact_form_is_read_and_written(string text, double amount, TimeUnit unit, string written)
    {
        var limit = TimeLimit.Parse(text);

        Assert.Equal(new TimeLimit((decimal)amount, unit), limit);
        Assert.Equal(written, limit.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wh")]
    [InlineData("4")]
    [InlineData("4 wh")]
    [InlineData("4WH")]
    [InlineData("-4wh")]
    [InlineData("0wd")]
    [InlineData("0.5wd")]
    [InlineData("1,5wh")]
    [InlineData("99999999999999999999999999999999wh")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(TimeLimit.TryParse(text, out _));
        Assert.Throws<FormatException>(() => TimeLimit.Parse(text!));
    }

    [Fact]
    public void In_json_a_limit_is_its_text()
    {
        Assert.Equal("\"4wh\"", JsonSerializer.Serialize(TimeLimit.WorkingHours(4)));
        Assert.Equal(TimeLimit.WorkingDays(5), JsonSerializer.Deserialize<TimeLimit>("\"5wd\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TimeLimit>("5"));
    }
}
