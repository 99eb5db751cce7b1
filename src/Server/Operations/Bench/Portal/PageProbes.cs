using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Operations.Bench.Portal;

/// <summary>
/// The pages, by the classes they themselves ask. A page that is to be fast has a line here; the first line is the floor: one row
/// read by its key.
/// </summary>
internal static class PageProbes
{
    private static readonly string[] FrequentWords = ["人民路", "存在安全隐患", "小区", "尽快"];
    private static readonly string[] CommonWords = ["路灯", "噪音", "垃圾", "井盖"];

    public static async Task<IReadOnlyList<PageProbe>> OfAsync(IServiceProvider services, County county, CancellationToken cancellationToken)
    {
        var numbers = await NumbersAsync(services, cancellationToken);
        return [.. Floor(services, numbers), .. Inbox(services, county), .. Lists(services, county), .. Search(services, county), .. Case(services, county, numbers), .. await OverviewProbes.OfAsync(services, county, cancellationToken)];
    }

    private static IEnumerable<PageProbe> Floor(IServiceProvider services, IReadOnlyList<string> numbers)
    {
        var database = services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>();
        yield return new PageProbe("floor: a row by its key", async (run, cancellationToken) =>
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var number = numbers[run % numbers.Count];
            await db.Cases.AsNoTracking().FirstAsync(row => row.Number == number, cancellationToken);
        });
    }

    private static IEnumerable<PageProbe> Inbox(IServiceProvider services, County county)
    {
        var queries = services.GetRequiredService<InboxQueries>();
        var time = services.GetRequiredService<TimeProvider>();
        (string Who, Func<int, CurrentUser> User)[] people = [("grid worker", county.GridWorker), ("clerk", county.Clerk), ("town dispatcher", county.TownDispatcher), ("county dispatcher", county.CountyDispatcher), ("leader", county.Leader)];
        foreach (var (who, user) in people)
        {
            // Only who supervises watches others.
            foreach (var tab in Enum.GetValues<InboxTab>().Where(tab => tab != InboxTab.Watch || user(0).Can(Permission.Supervise)))
            {
                yield return new PageProbe($"inbox {tab.ToString().ToLowerInvariant()}, {who}", (run, cancellationToken) => queries.ListAsync(user(run), tab, new InboxFilter(), after: null, InboxQueries.PageSize, cancellationToken));
            }

            yield return new PageProbe($"inbox counts, {who}", (run, cancellationToken) => queries.CountAsync(user(run), cancellationToken));
        }

        Lazy<Task<InboxSlice>>? nine = null;
        yield return new PageProbe("inbox tenth slice, county dispatcher", async (run, cancellationToken) =>
        {
            nine ??= new(() => queries.ListAsync(county.CountyDispatcher(0), InboxTab.Reach, new InboxFilter(), after: null, InboxQueries.PageSize * 9, cancellationToken));
            var tenth = (await nine.Value).Next;
            await queries.ListAsync(county.CountyDispatcher(run), InboxTab.Reach, new InboxFilter(), tenth, InboxQueries.PageSize, cancellationToken);
        });
        foreach (var (what, filter) in InboxFilters())
        {
            yield return new PageProbe($"inbox {what}, county dispatcher", (run, cancellationToken) => queries.ListAsync(county.CountyDispatcher(run), InboxTab.Reach, filter(run), after: null, InboxQueries.PageSize, cancellationToken));
        }

        yield return new PageProbe("inbox by words, town dispatcher", (run, cancellationToken) => queries.ListAsync(county.TownDispatcher(run), InboxTab.Reach, new InboxFilter { Text = CommonWords[run % CommonWords.Length] }, after: null, InboxQueries.PageSize, cancellationToken));
        yield return new PageProbe("inbox new since, county dispatcher", (run, cancellationToken) => queries.CountNewAsync(county.CountyDispatcher(run), InboxTab.Reach, new InboxFilter(), time.GetUtcNow().AddMinutes(-10), cancellationToken));
    }

    private static (string, Func<int, InboxFilter>)[] InboxFilters() =>
    [
        ("overdue", _ => new InboxFilter { Overdue = true }),
        ("big matters", _ => new InboxFilter { Tier = CaseTier.Big }),
        ("by frequent words", run => new InboxFilter { Text = FrequentWords[run % FrequentWords.Length] }),
        ("by a rare word", _ => new InboxFilter { Text = CountyCases.RareWord }),
        ("by a missing word", _ => new InboxFilter { Text = "独角兽" }),
    ];

    private static IEnumerable<PageProbe> Lists(IServiceProvider services, County county)
    {
        var lists = services.GetRequiredService<CaseLists>();
        (string Who, Func<int, CurrentUser> User)[] people = [("county", county.CountyDispatcher), ("town", county.TownDispatcher), ("grid", county.GridWorker), ("clerk", county.Clerk)];
        foreach (var (who, user) in people)
        {
            yield return Probe($"cases, {who}", user, _ => new CaseFilter());
            yield return Probe($"cases due first, {who}", user, _ => new CaseFilter { DueFirst = true });
            yield return new PageProbe($"cases counted, {who}", (run, cancellationToken) => lists.CountAsync(user(run), new CaseFilter(), cancellationToken));
        }

        yield return Probe("cases overdue, county", county.CountyDispatcher, _ => new CaseFilter { Overdue = true });
        yield return Probe("cases of a village, county", county.CountyDispatcher, run => new CaseFilter { Area = county.Of(AreaLevel.Village, run).Code });
        yield return Probe("cases of a town and a tier, county", county.CountyDispatcher, run => new CaseFilter { Area = county.Of(AreaLevel.Town, run).Code, Tier = CaseTier.Big });
        yield return Probe("cases of a unit, closed, county", county.CountyDispatcher, run => new CaseFilter { Unit = county.Clerk(run).Posts[0].UnitKey, Status = CaseStatus.Closed });
        yield return Probe("cases withdrawn and big, county", county.CountyDispatcher, _ => new CaseFilter { Status = CaseStatus.Withdrawn, Tier = CaseTier.Big });

        PageProbe Probe(string page, Func<int, CurrentUser> user, Func<int, CaseFilter> filter) =>
            new(page, (run, cancellationToken) => lists.ListAsync(user(run), filter(run), after: null, CaseQueries.PageSize, cancellationToken));
    }

    private static IEnumerable<PageProbe> Search(IServiceProvider services, County county)
    {
        var lists = services.GetRequiredService<CaseLists>();
        (string What, Func<int, string> Words)[] words =
        [
            ("frequent words", run => FrequentWords[run % FrequentWords.Length]), ("common words", run => CommonWords[run % CommonWords.Length]),
            ("an uncommon word", _ => CountyCases.UncommonWord), ("a rare word", _ => CountyCases.RareWord), ("a missing word", _ => "独角兽"), ("two words", run => $"{CommonWords[run % CommonWords.Length]} 人民路"),
        ];
        (string Who, Func<int, CurrentUser> User)[] people = [("county", county.CountyDispatcher), ("town", county.TownDispatcher), ("grid", county.GridWorker), ("clerk", county.Clerk)];
        foreach (var (what, typed) in words)
        {
            foreach (var (who, user) in people)
            {
                yield return new PageProbe($"search {what}, {who}", (run, cancellationToken) => lists.ListAsync(user(run), new CaseFilter { Text = typed(run) }, after: null, CaseQueries.PageSize, cancellationToken));
            }

            yield return new PageProbe($"search {what}, counted, county", (run, cancellationToken) => lists.CountAsync(county.CountyDispatcher(run), new CaseFilter { Text = typed(run) }, cancellationToken));
        }

        yield return new PageProbe("search with filters, county", (run, cancellationToken) => lists.ListAsync(
            county.CountyDispatcher(run), new CaseFilter { Text = CommonWords[run % CommonWords.Length], Status = CaseStatus.Open, Tier = CaseTier.Hard }, after: null, CaseQueries.PageSize, cancellationToken));
        yield return new PageProbe("search in a village, county", (run, cancellationToken) => lists.ListAsync(
            county.CountyDispatcher(run), new CaseFilter { Text = CommonWords[run % CommonWords.Length], Area = county.Of(AreaLevel.Village, run).Code }, after: null, CaseQueries.PageSize, cancellationToken));
    }

    private static IEnumerable<PageProbe> Case(IServiceProvider services, County county, IReadOnlyList<string> numbers)
    {
        var cases = services.GetRequiredService<CaseQueries>();
        var timeline = services.GetRequiredService<TimelineQueries>();
        yield return new PageProbe("case page", async (run, cancellationToken) =>
        {
            var number = numbers[run % numbers.Count];
            await cases.FindAsync(number, county.CountyDispatcher(run), cancellationToken);
            await timeline.FindAsync(number, county.CountyDispatcher(run), cancellationToken);
        });
        var related = services.GetRequiredService<RelatedCases>();
        yield return new PageProbe("related cases", (run, cancellationToken) => related.FindAsync(numbers[run % numbers.Count], county.CountyDispatcher(run), cancellationToken));
    }

    // Old and new ones, so that not only what lies in the cache is asked for.
    private static async Task<IReadOnlyList<string>> NumbersAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        var last = await db.CaseTexts.MaxAsync(row => row.Seq, cancellationToken);
        var random = new Random(5);
        var places = Enumerable.Range(0, 200).Select(_ => 1 + random.NextInt64(last)).ToList();
        return await db.CaseTexts.Where(row => EF.Parameter(places).Contains(row.Seq)).Select(row => row.CaseNumber).ToListAsync(cancellationToken);
    }
}
