using GridFlow.Server.Bundles;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Routing;

/// <summary>A message to try on a table. What is null is as with a real case: sorted by its words, or not known.</summary>
public sealed record TryOut(
    string Title, string Detail = "", string? Category = null, string? Area = null, CaseTier? Tier = null,
    CaseNature? Nature = null, CaseChannel? Channel = null, CaseUrgency? Urgency = null, TimeOnly? Time = null);

/// <summary>What a table says to a message.</summary>
/// <param name="Category">The category it was sorted into, or null.</param>
/// <param name="Words">The words that decided the category; empty when it was given.</param>
/// <param name="Row">The row that wins; null when none holds.</param>
/// <param name="Reasons">Its conditions, all of which held.</param>
/// <param name="Passed">Rows that held too but were less specific.</param>
/// <param name="Lead">The unit that would lead; null when no row holds or the place is not known well enough.</param>
/// <param name="Assisting">The units that would assist.</param>
/// <param name="Tier">The tier the case would start in.</param>
/// <param name="Workflow">The workflow the row asks for instead of the tier's own, or null.</param>
/// <param name="Limit">The handling limit.</param>
public sealed record TryOutResult(
    string? Category, IReadOnlyList<string> Words, RoutingRow? Row, IReadOnlyList<RoutingReason> Reasons, IReadOnlyList<int> Passed,
    string? Lead, IReadOnlyList<string> Assisting, CaseTier? Tier, string? Workflow, TimeLimit? Limit);

public sealed class RoutingQueries(BundleStore bundles, OrganisationQueries organisation, TimeProvider time)
{
    public ValueTask<Bundle> GetCurrentAsync(CancellationToken cancellationToken = default) => bundles.GetCurrentAsync(cancellationToken);

    /// <summary>What is wrong with rows, were they part of a bundle; the rest of the bundle is not mentioned.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(Bundle bundle, IEnumerable<RoutingRow> rows, CancellationToken cancellationToken = default) =>
        [.. (await bundles.CheckAsync(With(bundle, rows), cancellationToken)).Where(problem => !problem.Path.StartsWith("definitions/", StringComparison.Ordinal))];

    /// <summary>Tries a message on rows, as the intake workflow would: sorts it, then asks the table.</summary>
    public async Task<TryOutResult> TryAsync(Bundle bundle, IEnumerable<RoutingRow> rows, TryOut message, CancellationToken cancellationToken = default)
    {
        var proposal = Classifier.For(bundle.Categories).Classify(message.Title, message.Detail);
        var category = bundle.Categories.Find(message.Category ?? proposal.Category) ?? bundle.Categories.Find(FallbackOf(bundle));
        var urgency = message.Urgency ?? category?.Urgency ?? CaseUrgency.Normal;
        var now = time.GetUtcNow();
        var @case = new CaseState
        {
            Number = "",
            Title = message.Title,
            Detail = message.Detail,
            ReportedAt = now,
            AcceptedAt = now,
            Category = category?.Key,
            Tier = message.Tier ?? category?.Tier,
            Nature = message.Nature ?? CaseNature.Request,
            Channel = message.Channel ?? CaseChannel.Web,
            Urgency = category is not null && category.Urgency > urgency ? category.Urgency : urgency,
            AreaPath = message.Area is null ? "/" : (await organisation.FindAreaAsync(message.Area, cancellationToken))?.Path ?? "/",
        };
        IReadOnlyList<string> words = message.Category is null ? proposal.Words : [];
        var local = message.Time ?? TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, bundle.Calendar.Zone).DateTime);
        if (new RoutingTable(rows).Find(@case, local) is not { } found)
        {
            return new TryOutResult(category?.Key, words, null, [], [], null, [], @case.Tier, null, null);
        }

        var lead = UnitKey.Resolve(found.Row.Lead, @case);
        return new TryOutResult(
            category?.Key, words, found.Row, found.Reasons, found.Passed, string.IsNullOrEmpty(lead) ? null : lead,
            [.. found.Row.Assisting.Select(unit => UnitKey.Resolve(unit, @case)).OfType<string>().Where(unit => unit != lead).Distinct()],
            found.Row.StartTier ?? @case.Tier, found.Row.Workflow, found.Row.Limit ?? bundle.Categories.FindLimit(category?.Key, null));
    }

    /// <summary>Names of everything that rows mention.</summary>
    public async Task<RoutingNames> GetNamesAsync(Bundle bundle, IEnumerable<RoutingRow> rows, IEnumerable<string>? moreUnits = null, CancellationToken cancellationToken = default)
    {
        var all = rows.ToList();
        var units = all.SelectMany(row => row.Assisting.Append(row.Lead)).Concat(moreUnits ?? []).Where(unit => !string.IsNullOrEmpty(unit) && !UnitKey.RelativeNames.Contains(unit)).Distinct().ToList();
        return new RoutingNames(
            bundle,
            await organisation.GetUnitNamesAsync(units, cancellationToken),
            await organisation.GetPathNamesAsync([.. all.Select(row => row.Area).OfType<string>().Distinct()], cancellationToken));
    }

    internal static Bundle With(Bundle bundle, IEnumerable<RoutingRow> rows) =>
        bundle.Copy(routing: new RoutingTable(rows));

    private static string? FallbackOf(Bundle bundle) => bundle.FindDefinition(ShippedBundle.IntakeWorkflow)?.AllActivities()
        .FirstOrDefault(node => node.Type == "GridFlow.Classify")?.Inputs.GetValueOrDefault("fallback")?.Text;
}

/// <summary>Publishes a changed routing table with everything else of the bundle as it is.</summary>
public sealed class RoutingCommands(BundleStore bundles)
{
    public const int LongestReason = 500;

    /// <param name="baseNumber">The bundle the rows were changed from; if another is in force by now, nothing happens.</param>
    /// <param name="rows">All rows of the new table.</param>
    /// <param name="reason">Why; not empty, and no longer than <see cref="LongestReason"/>.</param>
    /// <param name="author">Who; has the permission to publish.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public async Task<PublishResult> PublishAsync(
        int baseNumber, IReadOnlyList<RoutingRow> rows, string reason, CurrentUser author, CancellationToken cancellationToken = default)
    {
        var inForce = await bundles.GetCurrentAsync(cancellationToken);
        return inForce.Number == baseNumber
            ? await bundles.PublishAsync(RoutingQueries.With(inForce, rows), reason.Trim(), author, baseNumber, cancellationToken)
            : new PublishResult.Outdated(inForce.Number);
    }
}
