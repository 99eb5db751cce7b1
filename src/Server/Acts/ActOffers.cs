using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Acts;

/// <summary>An act somebody may do with a case.</summary>
/// <param name="Act">Which.</param>
/// <param name="Item">The work item it would be about; null for the whole case.</param>
/// <param name="Unit">The unit it would be done for.</param>
/// <param name="WhyNot">Why it is not possible as things stand; null when it is.</param>
public sealed record ActOffer(CaseAct Act, string? Item, string? Unit, ActObstacle? WhyNot)
{
    /// <summary>What is asked: the fields of the act, with no more to choose from than whoever fills them in may choose.</summary>
    public ImmutableArray<FormField> Fields { get; init; } = Act.Fields;

    /// <summary>The only answer a field can have; null where there is something to choose.</summary>
    public static string? OnlyAnswer(FormField field) => field is { Required: true, Kind: FieldKind.Choice, Options: [var only] } ? only.Value : null;

    /// <summary>Whether a field is to be shown: that it is one's own unit which does something goes without saying.</summary>
    public bool Asks(FormField field) => OnlyAnswer(field) is not { } only || only != Unit;
}

/// <summary>What somebody may do with a case now, and what not and why.</summary>
public sealed class ActOffers(IDbContextFactory<GridFlowDbContext> database, IWorkflowStore store, BundleStore bundles, NameLookup lookup, TimeProvider time)
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
        if (!await ActRights.HasHandedOnAsync(db, number, user, cancellationToken))
        {
            offers.RemoveAll(offer => offer.Act.Name == "TakeBack");
        }

        for (var index = 0; index < offers.Count; index++)
        {
            if (offers[index].WhyNot is null && await ActRights.WasOpenedAsync(db, offers[index].Act, number, user, cancellationToken))
            {
                offers[index] = offers[index] with { WhyNot = ActObstacle.Opened };
            }

            offers[index] = offers[index] with { Fields = await FieldsAsync(offers[index], instance, bundle, whistling, user, cancellationToken) };
        }

        return offers;

        void Add(WorkItem? of)
        {
            var situation = SituationOf(of, instance, bundle, whistling, user);
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

    private ActSituation SituationOf(WorkItem? of, WorkflowInstance instance, Bundle bundle, IReadOnlyCollection<string> whistling, CurrentUser user)
    {
        var actor = user.ActorIn(of?.Unit ?? user.UnitKeys.FirstOrDefault(whistling.Contains) ?? user.UnitKeys.FirstOrDefault(), of?.ClaimedBy?.Id);
        return new ActSituation(bundle, instance, of, actor, time.GetUtcNow());
    }

    // Units that come into question are named to choose from; a choice that is not the reader's to make is left out, with a word why.
    private async Task<ImmutableArray<FormField>> FieldsAsync(ActOffer offer, WorkflowInstance instance, Bundle bundle, IReadOnlyCollection<string> whistling, CurrentUser user, CancellationToken cancellationToken)
    {
        if (offer.WhyNot is not null)
        {
            return offer.Act.Fields;
        }

        var about = offer.Item is null ? null : instance.WorkItems.Find(open => open.Id == offer.Item);
        if (offer.Act.UnitsFor(SituationOf(about, instance, bundle, whistling, user)) is { IsEmpty: false } units)
        {
            var names = await lookup.FindAsync(units, [], cancellationToken);
            var options = units.Select(unit => new FieldOption(unit, LocalizedText.Same(names.Unit(unit)))).ToImmutableArray();
            return [.. offer.Act.Fields.Select(field => field.Kind == FieldKind.Unit ? field with { Kind = FieldKind.Choice, Options = options } : field)];
        }

        return offer.Act.Name == "Whistle" && !ActRights.MayWhistleHard(user, instance.Case!)
            ? [.. offer.Act.Fields.Select(field => field.Name == "kind" ? field with { Options = [.. field.Options.Where(option => option.Value != nameof(WhistleKind.Hard))], Hint = ActRights.OnlyLeaders } : field)]
            : offer.Act.Fields;
    }
}
