using GridFlow.Server.Board;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Leader;

/// <summary>Something that waits for a leader's yes or no.</summary>
public sealed record WaitingDecision(string Item, string CaseNumber, string CaseTitle, string Asked, DateTimeOffset OpenedAt, DueDate? Due);

/// <summary>One day of the trend.</summary>
public sealed record LeaderDay(int Day, int Accepted, int Closed);

/// <summary>Everything of the leader's page.</summary>
public sealed record LeaderView(
    IReadOnlyList<WaitingDecision> Decisions, int DecisionsInAll, CaseList Sponsored, CaseList Big, BoardView Board, IReadOnlyList<BoardCount> Worst, IReadOnlyList<LeaderDay> Trend);

/// <summary>What a leader wants to know in the three minutes before a meeting.</summary>
public sealed class LeaderQueries(
    BoardQueries board, FigureQueries figures, IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, TimeProvider time)
{
    public const int TrendDays = 14;
    public const int MostWorst = 3;
    private const int Most = 12;

    public async Task<LeaderView> GetAsync(CurrentUser user, CancellationToken cancellationToken = default)
    {
        var (decisions, inAll) = await DecisionsAsync(user, cancellationToken);
        var view = await board.GetAsync(user, areaPath: null, cancellationToken);
        var today = FigureCounter.DayOf(time.GetUtcNow());
        var accepted = await figures.CountByDayAsync(user, FigureBasis.Accepted, today - TrendDays + 1, today, cancellationToken);
        var closed = await figures.CountByDayAsync(user, FigureBasis.Closed, today - TrendDays + 1, today, cancellationToken);
        return new LeaderView(
            decisions, inAll, await SponsoredAsync(user, cancellationToken), await board.ListBigAsync(user, Most, cancellationToken), view,
            [.. view.Areas.Where(area => area.Overdue + area.Soon > 0).OrderByDescending(area => area.Overdue).ThenByDescending(area => area.Soon).ThenBy(area => area.Key, StringComparer.Ordinal).Take(MostWorst)],
            [.. Enumerable.Range(today - TrendDays + 1, TrendDays).Select(day => new LeaderDay(day, accepted.GetValueOrDefault(day), closed.GetValueOrDefault(day)))]);
    }

    /// <summary>What the leader answers for to its end, the most pressing first.</summary>
    private async Task<CaseList> SponsoredAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var sponsored = db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => row.SponsorId == user.AccountId && row.Status == CaseStatus.Open);
        var numbers = await sponsored.OrderBy(row => row.DueAt == null).ThenBy(row => row.DueAt).ThenBy(row => row.Number).Take(Most).Select(row => row.Number).ToListAsync(cancellationToken);
        return new CaseList(await board.RowsAsync(user, numbers, cancellationToken), numbers.Count < Most ? numbers.Count : await sponsored.CountAsync(cancellationToken), 1, Most);
    }

    private async Task<(IReadOnlyList<WaitingDecision> Decisions, int InAll)> DecisionsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var waiting = db.WorkItems.AsNoTracking().OfUnitsOf(user).Where(item => item.ClosedAt == null && (item.Kind == WorkItemKind.Approval || item.Kind == WorkItemKind.Request));
        var inAll = await waiting.CountAsync(cancellationToken);
        var items = await waiting.OrderBy(item => item.DueAt == null).ThenBy(item => item.DueAt).ThenBy(item => item.OpenedAt).Take(Most)
            .Join(db.Cases, item => item.CaseNumber, row => row.Number, (item, row) => new { Item = item, row.Title }).ToListAsync(cancellationToken);
        var decisions = new List<WaitingDecision>();
        foreach (var (item, title) in items.OrderBy(found => found.Item.DueAt is null).ThenBy(found => found.Item.DueAt).Select(found => (found.Item, found.Title)))
        {
            var bundle = await bundles.GetAsync(item.Bundle, cancellationToken);
            decisions.Add(new WaitingDecision(item.Id, item.CaseNumber, title, AskedOf(bundle, item), item.OpenedAt, item.Due is null ? null : DueOf(item.Due)));
        }

        return (decisions, inAll);
    }

    private static string AskedOf(Bundle bundle, WorkItemRow item) =>
        bundle.FindDefinition(item.DefinitionId) is { } definition ? WorkItemForm.Of(definition, item.Kind, item.ActivityId).Title.ToString() : item.ActivityId;

    private static DueDate DueOf(string due)
    {
        var deadline = DeadlineJson.Read(due);
        return new DueDate(deadline.DueAt, CaseWords.Explain(deadline));
    }
}
