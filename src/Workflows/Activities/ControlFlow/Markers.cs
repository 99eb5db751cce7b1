using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>Marks where a flowchart begins.</summary>
internal sealed class Start : Activity
{
    public override string Type => "Elsa.Start";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}

/// <summary>Marks an end of a flowchart; other branches go on.</summary>
internal sealed class End : Activity
{
    public const string TypeName = "Elsa.End";

    public override string Type => TypeName;

    public override ImmutableArray<string> Ports(ActivityNode node) => [];

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}

/// <summary>Ends the workflow it is in, with all that is still alive there.</summary>
internal sealed class Finish : Activity
{
    public override string Type => "Elsa.Finish";

    public override ImmutableArray<string> Ports(ActivityNode node) => [];

    public override ActivityResult Execute(ActivityContext context) => new ActivityResult.EndsWorkflow(["Done"]);
}

/// <summary>Ends the workflow it is in and tells the caller how: the caller goes on by these outcomes.</summary>
internal sealed class Complete : Activity
{
    public override string Type => "Elsa.Complete";

    public override ImmutableArray<string> Ports(ActivityNode node) => [];

    public override ActivityResult Execute(ActivityContext context) =>
        new ActivityResult.EndsWorkflow(context.List("outcomes") is { Length: > 0 } outcomes ? outcomes : ["Done"]);
}

/// <summary>Fails on purpose, with a message for the administrator.</summary>
internal sealed class Fault : Activity
{
    public override string Type => "Elsa.Fault";

    public override ImmutableArray<string> Ports(ActivityNode node) => [];

    public override ActivityResult Execute(ActivityContext context) => new ActivityResult.Faults(context.Text("message", "the workflow says it cannot go on"));
}
