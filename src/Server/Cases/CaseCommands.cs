using System.Collections.Immutable;
using GridFlow.Server.Acts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>An act to take: which, with which case and work item, the answers of its form by name, and why.</summary>
public sealed record ActOrder(string Number, string Act, string? WorkItem, ImmutableDictionary<string, object?> Fields, string? Comment)
{
    /// <summary>What whoever gives it calls it: under the same key it is carried out once. Null for none.</summary>
    public string? Key { get; init; }
}

/// <summary>
/// Everything people do with cases, whether by page, API or verb. Checks who may, then hands a stimulus to the engine; what it
/// returns is committed.
/// </summary>
public sealed class CaseCommands(IDbContextFactory<GridFlowDbContext> database, WorkflowClient client, CaseNumbers numbers, TimeProvider time)
{
    /// <summary>Takes in a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="by">Who enters it: <see cref="Actor.Reporter"/> for a resident, a person of the staff otherwise.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<ReportResult> ReportAsync(NewReport report, Actor by, CancellationToken cancellationToken = default)
    {
        var detail = report.Detail.Trim();
        if (detail.Length == 0 && report.Title.Trim().Length == 0)
        {
            return new ReportResult.Invalid("ReportEmpty");
        }

        if (detail.Length > (report.IsImported ? NewReport.MaxKept : NewReport.MaxDetail) || report.Title.Length > NewReport.MaxTitle || report.Place?.Length > NewReport.MaxTitle
            || report.ReporterName.Length > 50 || report.ReporterPhone.Length > 30 || report.ReporterEmail.Length > 100)
        {
            return new ReportResult.Invalid("ReportTooLong");
        }

        var path = "/";
        if (report.AreaCode is not null)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            if (await db.Areas.AsNoTracking().Where(area => area.Code == report.AreaCode).Select(area => area.Path).FirstOrDefaultAsync(cancellationToken) is not { } found)
            {
                return new ReportResult.Invalid("ReportUnknownArea");
            }

            path = found;
        }

