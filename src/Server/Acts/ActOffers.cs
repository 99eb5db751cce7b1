using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Acts;

/// <summary>An act somebody may do with a case.</summary>
/// <param name="Act">Which.</param>
/// <param name="Item">The work item it would be about; null for the whole case.</param>
/// <param name="Unit">The unit it would be done for.</param>
/// <param name="WhyNot">Why it is not possible as things stand; null when it is.</param>
public sealed record ActOffer(CaseAct Act, string? Item, string? Unit, ActObstacle? WhyNot);

/// <summary>What somebody may do with a case now, and what not and why.</summary>
public sealed class ActOffers(IDbContextFactory<GridFlowDbContext> database, IWorkflowStore store, BundleStore bundles, TimeProvider time)
{
    /// <summary>Offers for a case one may see, and for one of its items where one is given that is in one's reach.</summary>
    public async Task<IReadOnlyList<ActOffer>> FindAsync(string number, string? item, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == number, cancellationToken) || await store.FindAsync(number, cancellationToken) is not { Case: { } @case } instance)
        {
            return [];
        }

        var bundle = await bundles.GetAsync(instance.Bundle, cancellationToken);
        var whistling = await ActRights.WhistlingAsync(db, number, cancellationToken);
        var offers = new List<ActOffer>();
        if (item is not null && await db.WorkItems.AsNoTracking().Where(row => row.CaseNumber == number && row.Id == item && row.ClosedAt == null).InReachOf(user).AnyAsync(cancellationToken)
            && instance.WorkItems.Find(open => open.Id == item) is { } about)
        {
            Add(about);
        }

        Add(null);
        for (var index = 0; index < offers.Count; index++)
        {
            if (offers[index].WhyNot is null && await ActRights.WasOpenedAsync(db, offers[index].Act, number, user, cancellationToken))
            {
                offers[index] = offers[index] with { WhyNot = ActObstacle.Opened };
            }
        }

        return offers;

        void Add(WorkItem? of)
        {
            var actor = user.ActorIn(of?.Unit ?? user.UnitKeys.FirstOrDefault(whistling.Contains) ?? user.UnitKeys.FirstOrDefault(), of?.ClaimedBy?.Id);
            var situation = new ActSituation(bundle, instance, of, actor, time.GetUtcNow());
            foreach (var (act, obstacle) in CaseActCatalog.Offers(situation))
            {
                // What can never be done with something of this kind is no offer; what cannot be done now is one, with the reason.
                if (obstacle is not ActObstacle.WrongKind && (of?.Unit ?? ActRights.UnitFor(act, user, @case, whistling)) is { } unit)
                {
                    offers.Add(new ActOffer(act, of?.Id, unit, obstacle));
                }
            }
        }
    }
}
