using System.Diagnostics.CodeAnalysis;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Accounts;

public sealed record AccountRow(
    string Id, string UserName, string Name, string? NameEn, bool IsDisabled, IReadOnlyList<PostRow> Posts)
{
    public string DisplayName => LocalName.Of(Name, NameEn);
}

public sealed record PostRow(long Id, string UnitKey, Role Role);

public sealed record AccountPage(IReadOnlyList<AccountRow> Rows, int Total);

/// <summary>What a reader calls people who are known by the name that was written down.</summary>
public sealed class PeopleNames(IReadOnlyDictionary<string, string> names)
{
    /// <summary>Everybody as they were written down.</summary>
    public static PeopleNames AsWritten { get; } = new(new Dictionary<string, string>());

    /// <summary>The name for the reader; the written one where there is no other, null for nobody.</summary>
    [return: NotNullIfNotNull(nameof(written))]
    public string? Of(string? written) => written is null ? null : names.GetValueOrDefault(written, written);
}

public sealed class AccountQueries(IDbContextFactory<GridFlowDbContext> database)
{
    public async Task<AccountPage> ListAsync(string? text, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var wanted = text?.Trim() ?? "";
        var accounts = db.Users.AsNoTracking();
        if (wanted.Length > 0)
        {
            accounts = accounts.Where(account =>
                account.Name.Contains(wanted) || account.NameEn!.Contains(wanted) || account.UserName!.Contains(wanted));
        }

        var total = await accounts.CountAsync(cancellationToken);
        var page = await accounts.OrderBy(account => account.UserName).Skip(skip).Take(take)
            .Include(account => account.Posts).ToListAsync(cancellationToken);
        return new AccountPage([.. page.Select(Row)], total);
    }

    public async Task<AccountRow?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var account = await db.Users.AsNoTracking().Include(account => account.Posts)
            .SingleOrDefaultAsync(account => account.Id == id, cancellationToken);
        return account is null ? null : Row(account);
    }

    /// <summary>Display names by account id, for timelines and lists.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetNamesAsync(
        IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var accounts = await db.Users.AsNoTracking().Where(account => accountIds.Contains(account.Id))
            .Select(account => new { account.Id, account.Name, account.NameEn }).ToListAsync(cancellationToken);
        return accounts.ToDictionary(account => account.Id, account => LocalName.Of(account.Name, account.NameEn));
    }

    /// <summary>
    /// Display names by the names that were written down when something was done, where nothing else was. Empty where those stand as they are;
    /// a name that people of different English names share stands as it is too.
    /// </summary>
    public async Task<PeopleNames> GetNamesOfAsync(IEnumerable<string?> written, CancellationToken cancellationToken = default)
    {
        var names = written.OfType<string>().Where(name => name.Length > 0).Distinct().ToList();
        if (!LocalName.IsEnglish || names.Count == 0)
        {
            return PeopleNames.AsWritten;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var accounts = await db.Users.AsNoTracking().Where(account => names.Contains(account.Name)).Select(account => new { account.Name, account.NameEn }).Distinct().ToListAsync(cancellationToken);
        return new PeopleNames(accounts.GroupBy(account => account.Name).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => LocalName.Of(same.Key, same.First().NameEn)));
    }

    private static AccountRow Row(Account account) => new(
        account.Id, account.UserName ?? "", account.Name, account.NameEn, account.IsDisabled,
        [.. account.Posts.OrderBy(post => post.Id).Select(post => new PostRow(post.Id, post.UnitKey, post.Role))]);
}
