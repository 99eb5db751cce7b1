using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Acts;

/// <summary>What forms of acts let one choose from: colleagues, and cases to merge into.</summary>
public sealed class ActChoices(IDbContextFactory<GridFlowDbContext> database)
{
    private const int MostCases = 30;

    /// <summary>People who hold a post in a unit, of a role if one is given, as <see cref="FieldPerson"/> writes them, with their names.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> PeopleOfAsync(string unit, Role? role = null, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var people = await db.Users.AsNoTracking().Where(account => db.Posts.Any(post => post.AccountId == account.Id && post.UnitKey == unit && (role == null || post.Role == role)))
            .OrderBy(account => account.Name).Select(account => new { account.Id, account.Name, account.NameEn }).ToListAsync(cancellationToken);
        return [.. people.Select(person => KeyValuePair.Create(FieldPerson.Write(person.Id, person.Name), LocalName.Of(person.Name, person.NameEn)))];
    }

    /// <summary>Open cases that came before this one, in the same place and with the same category first: where it could be merged into.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> EarlierCasesAsync(CaseDetail @case, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var (number, area, category) = (@case.Number, @case.AreaPath, @case.CategoryKey);
        var found = await db.Cases.AsNoTracking().VisibleTo(user, db)
            .Where(row => row.Status == CaseStatus.Open && row.AreaPath == area && row.Number.CompareTo(number) < 0)
            .OrderByDescending(row => row.Category == category).ThenByDescending(row => row.Number).Take(MostCases)
            .Select(row => new { row.Number, row.Title }).ToListAsync(cancellationToken);
        return [.. found.Select(row => KeyValuePair.Create(row.Number, row.Title))];
    }
}
