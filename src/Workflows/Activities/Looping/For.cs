using System.Collections.Immutable;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Looping;

/// <summary>Runs its body for every number from <c>start</c> to <c>end</c>, which the body sees as <c>CurrentValue</c>.</summary>
internal sealed class For : Activity
{
    private const string Current = "current";

    public override string Type => "Elsa.For";

    public override bool IsLoop => true;

    public override ActivityResult Execute(ActivityContext context) => Continue(context, Number(context, "start", 0));

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) =>
        Continue(context, ExpressionValue.ToNumber(context.Run.Locals.GetValueOrDefault(Current)) + Number(context, "step", 1));

    private static ActivityResult Continue(ActivityContext context, double value)
    {
        var (end, step) = (Number(context, "end", 0), Number(context, "step", 1));
        var inclusive = !context.Node.Inputs.ContainsKey("outerBoundInclusive") || context.Flag("outerBoundInclusive");
        var goesOn = step >= 0 ? value < end || (inclusive && value == end) : value > end || (inclusive && value == end);
        if (!goesOn || context.Node.InSlot("body").FirstOrDefault() is not { } body)
        {
            return ActivityResult.Done;
        }

        context.Run.Locals[Current] = value;
        context.SetOutput("currentValue", value);
        return new ActivityResult.Schedules([new Scheduled(body, new() { ["CurrentValue"] = value })]);
    }

    private static double Number(ActivityContext context, string name, double otherwise) => context.Input(name) switch
    {
        null or "" => otherwise,
        var value when double.IsFinite(ExpressionValue.ToNumber(value)) => ExpressionValue.ToNumber(value),
        var value => throw new ActivityException($"input '{name}' of '{context.Node.Id}' is '{ExpressionValue.ToText(value)}', which is not a number"),
    };
}
