using System.Collections.Concurrent;
using System.Globalization;
using GridFlow.Server.Audit;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Bundles;

/// <summary>A bundle in the list of all that were published.</summary>
public sealed record BundleListRow(int Number, DateTimeOffset PublishedAt, string Author, string Reason, int? RolledBackTo);

/// <summary>What became of an attempt to publish.</summary>
public abstract record PublishResult
{
    private PublishResult()
    {
    }

    /// <summary>In force now, under this number.</summary>
    public sealed record Published(int Number) : PublishResult;

    /// <summary>Not allowed; nothing changed.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : PublishResult;

    /// <summary>All of it is in force already; nothing changed.</summary>
    public sealed record NothingNew(int InForce) : PublishResult;

    /// <summary>What was to happen together with it could not; nothing changed.</summary>
    public sealed record Withdrawn : PublishResult;

    /// <summary>Another bundle was published since the draft was begun; nothing changed.</summary>
    public sealed record Outdated(int InForce) : PublishResult;
}

/// <summary>
/// Publishes bundles and hands them out. The bundle with the highest number is in force; publishing inserts one row, so there
/// is no moment at which half of it holds. Any node asks for the highest number before it takes in a case.
/// </summary>
public sealed class BundleStore(IDbContextFactory<GridFlowDbContext> database, WriteGate gate, TimeProvider time) : IBundleSource
{
    private readonly ConcurrentDictionary<int, Bundle> _read = [];

    private Bundle? _lastKnown;

