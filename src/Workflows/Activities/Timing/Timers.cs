using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Timing;

/// <summary>Waits for a span of time; at the beginning of a workflow it starts one again and again.</summary>
internal sealed class Timer : Activity
{
    public override string Type => "Elsa.Timer";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["interval"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger())
        {
            return ActivityResult.Done;
        }

        context.SetTimer("timer", context.Now + Spans.Of(context, "interval"));
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => ActivityResult.Done;
}

/// <summary>Waits for an instant; one that is past is not waited for. At the beginning of a workflow it starts one then.</summary>
internal sealed class StartAt : Activity
{
    public override string Type => "Elsa.StartAt";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["dateTime"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        var instant = Spans.InstantOf(context, "dateTime");
        if (context.IsTrigger() || instant <= context.Now)
        {
            return ActivityResult.Done;
        }

        context.SetTimer("start-at", instant);
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => ActivityResult.Done;
}

/// <summary>Waits for the next instant a cron expression names; at the beginning of a workflow it starts one every time.</summary>
internal sealed class Cron : Activity
{
    public override string Type => "Elsa.Cron";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["cronExpression"];

    public override bool MayWait(ActivityNode node) => true;

    public override IEnumerable<LocalizedText> Problems(ActivityNode node)
    {
        if (node.Inputs.TryGetValue("cronExpression", out var cron) && cron.ExpressionType == "Literal" && Schedules.Problem(cron.Text) is { } problem)
        {
            yield return new LocalizedText($"“{cron.Text}”不是有效的 cron 表达式，应依次写秒、分、时、日、月、周，例如 0 30 8 * * ?", $"'{cron.Text}' is not a cron expression: {problem}");
        }
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger())
        {
            return ActivityResult.Done;
        }

        var text = context.Text("cronExpression");
        if (Schedules.Problem(text) is { } problem)
        {
            throw new ActivityException($"'{text}' is not a cron expression: {problem}");
        }

        context.SetTimer("cron", Schedules.Next(text, context.Now, context.Bundle.Calendar.Zone)
            ?? throw new ActivityException($"the cron expression '{text}' names no instant after {context.Now:O}"));
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => ActivityResult.Done;
}
