using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Residents;

/// <summary>What became of a resident's act; each has a sentence "Done…" in the residents' texts.</summary>
public enum ActAnswer
{
    /// <summary>Judged, and content.</summary>
    Satisfied,

    /// <summary>Judged, and not content: it is taken up again.</summary>
    Dissatisfied,

    /// <summary>Judged before, or the time for it is over.</summary>
    RatedBefore,

    /// <summary>Taken up again.</summary>
    Reopened,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Not taken back: others reported the same, and it goes on for them.</summary>
    GoesOnForOthers,

    /// <summary>The case has moved on; what was asked for no longer applies.</summary>
    MovedOn,
}

/// <summary>The acts open to a resident, for pages and API alike. Whether this is the resident has been checked by the caller.</summary>
public sealed class ResidentActs(CaseCommands commands, ResidentQueries queries)
{
    public const int MaxComment = 1000;

    /// <summary>Of a case that is carried on under another, whoever reported that one judges; its reporter does where there is no other.</summary>
    public async Task<ActAnswer> RateAsync(string number, bool solved, bool satisfied, int stars, string? comment, CancellationToken cancellationToken = default)
    {
        var leading = await queries.GetLeadingAsync(number, cancellationToken);
        if (leading != number && await queries.HasReporterAsync(leading, cancellationToken))
        {
            return ActAnswer.MovedOn;
        }

        return await commands.RateAsync(leading, satisfied, solved, stars, comment?.Trim() ?? "", cancellationToken) switch
        {
            ActResult.Done => satisfied ? ActAnswer.Satisfied : ActAnswer.Dissatisfied,
            ActResult.TooLate => ActAnswer.RatedBefore,
            _ => ActAnswer.MovedOn,
        };
    }

    public async Task<ActAnswer> ReopenAsync(string number, string? reason, CancellationToken cancellationToken = default) =>
        await commands.ReopenAsync(await queries.GetLeadingAsync(number, cancellationToken), reason?.Trim() ?? "", cancellationToken) is ActResult.Done ? ActAnswer.Reopened : ActAnswer.MovedOn;

    public async Task<ActAnswer> WithdrawAsync(string number, string? reason, CancellationToken cancellationToken = default) =>
        await commands.WithdrawAsync(number, reason?.Trim() ?? "", cancellationToken) switch
        {
            ActResult.Done => ActAnswer.Withdrawn,
            ActResult.Refused { Reason: Refusal.WrongStatus, Detail: nameof(CaseStatus.Withdrawn) } => ActAnswer.Withdrawn,
            ActResult.Refused { Reason: Refusal.ActNotPossible, Detail: nameof(Workflows.Acts.ActObstacle.CarriesOthers) } => ActAnswer.GoesOnForOthers,
            _ => ActAnswer.MovedOn,
        };
}
