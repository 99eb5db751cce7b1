using FsCheck;
using FsCheck.Fluent;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Workflows.Tests.Calendars;

public sealed class WorkingCalendarPropertyTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.China;
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<DateTimeOffset> Starts =
        from seconds in Gen.Choose(0, 3 * 366 * 24 * 3600)
        select new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddSeconds(seconds);

    private static readonly Gen<TimeLimit> Limits =
        from unit in Gen.Elements(Enum.GetValues<TimeUnit>())
        from amount in Gen.Choose(1, 120)
        select new TimeLimit(amount, unit);

    private static readonly Gen<int> Minutes = Gen.Choose(1, 6000);

    [Fact]
    public void A_later_start_is_never_due_earlier() =>
        Check(from start in Starts from wait in Gen.Choose(0, 20_000) from limit in Limits select (start, wait, limit), given =>
            Calendar.Add(given.start.AddMinutes(given.wait), given.limit).DueAt >= Calendar.Add(given.start, given.limit).DueAt);

    [Fact]
    public void A_larger_amount_is_never_due_earlier() =>
        Check(from start in Starts from more in Gen.Choose(0, 50) from limit in Limits select (start, more, limit), given =>
            Calendar.Add(given.start, given.limit with { Amount = given.limit.Amount + given.more }).DueAt
            >= Calendar.Add(given.start, given.limit).DueAt);

    [Fact]
    public void Two_limits_of_one_clock_one_after_the_other_are_one_limit() =>
        Check(from start in Starts from then in Gen.Choose(1, 60) from limit in Limits select (start, then, limit), given =>
            Calendar.Add(Calendar.Add(given.start, given.limit).DueAt, given.limit with { Amount = given.then }).DueAt
            == Calendar.Add(given.start, given.limit with { Amount = given.limit.Amount + given.then }).DueAt);

    [Fact]
    public void Minutes_add_up_without_loss() =>
        Check(from start in Starts from one in Minutes from other in Minutes select (start, one, other), given =>
            Calendar.Add(Calendar.Add(given.start, TimeLimit.WorkingMinutes(given.one)).DueAt, TimeLimit.WorkingMinutes(given.other)).DueAt
            == Calendar.Add(given.start, TimeLimit.WorkingMinutes(given.one + given.other)).DueAt);

    [Fact]
    public void Working_time_is_due_inside_a_session() =>
        Check(from start in Starts from minutes in Minutes select (start, minutes), given =>
        {
            var due = Calendar.Add(given.start, TimeLimit.WorkingMinutes(given.minutes)).DueAt;
            var local = TimeZoneInfo.ConvertTime(due, Calendar.Zone);
            var time = TimeOnly.FromDateTime(local.DateTime);
            return Calendar.Describe(DateOnly.FromDateTime(local.DateTime)).IsWorking
                && Calendar.Sessions.Any(session => time > session.From && time <= session.To);
        });

    [Fact]
    public void The_working_time_until_due_is_the_limit() =>
        Check(from start in Starts from minutes in Minutes select (start, minutes), given =>
            Calendar.WorkingTimeBetween(given.start, Calendar.Add(given.start, TimeLimit.WorkingMinutes(given.minutes)).DueAt)
            == TimeSpan.FromMinutes(given.minutes));

    [Fact]
    public void Every_deadline_survives_json_and_can_be_explained() =>
        Check(from start in Starts from limit in Limits select (start, limit), given =>
        {
            var deadline = Calendar.Add(given.start, given.limit);
            var read = DeadlineJson.Read(DeadlineJson.Write(deadline));
            return read.DueAt == deadline.DueAt && read.StartedAt == deadline.StartedAt && read.Limit == deadline.Limit
                && DeadlineExplainer.Explain(read, Calendar.Zone, new("zh-CN")) == DeadlineExplainer.Explain(deadline, Calendar.Zone, new("zh-CN"))
                && DeadlineExplainer.Explain(read, Calendar.Zone, new("en")).StartsWith("Due ", StringComparison.Ordinal);
        });

    [Fact]
    public void Every_limit_survives_its_text() =>
        Check(Gen.OneOf(Limits, Minutes.Select(minutes => TimeLimit.WorkingMinutes(minutes))), limit =>
            TimeLimit.Parse(limit.ToString()) == limit);

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) => Prop.ForAll(gen.ToArbitrary(), holds).Check(Thorough);
}
