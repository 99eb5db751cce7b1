using System.Collections.Immutable;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Looping;

/// <summary>
/// Runs its body for every item, one after the other. The body sees the item as <c>CurrentValue</c> and its place as
/// <c>CurrentIndex</c>. The list is read once, when the loop begins.
/// </summary>
internal sealed class ForEach : Activity
{
    private const string Items = "items";
    private const string Next = "next";

    public override string Type => "Elsa.ForEach";

    public override bool IsLoop => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        context.Run.Locals[Items] = ItemsOf(context);
        return Continue(context);
    }

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) => Continue(context);

    /// <summary>The list to go through.</summary>
    internal static IReadOnlyList<object?> ItemsOf(ActivityContext context) => context.Input("items") switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        string text => [.. InputReader.ToList(text).Select(item => (object?)item)],
        var other => throw new ActivityException($"the items of '{context.Node.Id}' are {ExpressionValue.KindOf(other)}, not a list"),
    };

    /// <summary>The variables the body sees.</summary>
    internal static Dictionary<string, object?> Current(int index, object? value) => new() { ["CurrentIndex"] = (double)index, ["CurrentValue"] = value };

    private static ActivityResult Continue(ActivityContext context)
    {
        var items = context.Run.Locals[Items] as IReadOnlyList<object?> ?? [];
        var index = (int)ExpressionValue.ToNumber(context.Run.Locals.GetValueOrDefault(Next));
        if (index >= items.Count || context.Node.InSlot("body").FirstOrDefault() is not { } body)
        {
            return ActivityResult.Done;
        }

        context.Run.Locals[Next] = (double)(index + 1);
        context.SetOutput("currentValue", items[index]);
        return new ActivityResult.Schedules([new Scheduled(body, Current(index, items[index]))]);
    }
}
