using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Absences;

/// <summary>A person to choose.</summary>
public sealed record Person(string Id, string Name);

/// <summary>An absence as people read it; the last day is one on which the person is still away.</summary>
public sealed record Absence(string Id, Person Who, Person StandIn, DateTimeOffset From, DateTimeOffset Until, bool IsInForce, bool MayEnd);

/// <summary>Who is away, and who stands in. Whom it concerns has the posts of the absent one from the next page on.</summary>
public sealed class AbsenceStore(IDbContextFactory<GridFlowDbContext> database, TimeProvider time)
{
    public const int LongestDays = 366;
    private const int Offered = 20;

    /// <summary>Enters an absence, whole days long. Null when it is entered, else the key of a sentence that says why not.</summary>
    public async Task<string?> EnterAsync(string accountId, string standInId, DateOnly firstDay, DateOnly lastDay, CurrentUser by, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, CaseWords.Zone).DateTime);
        if (lastDay < firstDay || lastDay < today || lastDay.DayNumber - firstDay.DayNumber > LongestDays)
        {
            return "RefusedDays";
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var people = await db.Users.AsNoTracking().Include(account => account.Posts).Where(account => account.Id == accountId || account.Id == standInId).ToListAsync(cancellationToken);
        if (people.Find(account => account.Id == accountId) is not { } who || !await MaySpeakForAsync(db, by, who, cancellationToken))
        {
            return "RefusedWho";
        }

        if (accountId == standInId || people.Find(account => account.Id == standInId) is not { IsDisabled: false, Posts.Count: > 0 })
        {
            return "RefusedStandIn";
        }

        // Someone whose days begin today is away from now on, not since midnight.
        var from = firstDay <= today ? now : Midnight(firstDay);
        var until = Midnight(lastDay.AddDays(1));
        if (await db.Set<AbsenceRow>().AnyAsync(row => row.AccountId == accountId && row.From < until && row.Until > from, cancellationToken))
        {
            return "RefusedOverlap";
        }

        db.Add(new AbsenceRow { Id = Guid.CreateVersion7().ToString("N"), AccountId = accountId, StandInId = standInId, From = from, Until = until, ById = by.AccountId, ByName = by.Name });
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Ends an absence now, for who is back earlier; one that has not begun is taken back.</summary>
    public async Task<bool> EndAsync(string id, CurrentUser by, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<AbsenceRow>().FirstOrDefaultAsync(row => row.Id == id && row.Until > now, cancellationToken);
        var who = row is null ? null : await db.Users.AsNoTracking().Include(account => account.Posts).FirstOrDefaultAsync(account => account.Id == row.AccountId, cancellationToken);
        if (row is null || who is null || !await MaySpeakForAsync(db, by, who, cancellationToken))
        {
            return false;
        }

        if (row.From > now)
        {
            db.Remove(row);
        }
        else
        {
            row.Until = now;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Absences that are not over: those of the reader, those they stand in for, those they may enter.</summary>
    public async Task<IReadOnlyList<Absence>> ListAsync(CurrentUser user, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<AbsenceRow>().AsNoTracking().Where(row => row.Until > now).OrderBy(row => row.From).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var ids = rows.SelectMany(row => new[] { row.AccountId, row.StandInId }).Distinct().ToList();
        var people = await db.Users.AsNoTracking().Include(account => account.Posts).Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, cancellationToken);
        var list = new List<Absence>();
        foreach (var row in rows)
        {
            var mayEnd = await MaySpeakForAsync(db, user, people[row.AccountId], cancellationToken);
            if (mayEnd || row.StandInId == user.AccountId)
            {
                list.Add(new Absence(row.Id, Named(people[row.AccountId]), Named(people[row.StandInId]), row.From, row.Until, row.From <= now, mayEnd));
            }
        }

        return list;
    }

    /// <summary>People by a part of their name: for the reader's own absence anybody, for another's those the reader may enter one for.</summary>
    public async Task<IReadOnlyList<Person>> SearchAsync(string text, bool toSpeakFor, CurrentUser user, CancellationToken cancellationToken = default)
    {
        var wanted = text.Trim();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = db.Users.AsNoTracking().Include(account => account.Posts).Where(account => account.Posts.Count > 0 && account.LockoutEnd != DateTimeOffset.MaxValue);
        if (wanted.Length > 0)
        {
            found = found.Where(account => account.Name.Contains(wanted) || account.NameEn!.Contains(wanted) || account.UserName!.Contains(wanted));
        }

        var list = new List<Person>();
        var mine = user.UnitKeys.ToList();
        await foreach (var account in found.OrderByDescending(account => account.Posts.Any(post => mine.Contains(post.UnitKey))).ThenBy(account => account.UserName).Take(toSpeakFor ? 10 * Offered : Offered).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (list.Count < Offered && (toSpeakFor ? await MaySpeakForAsync(account) : account.Id != user.AccountId))
            {
                list.Add(Named(account));
            }
        }

        return list;

        async Task<bool> MaySpeakForAsync(Account account)
        {
            await using var other = await database.CreateDbContextAsync(cancellationToken);
            return await AbsenceStore.MaySpeakForAsync(other, user, account, cancellationToken);
        }
    }

    // Everybody for themselves; who keeps the people for all; who dispatches for those of their area.
    private static async Task<bool> MaySpeakForAsync(GridFlowDbContext db, CurrentUser user, Account who, CancellationToken cancellationToken)
    {
        if (who.Id == user.AccountId || user.Can(Permission.ManageOrganisation))
        {
            return true;
        }

        if (!user.Can(Permission.Dispatch))
        {
            return false;
        }

        var codes = who.Posts.Select(post => UnitKey.AreaOf(post.UnitKey)).OfType<string>().ToList();
        var departments = who.Posts.Select(post => UnitKey.DepartmentOf(post.UnitKey)).OfType<string>().ToList();
        codes.AddRange(await db.Departments.AsNoTracking().Where(department => departments.Contains(department.Key)).Select(department => department.AreaCode!).ToListAsync(cancellationToken));
        var paths = await db.Areas.AsNoTracking().Where(area => codes.Contains(area.Code)).Select(area => area.Path).ToListAsync(cancellationToken);
        return paths.Count > 0 && paths.TrueForAll(path => user.Can(Permission.Dispatch, path));
    }

    private static Person Named(Account account) => new(account.Id, account.DisplayName);

    private static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, CaseWords.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
