using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Tests;

/// <summary>The course of one case: what people answer at each step, and when time passes.</summary>
public sealed record CaseScript(string Name, CaseState Case, ImmutableArray<ScriptStep> Steps)
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    public static readonly Actor Clerk = new("clerk", "王芳");

    public static readonly Actor Checker = new("checker", "李明");

    /// <summary>One script or more for every way through the shipped flows.</summary>
    public static ImmutableArray<CaseScript> All { get; } =
    [
        new("small matter, done and confirmed", Report("local/1/matter/06001"), [Do("handle", "Handled"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("small matter found by ourselves", Report("local/1/matter/06001") with { HasReporter = false }, [Do("handle", "Handled"), Do("verify", "Passed")]),
        new("small matter, checked and found not done", Report("local/1/matter/06001"),
            [Do("handle", "Handled"), Do("verify", "Failed"), Do("handle", "Handled"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("small matter sent back and dispatched again", Report("local/1/matter/06001"),
            [Do("handle", "Returned"), Do("redispatch", "Dispatched"), Do("handle", "Handled"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("small matter passed on to hard", Report("local/1/matter/06001"),
            [Do("handle", "PassOn"), Do("plan", "Whistle"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "Answered"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("small matter left undone until it is passed up", Report("local/1/matter/06001"),
            [Wait, Wait, Wait, Do("plan", "Whistle"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "Answered"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("hard matter whistled twice", Report("local/1/matter/51001"),
            [Do("plan", "Whistle"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "More"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "Answered"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("hard matter raised to big", Report("local/1/matter/51001"), [Do("plan", "Raise"), .. BigCourse]),
        new("big matter whose plan is refused once", Report("local/1/matter/52001"), [Do("plan", "Submitted"), Do("approve", "Rejected"), .. BigCourse]),
        new("resident not content: another round, one tier up", Report("local/1/matter/06001"),
            [Do("handle", "Handled"), Do("verify", "Passed"), Do("ask", "Dissatisfied"),
             Do("plan", "Whistle"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "Answered"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("resident reminded and silent", Report("local/1/matter/06001"), [Do("handle", "Handled"), Do("verify", "Passed"), Wait, Wait]),
        new("category unsure, confirmed by hand", Report(null) with { Title = "你好", Detail = "有一件事想说" },
            [Do("check", "Confirmed"), Do("plan", "Whistle"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "Answered"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("category unsure, sorted again", Report(null) with { Title = "你好", Detail = "有一件事想说" },
            [Do("check", "Resort"), Do("handle", "Handled"), Do("verify", "Passed"), Do("ask", "Satisfied")]),
        new("not a matter for us", Report(null) with { Title = "你好", Detail = "有一件事想说" }, [Do("check", "NotOurs")]),
    ];

    private static ImmutableArray<ScriptStep> BigCourse =>
        [Do("plan", "Submitted"), Do("approve", "Approved"), Do("whistle", "Done"), Do("whistle", "Done"), Do("answer", "Answered"), Do("verify", "Passed"), Do("ask", "Satisfied")];

    private static ScriptStep Wait => new(null, "");

    /// <summary>The start of the script's case under an id.</summary>
    public Stimulus.Start Start(string id) => new(id, ShippedBundle.IntakeWorkflow, Case with { Number = id }, ImmutableDictionary<string, object?>.Empty, Actor.Reporter);

    /// <summary>The completion of an open item by which a step goes on.</summary>
    public static Stimulus.CompleteWorkItem Complete(WorkItem item, string outcome)
    {
        object? assisting = item.ActivityId == "plan" ? new List<object?> { "dept:urban" } : null;
        var fields = new Dictionary<string, object?>
        {
            ["answer"] = "已清理干净",
            ["report"] = "本单位已办完",
            ["reason"] = "WrongUnit",
            ["plan"] = "三步走",
            ["solved"] = outcome == "Satisfied",
            ["stars"] = 4.0,
            ["lead"] = item.ActivityId == "redispatch" ? "dept:urban" : item.ActivityId is "plan" ? "dept:housing" : null,
            ["assisting"] = assisting,
            ["category"] = outcome == "Resort" ? "local/1/matter/06001" : null,
        };
        return new Stimulus.CompleteWorkItem(item.Id, outcome, fields.Where(field => field.Value is not null).ToImmutableDictionary(), "说明", item.Kind == WorkItemKind.Rating ? Actor.Reporter : item.ActivityId == "verify" ? Checker : Clerk);
    }

    private static ScriptStep Do(string activity, string outcome) => new(activity, outcome);

    private static CaseState Report(string? category) => new()
    {
        Number = "",
        Title = "小区门口垃圾堆了三天",
        Detail = "臭味很大，请尽快清理。",
        ReportedAt = Begin,
        AcceptedAt = Begin,
        HasReporter = true,
        Category = category,
        AreaPath = "/99/9901/990101/990101001/990101001001/990101001001001/",
    };
}

/// <summary>Somebody completes an item of an activity with an outcome; without an activity, time passes until the next timer.</summary>
public sealed record ScriptStep(string? Activity, string Outcome);
