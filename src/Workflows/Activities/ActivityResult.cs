using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities;

/// <summary>What an activity wants to happen next. The engine interprets it; the activity itself does nothing.</summary>
public abstract record ActivityResult
{
    private ActivityResult()
    {
    }

    /// <summary>It waits: for a work item, a timer, or the activities inside it.</summary>
    public static readonly ActivityResult Waiting = new Waits();

    /// <summary>It is done, with the outcome every activity has.</summary>
    public static readonly ActivityResult Done = new Completed(["Done"]);

    /// <summary>It is done, with these outcomes: connections from those ports are followed.</summary>
    public static ActivityResult CompletedWith(params ImmutableArray<string> outcomes) => new Completed(outcomes);

    /// <summary>It is done.</summary>
    /// <param name="Outcomes">The ports whose connections are followed.</param>
    public sealed record Completed(ImmutableArray<string> Outcomes) : ActivityResult;

    /// <summary>It waits.</summary>
    public sealed record Waits : ActivityResult;

    /// <summary>It is a container and these of its activities are to begin; it waits for them.</summary>
    public sealed record Schedules(ImmutableArray<Scheduled> Activities) : ActivityResult;

    /// <summary>It calls another workflow of the bundle and waits for its end, whose outcomes become its own.</summary>
    public sealed record Calls(string DefinitionId, ImmutableDictionary<string, object?> Input) : ActivityResult;

    /// <summary>The workflow it is in ends here, with everything still alive in it; the caller goes on with these outcomes.</summary>
    public sealed record EndsWorkflow(ImmutableArray<string> Outcomes) : ActivityResult;

    /// <summary>The loop around it ends here, with everything still alive in it.</summary>
    public sealed record Breaks : ActivityResult;

    /// <summary>It failed: it is tried again as its retry policy says, then a person decides how to go on.</summary>
    /// <param name="Problem">What is wrong, for the administrator.</param>
    public sealed record Faults(string Problem) : ActivityResult
    {
        /// <summary>Trying again cannot help: a person is asked at once, unless the drawing itself asks for attempts.</summary>
        public bool IsCertain { get; init; }
    }
}

/// <summary>An activity that is to begin.</summary>
/// <param name="Node">The activity as drawn.</param>
/// <param name="Variables">Variables it and what is inside it see, by name; null for none.</param>
public sealed record Scheduled(ActivityNode Node, Dictionary<string, object?>? Variables = null)
{
    /// <summary>An activity without variables of its own.</summary>
    public static implicit operator Scheduled(ActivityNode node) => new(node);
}
