using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Acts.Relating;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Engine;

/// <summary>What people do with a case as a whole.</summary>
internal static class CaseActs
{
    public static Decision Comment(Step step, Stimulus.AddComment comment)
    {
        if (comment.HeardAs is { } heard)
        {
            if (step.Instance.Heard.Contains(heard))
            {
                return new Decision.DoneBefore();
            }

            step.Instance.Heard.Add(heard);
        }

        step.Record(HistoryKind.Comment, comment.Actor, comment.IsPublic, ("text", comment.Text));
        return new Decision.Accepted(step.ToCheckpoint());
    }

    public static Decision Reopen(Step step, Stimulus.ReopenCase reopen)
    {
        if (step.Instance.Case is not { } @case)
        {
            return new Decision.Refused(Refusal.NoCase, "");
        }

        if (@case.Status != CaseStatus.Closed)
        {
            return new Decision.Refused(Refusal.WrongStatus, @case.Status.ToString());
        }

        if (step.Bundle.FindDefinition(step.Instance.DefinitionId) is not { } definition)
        {
            return new Decision.Refused(Refusal.UnknownDefinition, step.Instance.DefinitionId);
        }

        // A new round begins under the rules of today; the rounds before stay as they were.
        var before = step.Instance.Bundle;
        step.Instance.Bundle = step.Bundle.Number;
        step.Instance.Status = InstanceStatus.Running;
        BeginRound(step, reopen.Reason, reopen.Actor, before);
        return WorkflowExecutor.Begin(step, definition, ImmutableDictionary<string, object?>.Empty);
    }

    public static Decision Withdraw(Step step, Stimulus.WithdrawCase withdraw)
    {
        if (step.Instance.Case is not { } @case)
        {
            return new Decision.Refused(Refusal.NoCase, "");
        }

        if (@case.Status != CaseStatus.Open)
        {
            return new Decision.Refused(Refusal.WrongStatus, @case.Status.ToString());
        }

        return End(step, withdraw.Reason, withdraw.Actor);
    }

    /// <summary>Ends the instance with all that is alive in it, and takes its case back.</summary>
    public static Decision End(Step step, string reason, Actor by)
    {
        Leave(step, reason);
        if (step.Instance.Case is { } @case)
        {
            step.Instance.Case = @case with { Status = CaseStatus.Withdrawn, Stage = CaseStage.Done, ClosedAt = step.Now };
        }

        step.Record(HistoryKind.Withdrawn, by, true, ("reason", reason));
        return new Decision.Accepted(step.ToCheckpoint());
    }

    /// <summary>Ends everything that is alive in the instance: work, timers, requests, whistles.</summary>
    public static void Leave(Step step, string reason)
    {
        foreach (var scope in step.Instance.Scopes.Where(scope => scope.CallerRun == 0).ToList())
        {
            step.RemoveScope(scope);
        }

        step.Abandon(reason);
        Over(step);
    }

    /// <summary>What hangs on the case beside its drawing ends with it, and the case it is a part of hears of it.</summary>
    public static void Over(Step step)
    {
        ActRequests.CancelAll(step);
        Whistles.EndAll(step);
        foreach (var timer in step.Instance.Timers.Where(timer => timer is { Run: 0, Purpose: ActClock.ResumeTimer }).ToList())
        {
            step.RemoveTimer(timer);
        }

        if (step.Instance.Case is { SplitFrom: { } whole } @case)
        {
            RelatedMessage.Post(step, whole, RelatedEvent.PartClosed);
        }

        step.Instance.Case = step.Instance.Case is { HeldUntil: not null } held ? held with { HeldUntil = null } : step.Instance.Case;
    }

    /// <summary>Same case, next round, one tier up: what was not solved there is not sent there again.</summary>
    public static void BeginRound(Step step, string reason, Actor by, int? bundleBefore = null)
    {
        var @case = step.Instance.Case!;
        step.Instance.Case = @case with
        {
            Status = CaseStatus.Open,
            Stage = CaseStage.Dispatching,
            Round = @case.Round + 1,
            Handled = null,
            Verified = null,
            Confirmed = null,
            Rating = null,
            Answer = null,
            ClosedAt = null,
        };
        step.Record(HistoryKind.Reopened, by, true, ("round", (@case.Round + 1).ToString(CultureInfo.InvariantCulture)), ("reason", reason), ("bundle", bundleBefore?.ToString(CultureInfo.InvariantCulture)));
        RaiseTier(step, by);
    }

    /// <summary>One tier up, as far as there is one.</summary>
    public static void RaiseTier(Step step, Actor by)
    {
        var @case = step.Instance.Case!;
        var raised = @case.Tier switch
        {
            null or CaseTier.Small => CaseTier.Hard,
            _ => CaseTier.Big,
        };
        if (@case.Tier != raised)
        {
            step.Record(HistoryKind.TierChanged, by, true, ("from", @case.Tier?.ToString()), ("to", raised.ToString()));
            step.Instance.Case = @case with { Tier = raised };
        }
    }
}
