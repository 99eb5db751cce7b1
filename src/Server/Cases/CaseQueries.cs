using System.Text.Json;
using GridFlow.Server.Accounts;
using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>What the staff reads of cases; every question passes <see cref="CaseScope"/>.</summary>
public sealed class CaseQueries(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, CaseLists lists, NameLookup lookup, AccountQueries accounts, CaseWords words)
{
    public const int PageSize = 25;
    public const int MaxPageSize = 200;

    /// <summary>What lies further back is walked to, not turned to.</summary>
    public const int MaxPages = 100;

    /// <summary>Cases one may see, a page at a time; pages count from 1. Later pages cost more: whoever walks a list walks <see cref="CaseLists"/>.</summary>
    public async Task<CaseList> ListAsync(CurrentUser user, CaseFilter filter, int page = 1, int size = PageSize, CancellationToken cancellationToken = default)
    {
        var slice = await lists.ListAsync(user, filter, null, size, cancellationToken);
        for (var turned = 1; turned < page; turned++)
        {
            if (slice.Next is null || turned == MaxPages)
            {
                slice = new CaseSlice([], null);
                break;
            }

            slice = await lists.ListAsync(user, filter, slice.Next, size, cancellationToken);
        }

        return new CaseList(slice.Rows, (await lists.CountAsync(user, filter, cancellationToken)).Count, page, size) { Next = slice.Next?.ToString() };
    }

    /// <summary>A case one may see, or null.</summary>
    public async Task<CaseDetail?> FindAsync(string number, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Cases.AsNoTracking().VisibleTo(user, db).FirstOrDefaultAsync(row => row.Number == number, cancellationToken) is not { } row)
        {
            return null;
        }

        var bundleNumber = await db.Instances.Where(instance => instance.Id == number).Select(instance => instance.Bundle).FirstOrDefaultAsync(cancellationToken);
        var items = await db.WorkItems.AsNoTracking().Where(item => item.CaseNumber == number && item.ClosedAt == null)
            .OrderBy(item => item.OpenedAt).ToListAsync(cancellationToken);
        var reach = await db.WorkItems.AsNoTracking().Where(item => item.CaseNumber == number && item.ClosedAt == null).InReachOf(user)
            .Select(item => item.Id).ToListAsync(cancellationToken);
        var reporter = !row.HasReporter ? null : await db.Reporters.AsNoTracking().Where(reporter => reporter.CaseNumber == number)
            .Select(reporter => new { reporter.Name, reporter.Phone, reporter.Email }).FirstOrDefaultAsync(cancellationToken);

        var attached = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(other => other.MergedInto == number || other.SplitFrom == number).OrderBy(other => other.Number)
            .Select(other => new { other.Number, other.Title, other.Status, other.LeadUnit, IsPart = other.SplitFrom == number }).ToListAsync(cancellationToken);
        var facts = CaseMapping.ToState(row);
        var bundle = await bundles.GetAsync(bundleNumber, cancellationToken);
        var paths = facts.Routing?.Reasons.Where(reason => reason.Kind == RoutingConditionKind.Area).Select(reason => reason.Value) ?? [];
        var names = await lookup.FindAsync(
            items.Select(item => item.Unit).Concat(items.SelectMany(item => AskedUnits(item.Asked))).Concat(attached.Select(other => other.LeadUnit)).Concat(facts.AssistingUnits).Append(facts.LeadUnit).Append(facts.Routing?.Lead), paths.Append(facts.AreaPath), cancellationToken);
        var people = await accounts.GetNamesOfAsync([facts.Handled?.By, facts.Verified?.By, facts.Confirmed?.By, facts.Sponsor?.Name, .. items.Select(item => item.ClaimedByName), .. items.Select(item => AskedBy(item.Asked))], cancellationToken);
        var open = new List<OpenItem>();
        foreach (var item in items.OrderBy(item => item.Part).ThenBy(item => item.OpenedAt))
        {
            open.Add(await ToItemAsync(item, user, reach.Contains(item.Id), names, people, cancellationToken));
        }

        if (open.Any(item => item.Kind == WorkItemKind.Incident))
        {
            open = [.. await WithAttemptsAsync(db, number, open, cancellationToken)];
        }

