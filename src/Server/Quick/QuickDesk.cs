using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Photos;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Quick;

/// <summary>What a grid worker found, as the phone sends it.</summary>
/// <param name="Key">Names the finding at the phone; the same key is taken in once.</param>
/// <param name="Category">The category's key, or null when words alone say what it is.</param>
/// <param name="Words">What was typed, if anything.</param>
/// <param name="IsHandled">It was dealt with on the spot.</param>
/// <param name="Before">The photo of the finding, or null.</param>
/// <param name="After">The photo after the work, or null.</param>
public sealed record Finding(string Key, string? Category, string Words, bool IsHandled, byte[]? Before, byte[]? After);

/// <summary>What became of a finding.</summary>
public abstract record FindingResult
{
    private FindingResult()
    {
    }

    /// <summary>It is in the books, now or since it was sent the first time.</summary>
    public sealed record Kept(string Number, bool IsHandled) : FindingResult;

    /// <summary>Not taken; a sentence that says why.</summary>
    public sealed record Refused(string Text) : FindingResult;
}

/// <summary>
/// Takes a small matter in and, when it was dealt with on the spot, completes the grid's own work item for who dealt with it.
/// Several steps, each of which finds out whether it was done before: what broke off in between is carried on by sending it again.
/// </summary>
public sealed class QuickDesk(
    CaseCommands commands,
    CaseQueries queries,
    PhotoStore photos,
    BundleStore bundles,
    IDbContextFactory<GridFlowDbContext> database,
    IStringLocalizer<QuickText> text,
    IStringLocalizer<PhotosText> photoText,
    IStringLocalizer<CasesText> caseText)
{
    private const string Handled = "Handled";
    private const string Answer = "answer";
    private const int MaxKey = 64;

    /// <summary>The area a person reports from: that of the post they report in.</summary>
    public static string? AreaOf(CurrentUser user) =>
        user.Posts.Where(post => post.Gives(Permission.Report)).Select(post => UnitKey.AreaOf(post.UnitKey)).FirstOrDefault(code => code is { Length: > 0 });

    /// <summary>How the desk names a report in the books, so that the same finding is taken in once.</summary>
    public static string IntakeKeyOf(string key, CurrentUser user) => $"quick:{user.AccountId}:{key}";

    public async Task<FindingResult> TakeAsync(Finding finding, CurrentUser user, CancellationToken cancellationToken = default)
    {
        var category = (await bundles.GetCurrentAsync(cancellationToken)).Categories.Find(finding.Category);
        if (Refuse(finding, category) is { } refusal)
        {
            return new FindingResult.Refused(refusal);
        }

        var (what, said) = (category?.Name.ToString() ?? "", finding.Words.Trim());
        var report = new NewReport
        {

            // What was typed says more than the category, and is the title where it is there.
            Title = said.Length > 0 ? "" : what,
            Detail = said.Length > 0 ? said : text["Detail", what],
            Category = category?.Key,
            AreaCode = AreaOf(user),
            Channel = CaseChannel.Patrol,
            Key = IntakeKeyOf(finding.Key, user),
        };
        string number;
        switch (await commands.ReportAsync(report, new Actor(user.AccountId, user.Name), cancellationToken))
        {
            case ReportResult.Accepted accepted:
                number = accepted.Number;
                break;
            case ReportResult.TakenInBefore before:
                number = before.Number;
                break;
            case ReportResult.Invalid invalid:
                return new FindingResult.Refused(caseText[invalid.TextKey]);
            case var other:
                throw new InvalidOperationException($"A report cannot end in {other}.");
        }

        // Evidence first: whoever checks the work is asked as soon as it is completed, and should find the photos there.
        await KeepPhotoAsync(number, PhotoKind.Before, finding.Before, finding.Key, user, cancellationToken);
        await KeepPhotoAsync(number, PhotoKind.After, finding.After, finding.Key, user, cancellationToken);
        return new FindingResult.Kept(number, finding.IsHandled && await HandleAsync(number, what, finding.Words, user, cancellationToken));
    }

    private string? Refuse(Finding finding, Category? category)
    {
        if (finding.Key.Length is 0 or > MaxKey || (finding.Category is not null && category is null))
        {
            return text["RefusedForm"].Value;
        }

        if (category is null && string.IsNullOrWhiteSpace(finding.Words))
        {
            return text["RefusedEmpty"].Value;
        }

        var bad = new[] { finding.Before, finding.After }.OfType<byte[]>().Select(photo => photos.Check(photo)).FirstOrDefault(refused => refused is not null);
        return bad is null ? null : photoText[bad.TextKey, bad.Number].Value;
    }

    private async Task KeepPhotoAsync(string number, PhotoKind kind, byte[]? picture, string key, CurrentUser user, CancellationToken cancellationToken)
    {
        if (picture is not null)
        {
            await photos.AddAsync(new NewPhoto(number, kind, null, $"{key}:{kind}", picture), user, cancellationToken);
        }
    }

    // True when it is handled by this person, now or before; false when the routing table gave it to somebody else.
    private async Task<bool> HandleAsync(string number, string what, string words, CurrentUser user, CancellationToken cancellationToken)
    {
        // A second person may have sent it back since: a late repetition must not complete it again.
        if (await WasHandledAsync(number, user, cancellationToken))
        {
            return true;
        }

        foreach (var item in (await queries.FindAsync(number, user, cancellationToken))?.OpenItems.Where(item => item.MayAct && user.Holds(item.Unit.Key)) ?? [])
        {
            if ((await queries.GetFormAsync(item, cancellationToken)).FindOutcome(Handled) is null)
            {
                continue;
            }

            var answer = words.Trim() is { Length: > 0 } said ? text["AnswerSaid", what, said] : text["Answer", what];
            var fields = ImmutableDictionary<string, object?>.Empty.Add(Answer, answer.Value);
            var result = await commands.CompleteAsync(item.Id, Handled, fields, null, user, cancellationToken);
            return result is ActResult.Done || await WasHandledAsync(number, user, cancellationToken);
        }

        // Nothing open for this person: another unit has it, or the same finding, sent at the same time, was quicker.
        return await WasHandledAsync(number, user, cancellationToken);
    }

    private async Task<bool> WasHandledAsync(string number, CurrentUser user, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.WorkItems.AsNoTracking().AnyAsync(row => row.CaseNumber == number && row.ClosedById == user.AccountId && row.Outcome == Handled, cancellationToken);
    }
}
