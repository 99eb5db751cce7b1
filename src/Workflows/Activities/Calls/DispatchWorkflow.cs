using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Calls;

/// <summary>
/// Begins another workflow as an instance of its own, and waits for its end if asked to. The order leaves with the outbox under
/// the id the instance will have, so it begins once, if and only if the step is committed; what it gives back comes the same way.
/// </summary>
internal sealed class DispatchWorkflow : Activity
{
    public override string Type => "Elsa.DispatchWorkflow";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["workflowDefinitionId"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context) => Dispatch(context, context.Flag("waitForCompletion"));

    public override ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload)
    {
        context.SetOutput("result", Read(payload).Results);
        return ActivityResult.Done;
    }

    internal static ActivityResult Dispatch(ActivityContext context, bool waits)
    {
        var id = context.Text("workflowDefinitionId");
        if (context.Bundle.FindDefinition(id) is null)
        {
            throw new ActivityException($"there is no workflow '{id}' in bundle {context.Bundle.Number}");
        }

        Post(context, id, InputOf(context), context.Text("correlationId"), waits);
        return waits ? ActivityResult.Waiting : ActivityResult.Done;
    }

    internal static void Post(ActivityContext context, string definitionId, IReadOnlyDictionary<string, object?> input, string correlationId, bool waits) =>
        context.Post(MessageKind.StartWorkflow, definitionId, new Dictionary<string, object?>
        {
            ["input"] = input,
            ["correlationId"] = correlationId.Length > 0 ? correlationId : null,
            ["answerTo"] = waits ? context.SetBookmark(BookmarkKind.Answer, definitionId).Id : null,
        });

    internal static ImmutableDictionary<string, object?> InputOf(ActivityContext context) =>
        context.Input("input") is IReadOnlyDictionary<string, object?> input ? input.ToImmutableDictionary() : ImmutableDictionary<string, object?>.Empty;

    internal static (IReadOnlyDictionary<string, object?> Results, ImmutableArray<string> Outcomes) Read(object? payload)
    {
        var answer = payload as IReadOnlyDictionary<string, object?>;
        var results = ExpressionValue.From(answer?.GetValueOrDefault("results")) as IReadOnlyDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty;
        var outcomes = InputReader.ToList(ExpressionValue.From(answer?.GetValueOrDefault("outcomes")));
        return (results, outcomes.Length > 0 ? outcomes : ["Done"]);
    }
}
