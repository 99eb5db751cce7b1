using System.Collections.Concurrent;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Board;

/// <summary>What the board, the leader's page and the list of what will be late read.</summary>
public sealed class BoardQueries(BoardState state, NumberedCases cases, BundleStore bundles, TimeProvider time)
{
    // A view is told anew when cases change, and when time alone may have made some late.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Lazy<IReadOnlyList<WordSpot>> Spots)> _said = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Version, DateTimeOffset At, Lazy<BoardView> View)> _views = new(StringComparer.Ordinal);

    /// <summary>The board as its viewer sees it; made once for all who see the same.</summary>
    public async Task<BoardView> GetAsync(CurrentUser user, string? areaPath, CancellationToken cancellationToken = default)
    {
        var snapshot = await state.GetAsync(cancellationToken);
        var categories = (await bundles.GetLastKnownAsync(cancellationToken)).Categories;
        var (scope, now) = (new BoardScope(user, areaPath), time.GetUtcNow());
        var told = _views.AddOrUpdate(scope.Key, _ => Tell(), (_, known) => known.Version == snapshot.Version && now - known.At < Fresh ? known : Tell());
        foreach (var (key, old) in _views)
        {
            if (now - old.At > Fresh * 4)
            {
                _views.TryRemove(key, out _);
                _said.TryRemove(key, out _);
            }
        }

        return told.View.Value;

        (long, DateTimeOffset, Lazy<BoardView>) Tell() => (snapshot.Version, now, new Lazy<BoardView>(() => BoardView.Of(snapshot, scope, cases => Said(scope, cases, categories, now), now)));
    }

    // What is said of thirty days does not change with every case: found anew now and then, and meanwhile without what is over.
    private IReadOnlyList<WordSpot> Said(BoardScope scope, IReadOnlyList<OpenCase> cases, CategoryCatalogue categories, DateTimeOffset now)
    {
        var said = _said.AddOrUpdate(scope.Key, _ => Find(), (_, known) => now - known.At < Fresh ? known : Find());
        return WordSpots.StillOpen(said.Spots.Value, cases);

        (DateTimeOffset, Lazy<IReadOnlyList<WordSpot>>) Find() => (now, new Lazy<IReadOnlyList<WordSpot>>(() => WordSpots.Find(cases, categories, now, BoardView.Told)));
    }

    /// <summary>Open cases in scope that are due by then, those with the least time left first.</summary>
    public async Task<CaseList> ListDueAsync(CurrentUser user, string? areaPath, DateTimeOffset by, int page, int size, CancellationToken cancellationToken = default)
    {
        var scope = new BoardScope(user, areaPath);
        var due = (await state.GetAsync(cancellationToken)).Cases.Where(one => one.DueAt < by && scope.Sees(one)).ToList();
        var numbers = due.OrderBy(one => one.DueAt).ThenBy(one => one.Number, StringComparer.Ordinal).Skip((page - 1) * size).Take(size).Select(one => one.Number).ToList();
        return new CaseList(await RowsAsync(user, numbers, cancellationToken), due.Count, page, size);
    }

    /// <summary>Open big matters in scope, those with the least time left first.</summary>
    public async Task<CaseList> ListBigAsync(CurrentUser user, int most, CancellationToken cancellationToken = default)
    {
        var scope = new BoardScope(user, areaPath: null);
        var big = (await state.GetAsync(cancellationToken)).Cases.Where(one => one.Tier == CaseTier.Big && scope.Sees(one)).ToList();
        var numbers = big.OrderBy(one => one.DueAt is null).ThenBy(one => one.DueAt).ThenBy(one => one.Number, StringComparer.Ordinal).Take(most).Select(one => one.Number).ToList();
        return new CaseList(await RowsAsync(user, numbers, cancellationToken), big.Count, 1, most);
    }

    /// <summary>Cases as lists show them, in the order given; those the reader may not see are left out.</summary>
    public Task<IReadOnlyList<CaseListRow>> RowsAsync(CurrentUser user, IReadOnlyList<string> numbers, CancellationToken cancellationToken = default) => cases.ListAsync(user, numbers, cancellationToken);
}