        var now = time.GetUtcNow();
        var number = await numbers.NextAsync(cancellationToken);
        var code = SecretCode.Create();
        var state = new CaseState
        {
            Number = number,
            Title = TitleOf(report),
            Detail = detail,
            ReportedAt = report.ReportedAt ?? now,
            AcceptedAt = now,
            Channel = report.Channel,
            Nature = report.Nature,
            AreaPath = path,
            Place = report.Place,
            Category = report.Category,
            HasReporter = report.HasReporter,
        };
        var reporter = report.HasReporter ? new Reporter(report.ReporterName, report.ReporterPhone, report.ReporterEmail, "", SecretCode.Hash(code)) : null;
        var start = new Stimulus.Start(number, ShippedBundle.IntakeWorkflow, state, ImmutableDictionary<string, object?>.Empty, by);
        return await client.StartAsync(start, report.Key, reporter, cancellationToken) switch
        {
            ActResult.Done => new ReportResult.Accepted(number, code),
            ActResult.TakenInBefore before => new ReportResult.TakenInBefore(before.InstanceId),
            var other => throw new InvalidOperationException($"A report cannot end in {other}."),
        };
    }

    /// <summary>Signs for a work item of a unit one belongs to.</summary>
    public Task<ActResult> ClaimAsync(string workItem, CurrentUser user, CancellationToken cancellationToken = default) =>
        ActAsync(workItem, user, actor => new Stimulus.ClaimWorkItem(workItem, actor), cancellationToken);

    /// <summary>Gives a signed item back.</summary>
    public Task<ActResult> ReleaseAsync(string workItem, CurrentUser user, CancellationToken cancellationToken = default) =>
        ActAsync(workItem, user, actor => new Stimulus.ReleaseWorkItem(workItem, actor), cancellationToken);

    /// <summary>Completes a work item.</summary>
    public Task<ActResult> CompleteAsync(
        string workItem, string outcome, ImmutableDictionary<string, object?> fields, string? comment, CurrentUser user, CancellationToken cancellationToken = default) =>
        ActAsync(workItem, user, actor => new Stimulus.CompleteWorkItem(workItem, outcome, fields, comment, actor), cancellationToken);

    /// <summary>
    /// Does something with a case beyond completing a drawn step: see <see cref="CaseActCatalog"/>. Who may is for <see cref="ActRights"/> to
    /// say, whether it is possible for the engine. Whoever may not see the case is not told that it exists.
    /// </summary>
    public Task<ActResult> TakeActAsync(
        string number, string act, string? workItem, ImmutableDictionary<string, object?> fields, string? comment, CurrentUser user, CancellationToken cancellationToken = default) =>
        TakeActAsync(new ActOrder(number, act, workItem, fields, comment), user, cancellationToken);

    /// <summary>The same; an order with a key can be given again by whoever heard no answer, and is carried out once.</summary>
    public async Task<ActResult> TakeActAsync(ActOrder order, CurrentUser user, CancellationToken cancellationToken = default)
    {
        var (number, act, workItem, fields, comment) = order;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (CaseActCatalog.Find(act) is not { } known)
        {
            return new ActResult.Refused(Refusal.UnknownAct, act);
        }

        if (await ActRights.FindActorAsync(db, number, known, workItem, fields, user, cancellationToken) is not { } actor)
        {
            return await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == number, cancellationToken)
                ? new ActResult.Refused(Refusal.NotYourAct, await ActRights.NameRefusedAsync(db, number, known, fields, user, cancellationToken))
                : new ActResult.NotFound(number);
        }

        if (comment?.Length > CaseWords.MaxComment || order.Key?.Length > Stimulus.TakeAct.MaxKey)
        {
            return new ActResult.Refused(Refusal.InvalidField, comment?.Length > CaseWords.MaxComment ? "comment" : "key");
        }

        (fields, var several) = await ActRights.WithCasesAsync(db, known, number, fields, user, cancellationToken);
        var taking = new Stimulus.TakeAct(act, workItem, await ActRights.WithPeopleAsync(db, known, fields, cancellationToken), comment?.Trim(), actor) { Key = order.Key };
        var refused = several is not null ? new ActResult.Refused(Refusal.SeveralCases, several)
            : await ActRights.FindProblemAsync(db, known, fields, actor.Unit, user, cancellationToken) is { } field ? new ActResult.Refused(Refusal.InvalidField, field)
            : await ActRights.WasOpenedAsync(db, known, number, user, cancellationToken) ? new ActResult.Refused(Refusal.ActNotPossible, nameof(ActObstacle.Opened))
            : null;

        // What it names may be over by now, by the very act that is told again.
        return refused is null ? await client.SendAsync(number, taking, cancellationToken) : await client.FindDoneAsync(number, taking, cancellationToken) ?? (ActResult)refused;
    }

    /// <summary>Tries a failed step again; true when it did not fail at once.</summary>
    public async Task<bool> RetryIncidentAsync(string workItem, CurrentUser user, CancellationToken cancellationToken = default) =>
        await CompleteAsync(workItem, "Retry", ImmutableDictionary<string, object?>.Empty, null, user, cancellationToken) is ActResult.Done done
        && done.Checkpoint.History.All(entry => entry.Kind != HistoryKind.Incident);

    /// <summary>Adds a remark to a case one may see; under the same key, where it has one, it is written once.</summary>
    public async Task<ActResult> CommentAsync(string number, string text, bool isPublic, CurrentUser user, string? key = null, CancellationToken cancellationToken = default)
    {
        if (key?.Length > Stimulus.TakeAct.MaxKey)
        {
            return new ActResult.Refused(Refusal.InvalidField, "key");
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == number, cancellationToken)
            ? await client.SendAsync(number, new Stimulus.AddComment(text, isPublic, ActorOf(user, null)) { Key = key }, cancellationToken)
            : new ActResult.NotFound(number);
    }

    /// <summary>Rates a case as its resident; the code has been checked by the caller.</summary>
    public async Task<ActResult> RateAsync(string number, bool satisfied, bool solved, int stars, string comment, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var item = await db.WorkItems.AsNoTracking().Where(row => row.CaseNumber == number && row.Kind == WorkItemKind.Rating)
            .OrderBy(row => row.ClosedAt != null).ThenByDescending(row => row.OpenedAt).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (item is null)
        {
            return new ActResult.NotFound(number);
        }

        var fields = ImmutableDictionary<string, object?>.Empty.Add("solved", solved).Add("stars", stars > 0 ? (double)stars : null);
        return await client.SendAsync(
            number, new Stimulus.CompleteWorkItem(item, satisfied ? "Satisfied" : "Dissatisfied", fields, comment, Actor.Reporter), cancellationToken);
    }

    /// <summary>Reopens a closed case as its resident; the code has been checked by the caller.</summary>
    public Task<ActResult> ReopenAsync(string number, string reason, CancellationToken cancellationToken = default) =>
        client.SendAsync(number, new Stimulus.ReopenCase(reason, Actor.Reporter), cancellationToken);

    /// <summary>Takes an open case back as its resident; the code has been checked by the caller.</summary>
    public async Task<ActResult> WithdrawAsync(string number, string reason, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AnyAsync(other => other.MergedInto == number, cancellationToken)
            ? new ActResult.Refused(Refusal.ActNotPossible, nameof(ActObstacle.CarriesOthers))
            : await client.SendAsync(number, new Stimulus.WithdrawCase(reason, Actor.Reporter), cancellationToken);
    }

    /// <summary>Shows who reported, to somebody who may see it, and records who looked and why.</summary>
    public async Task<Reporter?> RevealReporterAsync(string number, string reason, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => row.Number == number).Select(row => new { row.AreaPath }).FirstOrDefaultAsync(cancellationToken);
        if (row is null || string.IsNullOrWhiteSpace(reason) || !user.Can(Permission.RevealIdentity, row.AreaPath))
        {
            return null;
        }

        db.IdentityViews.Add(new IdentityViewRow { CaseNumber = number, AccountId = user.AccountId, Name = user.Name, Reason = reason.Trim(), At = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        return await db.Reporters.AsNoTracking().Where(reporter => reporter.CaseNumber == number)
            .Select(reporter => new Reporter(reporter.Name, reporter.Phone, reporter.Email, reporter.Address, "")).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<ActResult> ActAsync(string workItem, CurrentUser user, Func<Actor, Stimulus> act, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await db.WorkItems.AsNoTracking().InReachOf(user).FirstOrDefaultAsync(row => row.Id == workItem, cancellationToken);

        // Whoever may not act on it is not told that it exists.
        return row is null
            ? new ActResult.NotFound(workItem)
            : await client.SendAsync(row.CaseNumber, act(user.ActorIn(row.Unit, row.ClaimedById)), cancellationToken);
    }

    private static Actor ActorOf(CurrentUser user, string? unit) => user.ActorIn(unit);

    private static string TitleOf(NewReport report)
    {
        var title = report.Title.Trim();
        if (title.Length > 0)
        {
            return title;
        }

        const int Length = 30;
        var line = report.Detail.Trim().Split('\n')[0].Trim();
        return line.Length <= Length ? line : line[..Length] + "…";
    }
}
