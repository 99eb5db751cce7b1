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

    private static AccountRow Row(Account account) => new(
        account.Id, account.UserName ?? "", account.Name, account.NameEn, account.IsDisabled,
        [.. account.Posts.OrderBy(post => post.Id).Select(post => new PostRow(post.Id, post.UnitKey, post.Role))]);
}
