using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridFlow.Server.Tests.Figures;

/// <summary>The fast way to a figure and the plain one, over every case there is, must not differ by one case.</summary>
public sealed class FigureCountingTests
{
    private static readonly CurrentUser Town = new("t", "t", null, [new UserPost("area:990101101", Role.Dispatcher, FigureBooks.County + "990101101/")]);
    private static readonly CurrentUser Urban = new("u", "u", null, [new UserPost("dept:urban", Role.Handler, null)]);
    private static readonly CurrentUser Both = new("b", "b", null, [.. Town.Posts, .. Urban.Posts]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_figure_is_that_of_a_plain_recomputation_and_opens_down_to_as_many_cases(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var seed = Random.Shared.Next();
        var books = new FigureBooks(application, seed);
        var numbers = await books.AddAsync(900, Cancel);
        await CompareAllAsync(books);
        await books.ChangeAsync(numbers.Where((_, index) => index % 3 == 0), Cancel);
        await CompareAllAsync(books);
        var facts = await books.FactsAsync(Cancel);

        for (var round = 0; round < 40; round++)
        {
            var user = books.OneOf([CurrentUser.Operator, Town, Urban, Both]);
            var question = new FigureQuestion(
                FigurePeriod.Of(books.OneOf(Enum.GetValues<FigureSpan>()), FigureCounter.DayOf(FigureBooks.Today) - books.OneOf([0, 1, 9, 40, 70])), books.OneOf(Enum.GetValues<FigureBasis>()))
            {
                AreaPath = books.OneOf<string?>([null, null, FigureBooks.County + "990101101/", FigureBooks.County + "990101102/990101102001/"]),
                Unit = books.OneOf<string?>([null, null, null, "dept:urban", "dept:police"]),
                Category = books.OneOf<string?>([null, null, "local/2026/matter/06", "local/2026/matter/09001"]),
                Tier = books.OneOf<CaseTier?>([null, null, CaseTier.Small, CaseTier.Hard]),
            };
            var by = books.OneOf(Enum.GetValues<FigureDimension>());
            var report = await books.Get<FigureQueries>().GetAsync(user, question, by, Cancel);
            var marks = Plain(facts, user, question, question.Period).Select(FigureRules.MarksOf).ToList();
            var before = Plain(facts, user, question, question.Period.Before).Select(FigureRules.MarksOf).ToList();
            foreach (var figure in FigureRules.All)
            {
                var because = $"seed {seed}, {figure.Key} of {question} for {user.AccountId}";
                Assert.True(Plain(marks, figure) == report.Total.Of(figure), because);
                Assert.True(Plain(before, figure) == report.Before.Of(figure), because + ", before");
                Assert.Equal(report.Total.Of(figure).Counts, report.Parts.Sum(part => part.Counts.Of(figure).Counts));
                Assert.Equal(report.Total.Of(figure).Hits, report.Trend.Sum(part => part.Counts.Of(figure).Hits));
            }

            Assert.Equal(marks.Count, report.Total.Cases);
            Assert.Equal(marks.Count(mark => mark.HasFlag(CaseMarks.Handled)), report.HandlingTimes.Sum());
            var opened = books.OneOf(FigureRules.All);
            var pick = books.OneOf(Enum.GetValues<FigurePick>());
            var list = await books.Get<FigureCases>().ListAsync(user, question, opened.Key, pick, 1, 2000, Cancel);
            var value = report.Total.Of(opened);
            var expected = pick switch { FigurePick.Counts => value.Counts, FigurePick.Hits => value.Hits, FigurePick.Misses => value.Counts - value.Hits, FigurePick.Exempt => value.Exempt, _ => -1 };
            Assert.Equal(expected, list.Total);
            Assert.Equal(expected, list.Rows.Count);
            Assert.Equal(expected, list.Rows.Select(row => row.Number).Distinct().Count());
        }
    }

    [Fact]
    public async Task Counting_again_in_any_order_changes_nothing()
    {
        await using var application = new GridFlowApplication();
        var books = new FigureBooks(application, Random.Shared.Next());
        var numbers = await books.AddAsync(200, Cancel);
        await CompareAllAsync(books);
        await books.ChangeAsync(numbers.Take(80), Cancel);
        await books.Get<FigureCounter>().CountAsync([.. numbers.Take(50).Reverse()], Cancel);
        await CompareAllAsync(books);
        var pages = await books.PagesAsync(Cancel);

        await books.Get<FigureCounter>().CountAsync([.. numbers.Reverse()], Cancel);

        Assert.Equal(pages, await books.PagesAsync(Cancel));
        Assert.Equal(200, pages.Split('\n').Count(line => line.StartsWith("Accepted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_machines_that_count_at_once_come_to_the_pages_of_one()
    {
        await using var application = new GridFlowApplication();
        var books = new FigureBooks(application, Random.Shared.Next());
        var numbers = await books.AddAsync(300, Cancel);
        var other = ActivatorUtilities.CreateInstance<FigureCounter>(application.Services, ActivatorUtilities.CreateInstance<FigureKeys>(application.Services));

        await Task.WhenAll(books.Get<FigureCounter>().CountAsync([.. numbers.Take(200)], Cancel), other.CountAsync([.. numbers.Skip(100)], Cancel));

        var pages = await books.PagesAsync(Cancel);
        await EmptyAsync(books);
        await CompareAllAsync(books);
        Assert.Equal(pages.Split('\n').Length, (await books.PagesAsync(Cancel)).Split('\n').Length);
        Assert.Equal(Marks(pages), Marks(await books.PagesAsync(Cancel)));
    }

    [Fact]
    public async Task What_nobody_told_of_is_found_by_the_next_round_and_a_loop_that_died_in_a_round_goes_on()
    {
        await using var application = new GridFlowApplication();
        var books = new FigureBooks(application, Random.Shared.Next());
        await books.AddAsync(150, Cancel);
        using (var first = Loop(books, new FigureProgress()))
        {
            // The process dies after a few days of its first round.
            Assert.True(await first.TurnAsync(Cancel));
        }

        var progress = new FigureProgress();
        using var second = Loop(books, progress);
        while (await second.TurnAsync(Cancel))
        {
            Assert.Null(progress.CompleteAt);
        }

        Assert.NotNull(progress.CompleteAt);
        var report = await books.Get<FigureQueries>().CountByDayAsync(CurrentUser.Operator, FigureBasis.Accepted, 0, int.MaxValue, Cancel);
        Assert.Equal(150, report.Values.Sum());
    }

    [Fact]
    public async Task A_loop_that_is_stopped_in_the_middle_of_a_turn_ends_well()
    {
        await using var application = new GridFlowApplication();
        var books = new FigureBooks(application, Random.Shared.Next());
        await books.AddAsync(20, Cancel);
        var progress = new FigureProgress();
        using var loop = Loop(books, progress);

        // Nobody can write meanwhile, so the turn cannot be over before it is stopped.
        using (await books.Get<WriteGate>().EnterAsync(Cancel))
        {
            await loop.StartAsync(Cancel);
            while (progress.DaysInAll == 0)
            {
                await Task.Yield();
            }

            await loop.StopAsync(Cancel);
        }

        Assert.True(loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_case_that_is_taken_up_again_leaves_the_day_it_was_closed()
    {
        await using var application = new GridFlowApplication();
        var books = new FigureBooks(application, 1);
        var number = (await books.AddAsync(1, Cancel))[0];
        await SetAsync(books, number, row => (row.Status, row.ClosedAt) = (CaseStatus.Closed, row.AcceptedAt + TimeSpan.FromDays(2)));
        await CompareAllAsync(books);
        Assert.Contains("Closed ", await books.PagesAsync(Cancel), StringComparison.Ordinal);

        await SetAsync(books, number, row => (row.Status, row.ClosedAt, row.Round) = (CaseStatus.Open, null, 2));
        await CompareAllAsync(books);

        Assert.DoesNotContain("Closed ", (await books.PagesAsync(Cancel)).Split('\n').Select(line => line[..7]));
        var counts = (await books.Get<FigureQueries>().GetAsync(CurrentUser.Operator, new FigureQuestion(FigurePeriod.Of(FigureSpan.Quarter, FigureCounter.DayOf((await books.FactsAsync(Cancel))[0].AcceptedAt))), FigureDimension.Tier, Cancel)).Total;
        Assert.Equal(new FigureValue(1, 1, 0), counts.Of(FigureRules.Find("Rework")!));
    }

    [Fact]
    public async Task Days_counted_under_older_rules_are_counted_anew()
    {
        await using var application = new GridFlowApplication();
        var books = new FigureBooks(application, Random.Shared.Next());
        await books.AddAsync(60, Cancel);
        await CompareAllAsync(books);
        var pages = await books.PagesAsync(Cancel);
        await using (var db = await books.Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            await db.Set<FigureDayRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Rules, FigureRules.Version - 1), Cancel);
        }

        var question = new FigureQuestion(FigurePeriod.Of(FigureSpan.Quarter, FigureCounter.DayOf(FigureBooks.Today)));
        Assert.Equal(0, (await books.Get<FigureQueries>().GetAsync(CurrentUser.Operator, question, FigureDimension.Tier, Cancel)).Total.Cases);
        await CompareAllAsync(books);

        Assert.Equal(pages, await books.PagesAsync(Cancel));
    }

    private static FigureLoop Loop(FigureBooks books, FigureProgress progress) =>
        new(books.Get<FigureCounter>(), new ChangeFeed(), progress, TimeProvider.System, NullLogger<FigureLoop>.Instance);

    private static IEnumerable<string> Marks(string pages) => pages.Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, "(Area|Unit|Category) = [0-9]+, ", ""));

    private static async Task SetAsync(FigureBooks books, string number, Action<CaseRow> change)
    {
        await using var db = await books.Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        change(await db.Cases.SingleAsync(row => row.Number == number, Cancel));
        (await db.Instances.SingleAsync(row => row.Id == number, Cancel)).Version++;
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task EmptyAsync(FigureBooks books)
    {
        await using var db = await books.Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        await db.Set<FigureDayRow>().ExecuteDeleteAsync(Cancel);
    }

    private static async Task CompareAllAsync(FigureBooks books)
    {
        var days = (await books.Get<FigureCounter>().FindDaysAsync(Cancel))!.Value;
        for (var day = days.First; day <= days.Last; day++)
        {
            await books.Get<FigureCounter>().CompareAsync(day, Cancel);
        }
    }

    // Without pages, keys or filters: every case is asked whether it belongs.
    private static IEnumerable<FigureFacts> Plain(IEnumerable<FigureFacts> facts, CurrentUser user, FigureQuestion question, FigurePeriod period) => facts.Where(one =>
        (question.Basis == FigureBasis.Accepted ? one.AcceptedAt : one.ClosedAt) is { } at
        && DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime) is var date && date >= DateOnly.FromDayNumber(period.From) && date <= DateOnly.FromDayNumber(period.To)
        && (user.Posts.Any(post => post.AreaPath is { } root && one.AreaPath.StartsWith(root, StringComparison.Ordinal)) || user.Posts.Any(post => post.UnitKey == one.LeadUnit))
        && (question.AreaPath is null || one.AreaPath.StartsWith(question.AreaPath, StringComparison.Ordinal))
        && (question.Unit is null || one.LeadUnit == question.Unit)
        && (question.Category is null || one.Category?.StartsWith(question.Category, StringComparison.Ordinal) == true)
        && (question.Tier is null || one.Tier == question.Tier));

    private static FigureValue Plain(List<CaseMarks> marks, Figure figure) => new(
        marks.Count(figure.Counts), marks.Count(mark => figure.Counts(mark) && figure.Hits(mark)), marks.Count(mark => !figure.Counts(mark) && figure.Exempts?.Invoke(mark) == true));
}
