using System.Text.Json;
using GridFlow.Server.Audit;
using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Drafts;

/// <summary>
/// Puts drafts in force: at once, at a time, or after somebody else has looked at them. The draft becomes a bundle, and the
/// bundle comes into force, in one transaction.
/// </summary>
public sealed class DraftPublisher(
    DraftStore drafts, BundleStore bundles, IDbContextFactory<GridFlowDbContext> database, IOptions<PublishingOptions> options, TimeProvider time)
{
    /// <summary>In characters.</summary>
    public const int LongestReason = BundleCommands.LongestReason;

    /// <summary>Whether whoever edited a draft has to leave publishing it to somebody else.</summary>
    public bool NeedsTwoPersons => options.Value.TwoPersons;

    /// <summary>Publishes an open draft, or one that was asked for; or sets the time at which that happens.</summary>
    /// <param name="id">The draft.</param>
    /// <param name="reason">Why; null takes the reason of whoever asked.</param>
    /// <param name="at">When; null for at once, or for the time that was asked for.</param>
    /// <param name="who">Who; checked for the permission here.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public async Task<DraftOutcome> PublishAsync(int id, string? reason, DateTimeOffset? at, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who, Permission.Publish);
        if (await drafts.FindAsync(id, cancellationToken) is not { } draft)
        {
            return new DraftOutcome.Refused(DraftRefusal.NotFound);
        }

        (reason, at) = (reason ?? draft.Publication.Reason, at ?? draft.Publication.At);
        if (await RefusalAsync(draft, reason, at, who, cancellationToken) is { } refusal)
        {
            return new DraftOutcome.Refused(refusal);
        }

        if (await FaultsAsync(draft, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (at is { } then)
        {
            return await drafts.SetAsync(draft, who, AuditAct.PublishScheduled, Told(reason!, then), row =>
            {
                (row.Status, row.Reason, row.PublishAt, row.Problem) = (DraftStatus.Scheduled, reason!.Trim(), then, null);
                (row.RequestedById, row.RequestedByName) = (who.AccountId, who.Name);
            }, cancellationToken)
                ? new DraftOutcome.Scheduled(then)
                : new DraftOutcome.Refused(DraftRefusal.ChangedMeanwhile);
        }

        return await PutInForceAsync(draft, draft.Content, draft.Base, reason!, who, cancellationToken);
    }

    /// <summary>Asks that somebody else publish an open draft.</summary>
    public async Task<DraftOutcome> RequestAsync(int id, string? reason, DateTimeOffset? at, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who, Permission.Edit);
        if (await drafts.FindAsync(id, cancellationToken) is not { } draft)
        {
            return new DraftOutcome.Refused(DraftRefusal.NotFound);
        }

        if (draft.Status != DraftStatus.Open)
        {
            return new DraftOutcome.Refused(DraftRefusal.NotOpen);
        }

        if ((WrongReason(reason) ?? WrongTime(at)) is { } refusal)
        {
            return new DraftOutcome.Refused(refusal);
        }

        return await FaultsAsync(draft, cancellationToken) ?? await ChangeAsync(draft, who, AuditAct.PublishRequested, reason!, row =>
        {
            (row.Status, row.Reason, row.PublishAt, row.Problem) = (DraftStatus.Requested, reason!.Trim(), at, null);
            (row.RequestedById, row.RequestedByName) = (who.AccountId, who.Name);
        }, cancellationToken);
    }

    /// <summary>Opens a draft again that waits for somebody or for its time: taken back by an editor, or sent back by a publisher, who says why.</summary>
    public async Task<DraftOutcome> ReopenAsync(int id, string? reason, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who, Permission.Edit);
        var draft = await drafts.FindAsync(id, cancellationToken);
        if (draft is not { Status: DraftStatus.Requested or DraftStatus.Scheduled })
        {
            return new DraftOutcome.Refused(draft is null ? DraftRefusal.NotFound : DraftRefusal.NotRequested);
        }

        var isSentBack = draft.Publication.RequestedById != who.AccountId;
        if (isSentBack && WrongReason(reason) is { } refusal)
        {
            return new DraftOutcome.Refused(refusal);
        }

        return await ChangeAsync(draft, who, isSentBack ? AuditAct.PublishSentBack : AuditAct.PublishWithdrawn, reason ?? "", row =>
        {
            (row.Status, row.PublishAt, row.RequestedById, row.RequestedByName) = (DraftStatus.Open, null, null, null);
            row.Problem = isSentBack ? JsonSerializer.Serialize(new LocalizedText($"{who.Name}退回：{reason!.Trim()}", $"Sent back by {who.NameEn ?? who.Name}: {reason.Trim()}"), BundleJson.Options) : null;
        }, cancellationToken);
    }

    /// <summary>Gives an open draft up. Its edits stay in the books.</summary>
    public async Task<DraftOutcome> DiscardAsync(int id, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who, Permission.Edit);
        var draft = await drafts.FindAsync(id, cancellationToken);
        return draft is { Status: DraftStatus.Open }
            ? await ChangeAsync(draft, who, AuditAct.DraftDiscarded, draft.Name, row => row.Status = DraftStatus.Discarded, cancellationToken)
            : new DraftOutcome.Refused(draft is null ? DraftRefusal.NotFound : DraftRefusal.NotOpen);
    }

    /// <summary>Publishes what is due. What cannot be published any more is opened again and says why.</summary>
    /// <returns>How many drafts were published.</returns>
    internal async Task<int> PublishDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<int> due;
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            due = await db.Drafts.Where(row => row.Status == DraftStatus.Scheduled && row.PublishAt <= now).OrderBy(row => row.PublishAt).Select(row => row.Id).ToListAsync(cancellationToken);
        }

        var published = 0;
        foreach (var id in due)
        {
            published += await PublishDueAsync(id, cancellationToken) ? 1 : 0;
        }

        return published;
    }

    private async Task<bool> PublishDueAsync(int id, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(id, cancellationToken) is not { Status: DraftStatus.Scheduled, Publication: { Reason: { } reason, RequestedById: { } byId, RequestedBy: { } by } } draft)
        {
            return false;
        }

        // Nobody is signed in when the time has come; it is the act of whoever set it.
        var who = new CurrentUser(byId, by, null, [new UserPost(UnitKey.Everywhere, Role.Administrator, "/")]);
        var inForce = await bundles.GetCurrentAsync(cancellationToken);
        var taken = BundleEdits.Apply(inForce, draft.Changes);
        var problem = taken.IsDone
            ? (await bundles.CheckAsync(taken.Content, cancellationToken)).FirstOrDefault(found => found.IsError)?.Message
            : new LocalizedText($"发布时间到了，但第 {inForce.Number} 版已改动同一处：{taken.Conflicts[0].Path}", $"its time has come, but version {inForce.Number} changed the same: {taken.Conflicts[0].Path}");
        if (problem is null)
        {
            return await PutInForceAsync(draft, taken.Content, inForce, reason, who, cancellationToken) is DraftOutcome.Published;
        }

        await drafts.SetAsync(draft, who, AuditAct.PublishFailed, problem.En, row =>
        {
            (row.Status, row.PublishAt) = (DraftStatus.Open, null);
            row.Problem = JsonSerializer.Serialize(problem, BundleJson.Options);
        }, cancellationToken);
        return false;
    }

    private async Task<DraftRefusal?> RefusalAsync(Draft draft, string? reason, DateTimeOffset? at, CurrentUser who, CancellationToken cancellationToken)
    {
        if (draft.Status is not (DraftStatus.Open or DraftStatus.Requested))
        {
            return DraftRefusal.NotOpen;
        }

        return WrongReason(reason) ?? WrongTime(at) ?? (NeedsTwoPersons && await IsOwnWorkAsync(draft, who, cancellationToken) ? DraftRefusal.OwnWork : null);
    }

    private static DraftRefusal? WrongReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? DraftRefusal.ReasonMissing : reason.Length > LongestReason ? DraftRefusal.ReasonLong : null;

    private DraftRefusal? WrongTime(DateTimeOffset? at) => at <= time.GetUtcNow() ? DraftRefusal.TimePast : null;

    private async Task<bool> IsOwnWorkAsync(Draft draft, CurrentUser who, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return draft.Publication.RequestedById == who.AccountId || await db.DraftEdits.AnyAsync(edit => edit.DraftId == draft.Id && edit.AccountId == who.AccountId, cancellationToken);
    }

    private async Task<DraftOutcome?> FaultsAsync(Draft draft, CancellationToken cancellationToken)
    {
        var inForce = await bundles.GetCurrentAsync(cancellationToken);
        if (inForce.Number != draft.Base.Number)
        {
            return new DraftOutcome.Outdated(inForce.Number);
        }

        if (draft.Changes.Count == 0)
        {
            return new DraftOutcome.Refused(DraftRefusal.NothingNew);
        }

        var problems = await bundles.CheckAsync(draft.Content, cancellationToken);
        return problems.Any(problem => problem.IsError) ? new DraftOutcome.Faulty(problems) : null;
    }

    private async Task<DraftOutcome> PutInForceAsync(Draft draft, Bundle content, Bundle inForce, string reason, CurrentUser who, CancellationToken cancellationToken)
    {
        var result = await bundles.PublishAsync(content, reason.Trim(), who, inForce.Number, async (db, number) =>
        {
            if (!await drafts.TakeAsync(db, draft, who.Name, cancellationToken))
            {
                return false;
            }

            var row = await db.Drafts.SingleAsync(found => found.Id == draft.Id, cancellationToken);
            (row.Status, row.Reason, row.PublishedAs, row.Problem) = (DraftStatus.Published, reason.Trim(), number, null);
            return true;
        }, cancellationToken);
        switch (result)
        {
            case PublishResult.Published published:
                drafts.Tell(new DraftEdited(draft.Id, draft.Version + 1, [], who.AccountId, who.Name));
                return new DraftOutcome.Published(published.Number);
            case PublishResult.Refused refused:
                return new DraftOutcome.Faulty(refused.Problems);
            case PublishResult.Outdated outdated:
                return new DraftOutcome.Outdated(outdated.InForce);
            default:
                return new DraftOutcome.Refused(DraftRefusal.ChangedMeanwhile);
        }
    }

    private async Task<DraftOutcome> ChangeAsync(Draft draft, CurrentUser who, AuditAct act, string detail, Action<DraftRow> set, CancellationToken cancellationToken) =>
        await drafts.SetAsync(draft, who, act, detail, set, cancellationToken) ? new DraftOutcome.Done() : new DraftOutcome.Refused(DraftRefusal.ChangedMeanwhile);

    private static string Told(string reason, DateTimeOffset at) => $"{at:u} {reason.Trim()}";

    private static void Require(CurrentUser who, Permission permission)
    {
        if (!who.Can(permission))
        {
            throw new UnauthorizedAccessException($"This needs the permission {permission}.");
        }
    }
}
