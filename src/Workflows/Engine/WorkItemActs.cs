using GridFlow.Workflows.Activities.Cases;

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
        step.Close(item, completion.Outcome, completion.Actor, completion.Comment);
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

    // Verified means that a second person saw it: the activity's input notBy names the step whose doer may not check it.
    private static bool DidItThemselves(Step step, WorkItem item, Actor actor) =>
        step.Definition(item.DefinitionId).FindActivity(item.ActivityId)?.Inputs.TryGetValue("notBy", out var done) == true
        && step.FindRun(item.Run) is { } run && step.Scope(run.Scope).Outputs.GetValueOrDefault(done.Text) is IReadOnlyDictionary<string, object?> answers
        && answers.GetValueOrDefault(CompletedBy) is string id && id == actor.Id;

    private static Decision.Accepted Unchanged(Step step) => new(step.ToCheckpoint());
}