        return ToDetail(facts, bundle, names, people) with
        {
            Bundle = bundleNumber,
            OpenItems = open,
            Attached = [.. attached.Select(other => new AttachedCase(other.Number, other.Title, other.Status, Unit(other.LeadUnit, names), other.IsPart))],
            Reporter = reporter is null ? null : new MaskedReporter(Mask.Name(reporter.Name), Mask.Phone(reporter.Phone), Mask.Email(reporter.Email)),
            MayReveal = user.Can(Permission.RevealIdentity, row.AreaPath),
        };
    }

    /// <summary>An open work item of a workflow that drives no case, if one may do it; null otherwise.</summary>
    public async Task<OpenItem?> FindLooseItemAsync(string id, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await db.WorkItems.AsNoTracking().Where(row => row.Id == id && row.ClosedAt == null && !db.Cases.Any(other => other.Number == row.CaseNumber))
            .InReachOf(user).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var names = await lookup.FindAsync([found.Unit], [], cancellationToken);
        var item = (await ToItemAsync(found, user, mayAct: true, names, await accounts.GetNamesOfAsync([found.ClaimedByName, AskedBy(found.Asked)], cancellationToken), cancellationToken)) with { IsLoose = true };
        return item.Kind == WorkItemKind.Incident ? (await WithAttemptsAsync(db, found.CaseNumber, [item], cancellationToken))[0] : item;
    }

    /// <summary>Whether an instance drives a case.</summary>
    public async Task<bool> IsCaseAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AnyAsync(row => row.Number == instanceId, cancellationToken);
    }

    /// <summary>The form of a work item under the bundle it was opened under.</summary>
    public async Task<WorkItemForm> GetFormAsync(OpenItem item, CancellationToken cancellationToken = default)
    {
        var bundle = await bundles.GetAsync(item.Bundle, cancellationToken);
        return WorkItemForm.Of(bundle.FindDefinition(item.DefinitionId)!, item.Kind, item.ActivityId, drivesCase: !item.IsLoose);
    }

    /// <summary>The categories a case can be filed under in a bundle, by key, with their group before the name.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> GetCategoriesAsync(int bundleNumber, CancellationToken cancellationToken = default)
    {
        var bundle = await bundles.GetAsync(bundleNumber, cancellationToken);
        return [.. bundle.Categories.All.Where(category => category is { IsGroup: false, IsRetired: false }).Select(category => KeyValuePair.Create(category.Key, CategoryName(bundle, category.Key)!))];
    }

    /// <summary>The groups of categories in force, by key.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> GetCategoryGroupsAsync(CancellationToken cancellationToken = default)
    {
        var bundle = await bundles.GetCurrentAsync(cancellationToken);
        return [.. bundle.Categories.All.Where(category => category.IsGroup).Select(category => KeyValuePair.Create(category.Key, category.Name.ToString()))];
    }

    /// <summary>What a workflow or one of its steps is called, in the bundle in force.</summary>
    public async Task<string> GetStepNameAsync(string flow, string? step, CancellationToken cancellationToken = default)
    {
        var definition = (await bundles.GetCurrentAsync(cancellationToken)).FindDefinition(flow);
        var activity = step is null ? null : definition?.FindActivity(step)?.Called.ToString();
        return string.Join(" / ", ((string?[])[definition?.Name.ToString() ?? flow, activity ?? step]).OfType<string>());
    }

    /// <summary>The label of a field of a work item, open or over; the name itself where there is none.</summary>
    public async Task<string> GetFieldLabelAsync(string workItem, string field, CancellationToken cancellationToken = default)
    {
        var form = await FindFormAsync(workItem, cancellationToken);
        return form?.Fields.FirstOrDefault(candidate => candidate.Name == field)?.Label.ToString() is { Length: > 0 } label ? label : field;
    }

    /// <summary>The label of an outcome of a work item, open or over; the name itself where there is none.</summary>
    public async Task<string> GetOutcomeLabelAsync(string workItem, string outcome, CancellationToken cancellationToken = default)
    {
        var form = await FindFormAsync(workItem, cancellationToken);
        return form?.FindOutcome(outcome)?.Label.ToString() is { Length: > 0 } label ? label : outcome;
    }

    private async Task<WorkItemForm?> FindFormAsync(string workItem, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var item = await db.WorkItems.AsNoTracking().Where(row => row.Id == workItem)
            .Select(row => new { row.Bundle, row.DefinitionId, row.Kind, row.ActivityId }).FirstOrDefaultAsync(cancellationToken);
        return item is null || (await bundles.GetAsync(item.Bundle, cancellationToken)).FindDefinition(item.DefinitionId) is not { } definition
            ? null
            : WorkItemForm.Of(definition, item.Kind, item.ActivityId);
    }

    internal static DueDate? DueOf(string? json) => json is null ? null : DueOf(DeadlineJson.Read(json));

    internal static DueDate DueOf(Deadline deadline) => new(deadline.DueAt, CaseWords.Explain(deadline));

    private static CaseFact? Named(CaseFact? fact, PeopleNames people) => fact is null ? null : fact with { By = people.Of(fact.By) };

    private static UnitName? Unit(string? key, Names names) => key is null ? null : new UnitName(key, names.Unit(key));

    private async Task<OpenItem> ToItemAsync(WorkItemRow item, CurrentUser user, bool mayAct, Names names, PeopleNames people, CancellationToken cancellationToken)
    {
        var bundle = await bundles.GetAsync(item.Bundle, cancellationToken);
        var title = bundle.FindDefinition(item.DefinitionId) is { } definition
            ? WorkItemForm.Of(definition, item.Kind, item.ActivityId).Title.ToString()
            : item.ActivityId;
        return new OpenItem(item.Id, title, item.Kind, item.Part, new UnitName(item.Unit, names.Unit(item.Unit)), item.OpenedAt)
        {
            DefinitionId = item.DefinitionId,
            ActivityId = item.ActivityId,
            Bundle = item.Bundle,
            Role = item.Role,
            Due = DueOf(item.Due),
            ClaimedBy = people.Of(item.ClaimedByName),
            ClaimedAt = item.ClaimedAt,
            IsMine = user.Is(item.ClaimedById),
            MayAct = mayAct,
            Problem = item.Problem,
            Asked = [.. AskedLines(item.Asked, names, people)],
        };
    }

    private static IEnumerable<string> AskedUnits(string? json) => json is null
        ? []
        : JsonSerializer.Deserialize<Dictionary<string, string>>(json, BundleJson.Options)!.Where(answer => answer.Key is "unit" or "units" or "proposed").SelectMany(answer => answer.Value.Split(','));

    private static string? AskedBy(string? json) => json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json, BundleJson.Options)!.GetValueOrDefault("by");

    private IEnumerable<string> AskedLines(string? json, Names names, PeopleNames people)
    {
        var asked = json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json, BundleJson.Options)!;
        if (asked.GetValueOrDefault("by") is { } by)
        {
            yield return words["AskedBy", asked.GetValueOrDefault("unit") is { } unit ? $"{people.Of(by)} · {names.Unit(unit)}" : people.Of(by)];
        }

        foreach (var (name, value) in asked.Where(answer => answer.Key is "comment" or "until" or "proposed" or "units").OrderBy(answer => answer.Key != "comment"))
        {
            yield return name is "proposed" or "units" ? words["Asked" + name, CaseWords.List(value.Split(',').Select(names.Unit))] : words["Asked" + name, value];
        }
    }

    private async Task<IReadOnlyList<OpenItem>> WithAttemptsAsync(GridFlowDbContext db, string number, List<OpenItem> items, CancellationToken cancellationToken)
    {
        var failures = await db.History.AsNoTracking().Where(entry => entry.InstanceId == number && entry.Kind == HistoryKind.Incident)
            .OrderByDescending(entry => entry.Number).Select(entry => entry.Data).ToListAsync(cancellationToken);
        var told = failures.Select(TimelineQueries.Read).ToList();
        var list = new List<OpenItem>();
        foreach (var item in items)
        {
            var last = item.Kind != WorkItemKind.Incident ? null : told.FirstOrDefault(failure => failure.GetValueOrDefault("activity") == item.ActivityId && failure.GetValueOrDefault("definition") == item.DefinitionId);
            var flow = (await bundles.GetAsync(item.Bundle, cancellationToken)).FindDefinition(item.DefinitionId);
            list.Add(last is null ? item : item with
            {
                Where = words["IncidentWhere", flow?.Name.ToString() ?? item.DefinitionId, flow?.FindActivity(item.ActivityId)?.Called.ToString() ?? item.ActivityId],
                Attempts = int.TryParse(last.GetValueOrDefault("attempt"), out var count) ? count : 1,
            });
        }

        return list;
    }

    private CaseDetail ToDetail(CaseState facts, Bundle bundle, Names names, PeopleNames people) => new()
    {
        Number = facts.Number,
        Title = facts.Title,
        Detail = facts.Detail,
        Status = facts.Status,
        Stage = facts.Stage,
        Tier = facts.Tier,
        Urgency = facts.Urgency,
        Nature = facts.Nature,
        Channel = facts.Channel,
        Round = facts.Round,
        CategoryKey = facts.Category,
        Category = CategoryName(bundle, facts.Category),
        Condition = bundle.Categories.Find(facts.Category)?.Conditions.FirstOrDefault(condition => condition.Code == facts.Condition)?.Name.ToString(),
        AreaPath = facts.AreaPath,
        Area = names.Place(facts.AreaPath),
        Place = facts.Place,
        ReportedAt = facts.ReportedAt,
        AcceptedAt = facts.AcceptedAt,
        ClosedAt = facts.ClosedAt,
        Lead = Unit(facts.LeadUnit, names),
        Assisting = [.. facts.AssistingUnits.Select(unit => new UnitName(unit, names.Unit(unit)))],
        Due = facts.Due is null ? null : DueOf(facts.Due),
        Answer = facts.Answer,
        Handled = Named(facts.Handled, people),
        Verified = Named(facts.Verified, people),
        Confirmed = Named(facts.Confirmed, people),
        Rating = facts.Rating,
        HasReporter = facts.HasReporter,
        Sorting = facts.Classification is not { } sorting ? null : new SortingReason(
            CategoryName(bundle, sorting.Category), sorting.Words, sorting.Score, CategoryName(bundle, sorting.RunnerUp), sorting.RunnerUpScore),
        OriginalDue = facts.Due is { Before: not null } moved ? DueOf(moved.Original) : null,
        HeldUntil = facts.HeldUntil,
        AreReturnsUsedUp = facts.Returns >= bundle.Rules.MaxReturns,
        Returns = facts.Returns,
        Extensions = facts.Extensions,
        Urged = facts.Urged,
        Supervised = facts.Supervised,
        Sponsor = people.Of(facts.Sponsor?.Name),
        WasOverdue = facts.WasOverdue,
        Appeal = facts.Appeal,
        MergedInto = facts.MergedInto,
        SplitFrom = facts.SplitFrom,
        Routing = facts.Routing is not { } routing ? null : new RoutingReasons(
            routing.Bundle, routing.Row, [.. routing.Reasons.Select(reason => Reason(reason, bundle, names))], routing.Passed, new UnitName(routing.Lead, names.Unit(routing.Lead))),
    };

    private string Reason(RoutingReason reason, Bundle bundle, Names names)
    {
        var value = reason.Kind switch
        {
            RoutingConditionKind.Keyword or RoutingConditionKind.TimeOfDay => reason.Value,
            RoutingConditionKind.Category => CategoryName(bundle, reason.Value) ?? reason.Value,
            RoutingConditionKind.Area => names.Area(reason.Value),
            RoutingConditionKind.Nature => words.Of(Enum.Parse<CaseNature>(reason.Value)),
            RoutingConditionKind.Channel => words.Of(Enum.Parse<CaseChannel>(reason.Value)),
            RoutingConditionKind.Urgency => words.Of(Enum.Parse<CaseUrgency>(reason.Value)),
            RoutingConditionKind.Tier => words.Of(Enum.Parse<CaseTier>(reason.Value)),
        };
        return words[$"Reason{reason.Kind}", value];
    }

    /// <summary>"市容环境 / 暴露垃圾": the group and the category.</summary>
    private static string? CategoryName(Bundle bundle, string? key)
    {
        if (bundle.Categories.Find(key) is not { } category)
        {
            return key;
        }

        return bundle.Categories.FindGroup(category) is { } group ? $"{group.Name} / {category.Name}" : category.Name.ToString();
    }
}
