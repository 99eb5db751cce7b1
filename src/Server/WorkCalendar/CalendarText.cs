namespace GridFlow.Server.WorkCalendar;

public sealed class CalendarText;
