using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Acts.Whistling;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Whistles;

/// <summary>Which whistles a board shows.</summary>
public enum WhistleTab
{
    /// <summary>Not over yet.</summary>
    Open,

    /// <summary>Done, and waiting to be judged from both sides.</summary>
    ToAssess,

    /// <summary>Over.</summary>
    Over,
}

/// <summary>One of the three clocks of a whistled unit, or its part of the work.</summary>
/// <param name="DueAt">When it is due; null for the work itself.</param>
/// <param name="At">When it happened; null while it did not.</param>
/// <param name="IsLate">It did not happen in time.</param>
public sealed record WhistleMark(DateTimeOffset? DueAt, DateTimeOffset? At, bool IsLate);

/// <summary>A whistled unit on the board.</summary>
public sealed record WhistleUnitView(UnitName Unit, bool IsMine, WhistleMark Sign, WhistleMark Contact, WhistleMark Attend, DateTimeOffset? DoneAt)
{
    public string? SignedBy { get; init; }

    public string? AttendedBy { get; init; }

    public string? Place { get; init; }

    public string? Report { get; init; }

    public int? StreetScore { get; init; }

    public string? StreetWord { get; init; }

    public int? UnitScore { get; init; }

    public string? UnitWord { get; init; }

    public UnitName? MovedTo { get; init; }

    public string? WorkItem { get; init; }
}

/// <summary>A whistle on the board.</summary>
public sealed record WhistleView(string Id, string CaseNumber, string CaseTitle, int Number, WhistleKind Kind, WhistleGrounds Grounds, WhistleLevel Level, WhistleState State, string Words, UnitName Unit, string BlownBy, DateTimeOffset BlownAt)
{
    public string? AuditedBy { get; init; }

    /// <summary>The reader's unit has somebody or something to judge of it.</summary>
    public bool MayJudge { get; init; }

    public IReadOnlyList<WhistleUnitView> Units { get; init; } = [];
}

/// <summary>What boards and case pages read of whistles.</summary>
public sealed class WhistleQueries(IDbContextFactory<GridFlowDbContext> database, NameLookup lookup, AccountQueries accounts, TimeProvider time)
{
    public const int PageSize = 30;

    /// <summary>Whistles one may see, newest first; pages count from 1. One more than the page holds tells that there are more.</summary>
    public async Task<IReadOnlyList<WhistleView>> ListAsync(CurrentUser user, WhistleTab tab, int page = 1, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        List<WhistleState> states = tab switch
        {
            WhistleTab.Open => [WhistleState.Audit, WhistleState.Sounding, WhistleState.Answered, WhistleState.Attended],
            WhistleTab.ToAssess => [WhistleState.Done],
            WhistleTab.Over => [WhistleState.Assessed, WhistleState.Refused, WhistleState.Ended],
        };
        var rows = await db.Whistles.AsNoTracking().VisibleTo(user, db).Where(row => states.Contains(row.State))
            .OrderByDescending(row => row.BlownAt).ThenBy(row => row.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellationToken);
        return await ToViewsAsync(db, rows, user, cancellationToken);
    }

    /// <summary>The whistles of a case one may see, oldest first: repeats on one matter stand side by side.</summary>
    public async Task<IReadOnlyList<WhistleView>> OfCaseAsync(string number, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == number, cancellationToken))
        {
            return [];
        }

        var rows = await db.Whistles.AsNoTracking().Where(row => row.CaseNumber == number).OrderBy(row => row.Number).ToListAsync(cancellationToken);
        return await ToViewsAsync(db, rows, user, cancellationToken);
    }

    private async Task<IReadOnlyList<WhistleView>> ToViewsAsync(GridFlowDbContext db, List<WhistleRow> rows, CurrentUser user, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Select(row => row.Id).ToList();
        var units = (await db.WhistledUnits.AsNoTracking().Where(unit => ids.Contains(unit.WhistleId)).OrderBy(unit => unit.Unit).ToListAsync(cancellationToken)).ToLookup(unit => unit.WhistleId);
        var numbers = rows.Select(row => row.CaseNumber).Distinct().ToList();
        var titles = await db.Cases.AsNoTracking().Where(row => numbers.Contains(row.Number)).ToDictionaryAsync(row => row.Number, row => row.Title, cancellationToken);
        var names = await lookup.FindAsync(rows.Select(row => row.Unit).Concat(units.SelectMany(group => group).SelectMany(unit => new[] { unit.Unit, unit.MovedTo })), [], cancellationToken);
        var people = await accounts.GetNamesOfAsync(rows.SelectMany(row => new[] { row.BlownBy, row.AuditedBy }).Concat(units.SelectMany(group => group).SelectMany(unit => new[] { unit.SignedBy, unit.AttendedBy })), cancellationToken);
        var now = time.GetUtcNow();
        return [.. rows.Select(row => new WhistleView(
            row.Id, row.CaseNumber, titles.GetValueOrDefault(row.CaseNumber, ""), row.Number, row.Kind, row.Grounds, row.Level, row.State, row.Words, new UnitName(row.Unit, names.Unit(row.Unit)), people.Of(row.BlownBy), row.BlownAt)
        {
            AuditedBy = people.Of(row.AuditedBy),
            MayJudge = units[row.Id].Any(unit => unit is { DoneAt: not null, MovedTo: null } && (user.Holds(unit.Unit) ? unit.UnitScore is null : user.Holds(row.Unit) && unit.StreetScore is null)),
            Units = [.. units[row.Id].Select(unit => ToView(unit, user, names, people, now))],
        })];
    }

    private static WhistleUnitView ToView(WhistledUnitRow unit, CurrentUser user, Names names, PeopleNames people, DateTimeOffset now)
    {
        var late = unit.Late.Split(',');
        return new WhistleUnitView(
            new UnitName(unit.Unit, names.Unit(unit.Unit)), user.Holds(unit.Unit), Mark("sign", unit.SignDue, unit.SignedAt), Mark("contact", unit.ContactDue, unit.ContactedAt), Mark("attend", unit.AttendDue, unit.AttendedAt), unit.DoneAt)
        {
            SignedBy = people.Of(unit.SignedBy),
            AttendedBy = people.Of(unit.AttendedBy),
            Place = unit.Place,
            Report = unit.Report,
            StreetScore = unit.StreetScore,
            StreetWord = unit.StreetWord,
            UnitScore = unit.UnitScore,
            UnitWord = unit.UnitWord,
            MovedTo = unit.MovedTo is null ? null : new UnitName(unit.MovedTo, names.Unit(unit.MovedTo)),
            WorkItem = unit.WorkItem,
        };

        // What has struck is late for good; what has not struck yet is late as soon as its time is over.
        WhistleMark Mark(string clock, DateTimeOffset? due, DateTimeOffset? at) => new(due, at, late.Contains(clock) || (at is null && unit.DoneAt is null && due < now));
    }
}
