using System.Collections.Immutable;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>Asks the resident to judge and waits for the answer, as long as <c>limit</c> says. Solved and satisfied are asked apart.</summary>
internal sealed class AskRating : Activity
{
    public const string TypeName = "GridFlow.AskRating";
    public const string Satisfied = "Satisfied";
    public const string Dissatisfied = "Dissatisfied";
    private const string NoAnswer = "NoAnswer";

    public override string Type => TypeName;

    public override bool HasForm => true;

    public override ImmutableArray<string> Ports(ActivityNode node) => [Satisfied, Dissatisfied, NoAnswer];

    public override ActivityResult Execute(ActivityContext context)
    {
        if (!context.Case.HasReporter)
        {
            return ActivityResult.CompletedWith(NoAnswer);
        }

        context.ChangeCase(@case => @case with { Stage = CaseStage.Rating });
        var due = context.DeadlineOf("limit");
        var item = context.OpenWorkItem(WorkItemKind.Rating, UnitKey.Reporter, null, due);
        context.Send(MessageKind.RatingRequest, UnitKey.Reporter, null, context.Fill(context.LocalizedText("text")));
        if (due is not null)
        {
            context.SetTimer("no-answer", due.DueAt, item.Id);
        }

        return ActivityResult.Waiting;
    }

    public override ActivityResult OnWorkItemCompleted(ActivityContext context, WorkItem item, Stimulus.CompleteWorkItem completion)
    {
        var satisfied = completion.Outcome == Satisfied;
        var solved = completion.Fields.TryGetValue("solved", out var answer) ? ExpressionValue.ToText(answer) == "true" : satisfied;
        var stars = completion.Fields.TryGetValue("stars", out var given) && ExpressionValue.ToNumber(given) is >= 1 and <= 5 and var number ? (int)number : 0;
        context.ChangeCase(@case => @case with { Rating = new CaseRating(solved, satisfied, stars, completion.Comment ?? "", context.Now) });
        context.Record(HistoryKind.Rated, true, ("solved", solved ? "true" : "false"), ("satisfied", satisfied ? "true" : "false"), ("stars", ExpressionValue.ToText((double)stars)), ("comment", completion.Comment));
        return ActivityResult.CompletedWith(completion.Outcome);
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => ActivityResult.CompletedWith(NoAnswer);
}
