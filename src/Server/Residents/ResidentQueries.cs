using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Shell;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Residents;

/// <summary>What a resident may see of a case, and whether a code is the right one. Used by the pages and by the API.</summary>
public sealed class ResidentQueries(
    IDbContextFactory<GridFlowDbContext> database,
    OrganisationQueries organisation,
    BundleStore bundles,
    ResidentWords words,
    IStringLocalizer<ResidentsText> text,
    IStringLocalizer<ShellText> shell,
    TimeProvider time)
{
    private static readonly string NoHash = SecretCode.Hash("");

    /// <summary>The number as stored, however it was typed: small letters, blanks, full-width digits of a Chinese keyboard, no dash.</summary>
    public static string Normalise(string? number)
    {
        var plain = new string([.. Plain(number).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        const int Prefix = 6;
        return plain.Length > Prefix && plain.StartsWith("GF", StringComparison.Ordinal) ? $"{plain[..Prefix]}-{plain[Prefix..]}" : plain;
    }

    /// <summary>Whether the code belongs to the number. A number that does not exist takes as long and says the same.</summary>
    public async Task<bool> MayFollowAsync(string number, string? code, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var hash = await db.Reporters.AsNoTracking().Where(row => row.CaseNumber == number).Select(row => row.SecretHash).FirstOrDefaultAsync(cancellationToken);
        return SecretCode.Matches(Plain(code), hash ?? NoHash) && hash is not null;
    }

    /// <summary>The case for its resident; whether this is the resident has been checked by the caller.</summary>
    public async Task<FollowedCase?> FindAsync(string number, CancellationToken cancellationToken = default) =>
        await FindAsync(number, isOthers: false, cancellationToken) is { } found ? found with { Standing = found.IsCarried ? text["StandsCarried", found.Standing] : found.Standing } : null;

    // A case that others are carried under is told to them too: what its own reporter decides, they do not.
    private async Task<FollowedCase?> FindAsync(string number, bool isOthers, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Cases.AsNoTracking().FirstOrDefaultAsync(row => row.Number == number, cancellationToken) is not { } row)
        {
            return null;
        }

        var @case = CaseMapping.ToState(row);
        var open = await db.WorkItems.AsNoTracking().Where(item => item.CaseNumber == number && item.ClosedAt == null).OrderBy(item => item.OpenedAt).ToListAsync(cancellationToken);
        var bundle = await db.Instances.AsNoTracking().Where(instance => instance.Id == number).Select(instance => instance.Bundle).FirstAsync(cancellationToken);
        var rows = await db.History.AsNoTracking().Where(entry => entry.InstanceId == number && (entry.IsPublic || entry.Kind == HistoryKind.WorkItemCompleted))
            .OrderBy(entry => entry.Number).ToListAsync(cancellationToken);
        var history = rows.Select(TimelineEntry.Read).ToList();
        var keys = open.Select(item => item.Unit).Concat(history.SelectMany(entry => entry.Units)).Concat(@case.AssistingUnits).Append(@case.LeadUnit)
            .OfType<string>().Where(key => UnitKey.AreaOf(key) is not null || UnitKey.DepartmentOf(key) is not null).Distinct().ToList();
        var material = new CaseMaterial(@case, @case.Due, open, history, await organisation.GetUnitNamesAsync(keys, cancellationToken));
        var category = (await bundles.GetAsync(bundle, cancellationToken)).Categories.Find(@case.Category);
        var area = @case.AreaCode is { } code ? await organisation.GetPathNameAsync(code, cancellationToken) : null;
        var followed = Tell(material, isOthers) with
        {
            Category = category?.Name.ToString(),
            Where = (area, @case.Place) switch
            {
                (null, var place) => place,
                (_, null) => area,
                var (there, place) => $"{there} · {place}",
            },
            IdentityViews = await ViewsAsync(db, number, cancellationToken),
            CarriesOthers = await db.Cases.AnyAsync(other => other.MergedInto == number, cancellationToken),
        };
        if (@case.MergedInto is not { } into)
        {
            return followed;
        }

        var hasOtherReporter = isOthers || await db.Reporters.AnyAsync(reporter => reporter.CaseNumber == into, cancellationToken);
        return await FindAsync(into, hasOtherReporter, cancellationToken) is { } leading ? Carried(followed, leading) : followed;
    }

    /// <summary>The case whose acts count for a case: itself, or the one it is carried on under.</summary>
    public async Task<string> GetLeadingAsync(string number, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var leading = number;
        while (await db.Cases.AsNoTracking().Where(row => row.Number == leading).Select(row => row.MergedInto).FirstOrDefaultAsync(cancellationToken) is { } into)
        {
            leading = into;
        }

        return leading;
    }

    /// <summary>Whether somebody stands behind the case who can judge it.</summary>
    public async Task<bool> HasReporterAsync(string number, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Reporters.AnyAsync(reporter => reporter.CaseNumber == number, cancellationToken);
    }

    // What was reported and its own history stay the resident's; where it stands is where the other case stands, and what is done about
    // the matter since is told. What others said to that one is not shown.
    private static FollowedCase Carried(FollowedCase own, FollowedCase leading) => leading with
    {
        Number = own.Number,
        Title = own.Title,
        Detail = own.Detail,
        Nature = own.Nature,
        AcceptedAt = own.AcceptedAt,
        Where = own.Where,
        Rounds = [own.Rounds[0] with { Events = [.. Since(leading, own.Rounds[0].Events is [var last, ..] ? last.At : own.AcceptedAt), .. own.Rounds[0].Events] }, .. own.Rounds.Skip(1)],
        IdentityViews = own.IdentityViews,
        IsCarried = true,
    };

    private static IEnumerable<FollowedEvent> Since(FollowedCase leading, DateTimeOffset merged) =>
        leading.Rounds.SelectMany(round => round.Events).Where(told => told.IsForAll && told.At > merged).OrderByDescending(told => told.At);

    private static string Plain(string? typed) => (typed ?? "").Normalize(NormalizationForm.FormKC);

    private FollowedCase Tell(CaseMaterial material, bool isOthers)
    {
        var @case = material.Case;
        var now = time.GetUtcNow();
        var rating = material.Open.FirstOrDefault(item => item.Kind == WorkItemKind.Rating);
        var isHandled = @case.Handled is not null || @case.Status != CaseStatus.Open;
        return new FollowedCase
        {
            Number = @case.Number,
            Standing = words.Standing(material, isOthers, now),
            Title = @case.Title,
            Detail = @case.Detail,
            Nature = @case.Nature,
            AcceptedAt = @case.AcceptedAt,
            Status = @case.Status,
            Stage = @case.Stage,
            Tier = @case.Tier,
            LeadUnit = @case.LeadUnit is { } lead ? material.Units.GetValueOrDefault(lead) : null,
            AssistingUnits = [.. @case.AssistingUnits.Select(unit => material.Units.GetValueOrDefault(unit)).OfType<string>()],
            DueAt = isHandled ? null : @case.Due?.DueAt,
            DueExplained = isHandled || @case.Due is null ? null : DeadlineExplainer.Explain(@case.Due, ResidentWords.Zone, CultureInfo.CurrentUICulture),
            IsOverdue = !isHandled && @case.Due?.IsOverdue(now) == true,
            Facts = [.. Enum.GetValues<CaseFactKind>().Select(kind => FactOf(kind, material))],
            Answer = @case.Answer ?? ResidentWords.ReasonForClosing(material) ?? (isOthers ? ResidentWords.ReasonForEnding(material) : null),
            Round = @case.Round,
            Rounds = new ResidentTimeline(text, material.Units).Rounds(material.History, @case),
            IdentityViews = [],
            CanRate = rating is not null && !isOthers,
            RateBy = isOthers ? null : rating?.DueAt,
            IsOthers = isOthers,
        };
    }

    // Who said so is kept with the case by name; the history of it knows the unit.
    private static FollowedFact FactOf(CaseFactKind kind, CaseMaterial material)
    {
        var fact = kind switch
        {
            CaseFactKind.Handled => material.Case.Handled,
            CaseFactKind.Verified => material.Case.Verified,
            CaseFactKind.Confirmed => material.Case.Confirmed,
        };
        var entry = material.History.LastOrDefault(entry => entry.Kind == HistoryKind.FactRecorded && entry["fact"] == kind.ToString());
        var unit = entry?.ActorUnit is { } key ? material.Units.GetValueOrDefault(key) : null;
        return new FollowedFact(kind, fact?.At, fact is null ? null : unit);
    }

    // The post a person holds, not the name: enough to know who looked and to complain about it.
    private async Task<IReadOnlyList<FollowedView>> ViewsAsync(GridFlowDbContext db, string number, CancellationToken cancellationToken)
    {
        var views = await db.IdentityViews.AsNoTracking().Where(view => view.CaseNumber == number).OrderByDescending(view => view.At).ToListAsync(cancellationToken);
        var accounts = views.Select(view => view.AccountId).Distinct().ToList();
        var posts = await db.Posts.AsNoTracking().Where(post => accounts.Contains(post.AccountId)).ToListAsync(cancellationToken);
        var units = await organisation.GetUnitNamesAsync([.. posts.Select(post => post.UnitKey)], cancellationToken);
        return [.. views.Select(view => new FollowedView(view.At, Who(view.AccountId), view.Reason))];

        string Who(string account)
        {
            var held = posts.Where(post => post.AccountId == account).Select(post => text["UnitAndRole", units[post.UnitKey], shell[$"Role{post.Role}"]].Value).ToList();
            return held.Count > 0 ? string.Join(text["ListComma"], held) : text["Staff"];
        }
    }
}
