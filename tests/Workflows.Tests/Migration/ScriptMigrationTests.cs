using System.Globalization;
using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Tests.Migration;

/// <summary>Every way through the shipped flows, stopped after each step, moved to edited flows, and played on.</summary>
public sealed class ScriptMigrationTests
{
    private static readonly Actor Admin = new("admin", "管理员");
    private static readonly Bundle Old = ShippedBundle.Read(1);
    private static readonly Bundle Edited = EditedFlows.Publish(2);
    private static readonly ActivityMapping Mapping = MappingProposal.Between(Old, Edited).ToMapping();

    public static TheoryData<string> Scripts => [.. CaseScript.All.Select(script => script.Name)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_case_moved_after_any_step_comes_to_the_same_end(string name)
    {
        var script = CaseScript.All.Single(script => script.Name == name);
        var straight = new Course(Old, script);
        straight.PlayTo(script.Steps.Length);

        for (var stop = 0; stop < script.Steps.Length; stop++)
        {
            var moved = new Course(Old, script);
            moved.PlayTo(stop);
            var before = moved.Instance;

            moved.Send(new Stimulus.MoveToBundle(1, Edited, Mapping, "r", "改进流程", Admin));

            Assert.Equal(2, moved.Instance.Bundle);
            Assert.Equal(before.WorkItems.Select(item => (item.Id, item.Due?.DueAt, item.ClaimedBy, item.Unit, item.OpenedAt)), moved.Instance.WorkItems.Select(item => (item.Id, item.Due?.DueAt, item.ClaimedBy, item.Unit, item.OpenedAt)));
            Assert.Equal(before.Timers, moved.Instance.Timers);
            Assert.Equal(before.WorkItems.Count, moved.Last.Changed.Length);
            Assert.Empty(moved.Last.Opened);
            Assert.Empty(moved.Last.TimersSet);
            Assert.Empty(moved.Last.TimersRemoved);
            Assert.Equal(HistoryKind.Migrated, Assert.Single(moved.Last.History).Kind);

            moved.Bundle = Edited;
            moved.PlayTo(script.Steps.Length);
            Assert.Equal(InstanceStatus.Finished, moved.Instance.Status);
            Assert.Equal(straight.Trace(), moved.Trace());
            Assert.Equal(Facts(straight.Instance), Facts(moved.Instance));
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_case_moved_back_is_what_it_was(string name)
    {
        var script = CaseScript.All.Single(script => script.Name == name);
        for (var stop = 0; stop < script.Steps.Length; stop++)
        {
            var course = new Course(Old, script);
            course.PlayTo(stop);
            var before = Content(course.Instance);
            course.Send(new Stimulus.MoveToBundle(1, Edited, Mapping, "r", "改进流程", Admin));
            Assert.NotEqual(before, Content(course.Instance));
            var record = course.Last.Migration!;

            course.Bundle = Edited;
            course.Send(new Stimulus.MoveBack(record, TimeSpan.FromHours(24), "改错了", Admin));

            Assert.Equal(before, Content(course.Instance));
            Assert.Equal(course.Now, course.Last.Migration!.UndoneAt);
            Assert.Equal(course.Instance.WorkItems.Count, course.Last.Changed.Length);
            course.Bundle = Old;
            course.PlayTo(script.Steps.Length);
            Assert.Equal(InstanceStatus.Finished, course.Instance.Status);
        }
    }

    [Fact]
    public void A_case_that_went_on_or_whose_window_is_over_does_not_go_back()
    {
        var course = new Course(Old, CaseScript.All[0]);
        course.PlayTo(0);
        course.Send(new Stimulus.MoveToBundle(1, Edited, Mapping, "r", "改进流程", Admin));
        var record = course.Last.Migration!;
        course.Bundle = Edited;
        var back = new Stimulus.MoveBack(record, TimeSpan.FromHours(24), "改错了", Admin);

        Assert.Equal(ObstacleKind.TooLate, Obstacle(WorkflowExecutor.Decide(Edited, course.Instance, back, course.Now + TimeSpan.FromHours(25))));
        course.Send(new Stimulus.ClaimWorkItem(course.Instance.WorkItems[0].Id, CaseScript.Clerk));
        Assert.Equal(ObstacleKind.MovedOn, Obstacle(WorkflowExecutor.Decide(Edited, course.Instance, back, course.Now)));
    }

    [Fact]
    public void A_case_under_another_version_than_the_one_named_stays_where_it_is()
    {
        var course = new Course(Old, CaseScript.All[0]);
        course.PlayTo(0);

        Assert.Equal(ObstacleKind.OtherBundle, Obstacle(WorkflowExecutor.Decide(Old, course.Instance, new Stimulus.MoveToBundle(7, Edited, Mapping, "r", "", Admin), course.Now)));
    }

    private static ObstacleKind Obstacle(Decision decision)
    {
        var refused = Assert.IsType<Decision.Refused>(decision);
        Assert.Equal(Refusal.CannotMove, refused.Reason);
        return Assert.Single(MigrationObstacle.Read(refused.Detail)).Kind;
    }

    // What was routed after the move was routed by the newer table, and says so.
    private static string Facts(WorkflowInstance instance) => System.Text.Json.JsonSerializer.Serialize(
        instance.Case! with { Routing = instance.Case.Routing is { } routing ? routing with { Bundle = 0 } : null }, BundleJson.Options);

    // All of the state but the end of the history, which tells of the move and the way back.
    private static string Content(WorkflowInstance instance)
    {
        var copy = instance.Copy();
        (copy.HistoryCount, copy.HistoryHash) = (0, "");
        return InstanceJson.Write(copy);
    }

    private sealed class Course(Bundle bundle, CaseScript script)
    {
        private readonly List<HistoryEntry> _history = [];
        private int _played;

        public Bundle Bundle { get; set; } = bundle;

        public WorkflowInstance Instance { get; private set; } = null!;

        public Checkpoint Last { get; private set; } = null!;

        public DateTimeOffset Now { get; private set; } = CaseScript.Begin;

        public void PlayTo(int steps)
        {
            if (Instance is null)
            {
                Send(script.Start("GF2026-000001"));
            }

            for (; _played < steps; _played++)
            {
                var next = script.Steps[_played];
                if (next.Activity is null)
                {
                    var timer = Instance!.Timers.MinBy(timer => timer.DueAt)!;
                    Now = timer.DueAt;
                    Send(new Stimulus.TimerDue(timer.Id));
                }
                else
                {
                    var item = Instance!.WorkItems.First(item => EditedFlows.Original(item.ActivityId) == next.Activity);
                    Send(CaseScript.Complete(item with { ActivityId = next.Activity }, next.Outcome));
                }
            }
        }

        public void Send(Stimulus stimulus)
        {
            var decision = WorkflowExecutor.Decide(Bundle, Instance, stimulus, Now);
            Last = Assert.IsType<Decision.Accepted>(decision).Checkpoint;
            _history.AddRange(Last.History);
            var version = Last.Instance.Version;
            Instance = InstanceJson.Read(InstanceJson.Write(Last.Instance));
            (Instance.Case, Instance.Version) = (Last.Instance.Case, version + 1);
        }

        public IEnumerable<string> Trace() => _history.Where(entry => entry.Kind != HistoryKind.Migrated)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.At:O} {entry.Kind} {entry.Actor.Id} {string.Join(' ', entry.Data.Select(pair => $"{pair.Key}={Plain(pair.Key, pair.Value)}"))}"));

        private static string Plain(string key, string value) => key switch
        {
            "activity" => EditedFlows.Original(value),
            "via" or "then" => value.Replace("-2", "", StringComparison.Ordinal),
            _ => value,
        };
    }
}