    public async ValueTask<Bundle> GetCurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return _lastKnown = await GetAsync(await db.Bundles.MaxAsync(bundle => bundle.Number, cancellationToken), cancellationToken);
    }

    public ValueTask<Bundle> GetLastKnownAsync(CancellationToken cancellationToken) => _lastKnown is { } known ? ValueTask.FromResult(known) : GetCurrentAsync(cancellationToken);

    public async ValueTask<Bundle> GetAsync(int number, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(number, out var bundle))
        {
            return bundle;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var content = await db.Bundles.AsNoTracking().Where(row => row.Number == number).Select(row => row.Content).FirstOrDefaultAsync(cancellationToken)
            ?? throw new KeyNotFoundException($"There is no bundle {number}.");
        return _read.GetOrAdd(number, BundleJson.Read(number, content));
    }

    public async Task<IReadOnlyList<BundleListRow>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Bundles.AsNoTracking().OrderByDescending(row => row.Number).Take(200)
            .Select(row => new BundleListRow(row.Number, row.PublishedAt, row.Author, row.Reason, row.RolledBackTo)).ToListAsync(cancellationToken);
    }

    /// <summary>Everything that keeps a content from being published, and what its author should know.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(Bundle content, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var written = content.Definitions.SelectMany(definition => definition.AllActivities()).SelectMany(node => node.Inputs.Values).Select(input => input.Text);
        var named = content.Routing.Rows.SelectMany(row => row.Assisting.Append(row.Lead)).Where(unit => unit is not null).Concat(written.Where(text => text.Length <= UnitKey.MaxLength));
        var areas = named.Select(UnitKey.AreaOf).Concat(content.Routing.Rows.Select(row => row.Area)).OfType<string>().Distinct().ToList();
        var departments = await db.Departments.AsNoTracking().Select(department => department.Key).ToListAsync(cancellationToken);
        var known = await db.Areas.AsNoTracking().Where(area => areas.Contains(area.Code)).Select(area => area.Code).ToListAsync(cancellationToken);
        var units = departments.Select(UnitKey.ForDepartment).Concat(known.Select(UnitKey.ForArea)).ToHashSet(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var definition in content.Definitions)
        {
            problems.AddRange(DefinitionValidator.Validate(definition, Exists, units.Contains));
        }

        problems.AddRange(RoutingChecker.Check(content.Routing, content.Categories, units.Contains, Exists));
        problems.AddRange(PublishRules.Check(content));
        problems.AddRange(CaseRulesChecker.Check(content.Rules));
        return problems;

        bool Exists(string definitionId) => content.FindDefinition(definitionId) is not null;
    }

    /// <summary>Publishes a content under the next number, unless it has errors.</summary>
    /// <param name="content">The content; its own number does not matter.</param>
    /// <param name="reason">Why, for those who come after.</param>
    /// <param name="author">Who; checked for the permission by the caller.</param>
    /// <param name="baseNumber">The bundle the draft was begun from; null not to care.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public Task<PublishResult> PublishAsync(Bundle content, string reason, CurrentUser author, int? baseNumber, CancellationToken cancellationToken = default) =>
        PublishAsync(content, reason, author, baseNumber, also: null, cancellationToken);

    /// <summary>Publishes a content under the next number together with something else, or neither.</summary>
    /// <param name="content">The content; its own number does not matter, and versions of changed workflows are counted up.</param>
    /// <param name="reason">Why, for those who come after.</param>
    /// <param name="author">Who; checked for the permission by the caller.</param>
    /// <param name="baseNumber">The bundle the draft was begun from; null not to care.</param>
    /// <param name="also">What else the transaction does, given the new number; false takes everything back.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    internal async Task<PublishResult> PublishAsync(
        Bundle content, string reason, CurrentUser author, int? baseNumber, Func<GridFlowDbContext, int, Task<bool>>? also, CancellationToken cancellationToken)
    {
        var problems = await CheckAsync(content, cancellationToken);
        return problems.Any(problem => problem.IsError)
            ? new PublishResult.Refused(problems)
            : await InsertAsync(BundleJson.Write(CountUp(content, await GetCurrentAsync(cancellationToken))), reason, author, baseNumber, rolledBackTo: null, also, cancellationToken);
    }

    /// <summary>Brings the content of an older bundle back, under a new number. It was in force once, so it is not checked again.</summary>
    public async Task<PublishResult> RollBackAsync(int number, string reason, CurrentUser author, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var content = await db.Bundles.AsNoTracking().Where(row => row.Number == number).Select(row => row.Content).FirstOrDefaultAsync(cancellationToken)
            ?? throw new KeyNotFoundException($"There is no bundle {number}.");
        return await InsertAsync(content, reason, author, baseNumber: null, rolledBackTo: number, also: null, cancellationToken);
    }

    /// <summary>Publishes what GridFlow comes with, where nothing was published yet. Safe to call at every start.</summary>
    public async Task PublishShippedAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.Bundles.AnyAsync(cancellationToken))
        {
            await InsertAsync(BundleJson.Write(ShippedBundle.Read(1)), "GridFlow", new CurrentUser("gridflow", "GridFlow", null, []), baseNumber: 0, rolledBackTo: null, also: null, cancellationToken);
        }
    }

    // What is not changed keeps its version, so that people can tell by it what is new.
    private static Bundle CountUp(Bundle content, Bundle inForce) => content.Copy(
        content.Definitions.Select(definition => inForce.FindDefinition(definition.DefinitionId) switch
        {
            null => definition,
            { } old when FlowChanges.Between(old, definition).IsEmpty => definition with { Id = old.Id, Version = old.Version },
            { } old => definition with { Version = old.Version + 1, Id = string.Create(CultureInfo.InvariantCulture, $"{definition.DefinitionId}-{old.Version + 1}") },
        }));

    private async Task<PublishResult> InsertAsync(
        string content, string reason, CurrentUser author, int? baseNumber, int? rolledBackTo, Func<GridFlowDbContext, int, Task<bool>>? also, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldAloneAsync(SqlLocks.BundleInForce, cancellationToken);
        var inForce = await db.Bundles.MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
        if (baseNumber is { } expected && expected != inForce)
        {
            return new PublishResult.Outdated(inForce);
        }

        db.Bundles.Add(new BundleRow
        {
            Number = inForce + 1,
            PublishedAt = time.GetUtcNow(),
            Author = author.Name,
            Reason = reason,
            RolledBackTo = rolledBackTo,
            Content = content,
        });
        db.Audit.Add(new AuditRow
        {
            At = time.GetUtcNow(),
            AccountId = author.AccountId,
            Name = author.Name,
            Act = rolledBackTo is null ? AuditAct.Published : AuditAct.RolledBack,
            Subject = string.Create(CultureInfo.InvariantCulture, $"bundle/{inForce + 1}"),
            Detail = reason,
        });
        if (also is not null && !await also(db, inForce + 1))
        {
            return new PublishResult.Withdrawn();
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PublishResult.Published(inForce + 1);
    }
}
