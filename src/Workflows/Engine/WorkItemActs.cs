using System.Globalization;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Acts.Approvals;
using GridFlow.Workflows.Acts.Whistling;

namespace GridFlow.Workflows.Engine;

/// <summary>What people do with work items.</summary>
internal static class WorkItemActs
{
    private const string CompletedBy = "byId";

    public static Decision Claim(Step step, Stimulus.ClaimWorkItem claim)
    {
        if (step.Instance.WorkItems.FirstOrDefault(item => item.Id == claim.WorkItem) is not { } item)
        {
            return new Decision.TooLate(claim.WorkItem);
        }

        if (item.ClaimedBy is { } claimer)
        {
            return claimer.Id == claim.Actor.Id ? Unchanged(step) : new Decision.Refused(Refusal.ClaimedByOther, claimer.Name);
        }

        step.Change(item with { ClaimedBy = claim.Actor, ClaimedAt = step.Now });
        Responded(step, item);
        Whistles.Signed(step, item, claim.Actor);
        step.Record(HistoryKind.Claimed, claim.Actor, false, ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId));
        return new Decision.Accepted(step.ToCheckpoint());
    }

    public static Decision Release(Step step, Stimulus.ReleaseWorkItem release)
    {
        if (step.Instance.WorkItems.FirstOrDefault(item => item.Id == release.WorkItem) is not { } item)
        {
            return new Decision.TooLate(release.WorkItem);
        }

        if (item.ClaimedBy?.Id != release.Actor.Id)
        {
            return new Decision.Refused(Refusal.NotClaimed, item.ClaimedBy?.Name ?? "");
        }

        step.Change(item with { ClaimedBy = null, ClaimedAt = null });
        step.Record(HistoryKind.Released, release.Actor, false, ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId));
        return new Decision.Accepted(step.ToCheckpoint());
    }

    /// <summary>Checks outcome and answers against the form; null when all is well.</summary>
    public static Decision.Refused? Check(Step step, WorkItem item, Stimulus.CompleteWorkItem completion)
    {
        if (DidItThemselves(step, item, completion.Actor))
        {
            return new Decision.Refused(Refusal.SecondPersonNeeded, "");
        }

        var form = WorkItemForm.Of(step.Definition(item.DefinitionId), item);
        if (form.FindOutcome(completion.Outcome) is not { } outcome)
        {
            return new Decision.Refused(Refusal.UnknownOutcome, completion.Outcome);
        }

        if (outcome.NeedsComment && string.IsNullOrWhiteSpace(completion.Comment))
        {
            return new Decision.Refused(Refusal.InvalidField, "comment");
        }

        if (outcome.IsReturn && step.Instance.Case is { } @case && @case.Returns >= step.Bundle.Rules.MaxReturns)
        {
            return new Decision.Refused(Refusal.ReturnsUsedUp, @case.Returns.ToString(CultureInfo.InvariantCulture));
        }

        if (!outcome.IsReturn && Assist.OpenFor(step, item.Id) is > 0 and var open)
        {
            return new Decision.Refused(Refusal.OthersStillAtWork, open.ToString(CultureInfo.InvariantCulture));
        }

        if (outcome.Reports && step.Instance.Case?.OpenParts is > 0 and var parts)
        {
            return new Decision.Refused(Refusal.OthersStillAtWork, parts.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var field in form.FieldsOf(outcome))
        {
            var given = completion.Fields.GetValueOrDefault(field.Name);
            if (!field.Accepts(given, step.Bundle))
            {
                return new Decision.Refused(Refusal.InvalidField, field.Name);
            }
        }

        return null;
    }

    /// <summary>Takes the item out of the inbox, keeps the answers and lets them fill the case's facts.</summary>
    public static void Complete(Step step, WorkItem item, Stimulus.CompleteWorkItem completion)
    {
        var form = WorkItemForm.Of(step.Definition(item.DefinitionId), item);
        var fields = form.FieldsOf(form.FindOutcome(completion.Outcome)!).ToList();
        Responded(step, item);
        step.Close(item, completion.Outcome, completion.Actor, completion.Comment);
        ActRequests.Cancel(step, item.Id);
        if (item.Kind == WorkItemKind.Whistle && CaseActCatalog.ActOf(item) is null)
        {
            Whistles.Done(step, item, completion.Actor, Expressions.ExpressionValue.ToText(completion.Fields.GetValueOrDefault("report")));
        }

        if (form.FindOutcome(completion.Outcome)!.IsReturn && step.Instance.Case is { } sentBack)
        {
            step.Instance.Case = sentBack with { Returns = sentBack.Returns + 1 };
        }

        step.Completion = item.Kind == WorkItemKind.Incident ? null : (item.Run, completion.Outcome);
        if (step.FindRun(item.Run) is { } run && item.Kind != WorkItemKind.Incident)
        {
            step.Scope(run.Scope).Outputs[item.ActivityId] = completion.Fields
                .Add("outcome", completion.Outcome).Add("comment", completion.Comment).Add("by", completion.Actor.Name).Add(CompletedBy, completion.Actor.Id).Add("unit", item.Unit)
                .ToDictionary(field => field.Key, field => field.Value);
        }

        if (step.Instance.Case is { } @case)
        {
            step.Instance.Case = fields.Aggregate(@case, (facts, field) => CaseFields.Apply(facts, field, completion.Fields.GetValueOrDefault(field.Name), step.Bundle));
        }

        List<(string, string?)> data =
        [
            ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId), ("outcome", completion.Outcome), ("comment", completion.Comment),
            (HistoryData.Incident, item.Kind == WorkItemKind.Incident ? "true" : null),
            .. fields.Select(field => ("field:" + field.Name, Expressions.ExpressionValue.ToText(completion.Fields.GetValueOrDefault(field.Name)))),
        ];
        step.Record(HistoryKind.WorkItemCompleted, completion.Actor, false, [.. data]);
    }

    /// <summary>Whether its completion could be taken back: a person's step of a case, not a failure or a resident's word.</summary>
    public static bool CanBeTakenBack(WorkItem item, WorkflowInstance instance) => instance.Case is not null && item.Kind is WorkItemKind.Task or WorkItemKind.Approval or WorkItemKind.Whistle;

    // The response of a case: when a unit that handles it first signed or acted.
    private static void Responded(Step step, WorkItem item)
    {
        if (step.Instance.Case is { FirstClaimedAt: null, Stage: Cases.CaseStage.Handling } @case && item.Kind is WorkItemKind.Task or WorkItemKind.Whistle)
        {
            step.Instance.Case = @case with { FirstClaimedAt = step.Now };
        }
    }

    // Verified means that a second person saw it: the activity's input notBy names the step whose doer may not check it.
    private static bool DidItThemselves(Step step, WorkItem item, Actor actor) =>
        step.Definition(item.DefinitionId).FindActivity(item.ActivityId)?.Inputs.TryGetValue("notBy", out var done) == true
        && step.FindRun(item.Run) is { } run && step.Scope(run.Scope).Outputs.GetValueOrDefault(done.Text) is IReadOnlyDictionary<string, object?> answers
        && answers.GetValueOrDefault(CompletedBy) is string id && id == actor.Id;

    private static Decision.Accepted Unchanged(Step step) => new(step.ToCheckpoint());
}
