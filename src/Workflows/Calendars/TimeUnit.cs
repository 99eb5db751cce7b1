using System.Text.Json.Serialization;

namespace GridFlow.Workflows.Calendars;

/// <summary>The four clocks a limit can run on. How each counts is written at <see cref="WorkingCalendar.Add"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TimeUnit>))]
public enum TimeUnit
{
    /// <summary>紧急工作时: an hour that runs day and night, holidays included.</summary>
    UrgentHour,

    /// <summary>工作时: an hour that runs only inside the sessions of working days.</summary>
    WorkingHour,

    /// <summary>工作日: a whole working day; the day of receipt is not counted.</summary>
    WorkingDay,

    /// <summary>自然日: 24 hours, whatever day it is.</summary>
    NaturalDay,
}
