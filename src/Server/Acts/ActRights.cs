using System.Collections.Immutable;
using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Acts;

/// <summary>The one place that says who may do which act. What is done with a work item may be done by whom the item is in reach of.</summary>
public static class ActRights
{
    /// <summary>Blowing 攻坚哨, as a refusal names it to those who may only blow the other kind.</summary>
    public const string HardWhistle = "Whistle.Hard";

    /// <summary>Who blows 攻坚哨, in the form and in refusals.</summary>
    internal static readonly LocalizedText OnlyLeaders = new("攻坚哨只有镇街书记、主任（领导岗位）才能吹", "Only the town's secretary or director (a leader's post) whistles for a hard case");

    /// <summary>Acts with the whole case, and what whoever does them must be allowed in the case's area.</summary>
    private static readonly Dictionary<string, Permission> InArea = new(StringComparer.Ordinal)
    {
        ["Urge"] = Permission.Supervise,
        ["Supervision"] = Permission.Supervise,
        ["Sponsorship"] = Permission.Approve,
        ["Merge"] = Permission.Dispatch,
        ["Split"] = Permission.Dispatch,
        ["Resume"] = Permission.Dispatch,
    };

    /// <summary>The post that colleagues named in the form of an act hold; null for any.</summary>
    public static Role? PostOf(CaseAct act) => act.Name == "Sponsorship" ? Role.Leader : null;

    /// <summary>The unit somebody acts for when they do an act with the whole case; null when they may not, so that it is not offered to them.</summary>
    public static string? UnitFor(CaseAct act, CurrentUser user, CaseState @case, IReadOnlyCollection<string> whistling) => UnitFor(act, user, @case, whistling, WhistleHardness.Any);

    /// <summary>Who does it, acting for which unit; null for somebody who may not, or may not see the case.</summary>
    internal static async Task<Actor?> FindActorAsync(GridFlowDbContext db, string number, CaseAct act, string? workItem, ImmutableDictionary<string, object?> fields, CurrentUser user, CancellationToken cancellationToken)
    {
        if (act.IsAboutItem)
        {
            // One that is closed meanwhile is for the engine to tell: somebody was quicker.
            var found = await db.WorkItems.AsNoTracking().Where(item => item.CaseNumber == number && item.Id == workItem).InReachOf(user)
                .Select(item => new { item.Unit, item.ClaimedById }).FirstOrDefaultAsync(cancellationToken);
            return found is null ? null : user.ActorIn(found.Unit, found.ClaimedById);
        }

        if (await db.Cases.AsNoTracking().VisibleTo(user, db).FirstOrDefaultAsync(one => one.Number == number, cancellationToken) is not { } row)
        {
            return null;
        }

        var whistling = await WhistlingAsync(db, number, cancellationToken);
        var hardness = IsHard(fields) ? WhistleHardness.Hard : WhistleHardness.Any;
        return UnitFor(act, user, CaseMapping.ToState(row), whistling, hardness) is { } acting ? user.ActorIn(acting) : null;
    }

    /// <summary>What somebody may not do: the act, or the kind of it that is for others.</summary>
    internal static async Task<string> NameRefusedAsync(GridFlowDbContext db, string number, CaseAct act, ImmutableDictionary<string, object?> fields, CurrentUser user, CancellationToken cancellationToken) =>
        act.Name == "Whistle" && IsHard(fields) && await FindActorAsync(db, number, act, null, fields.Remove("kind"), user, cancellationToken) is not null ? HardWhistle : act.Name;

    /// <summary>The units that blew a whistle for a case, or were whistled.</summary>
    internal static async Task<IReadOnlyCollection<string>> WhistlingAsync(GridFlowDbContext db, string number, CancellationToken cancellationToken) =>
        await db.Whistles.AsNoTracking().Where(call => call.CaseNumber == number).Select(call => call.Unit)
            .Union(db.WhistledUnits.AsNoTracking().Where(unit => db.Whistles.Any(call => call.Id == unit.WhistleId && call.CaseNumber == number)).Select(unit => unit.Unit))
            .ToListAsync(cancellationToken);

    /// <summary>The field that names something which is not there, or not in reach of whoever names it; null when all is well.</summary>
    internal static async Task<string?> FindProblemAsync(GridFlowDbContext db, CaseAct act, ImmutableDictionary<string, object?> fields, string? unit, CurrentUser user, CancellationToken cancellationToken)
    {
        foreach (var field in act.Fields)
        {
            var given = ExpressionValue.ToText(fields.GetValueOrDefault(field.Name));
            if (given.Length > 0 && !await IsThereAsync(db, act, field, given, unit, user, cancellationToken))
            {
                return field.Name;
            }
        }

        return null;
    }

    /// <summary>
    /// What somebody handed on is theirs to take back (拿回) until the next one has opened it: an item that came of their last
    /// completion, opened in the inbox by somebody of its unit.
    /// </summary>
    internal static async Task<bool> WasOpenedAsync(GridFlowDbContext db, CaseAct act, string number, CurrentUser user, CancellationToken cancellationToken)
    {
        if (act.Name != "TakeBack")
        {
            return false;
        }

        var mine = user.AccountIds.ToList();
        var handedOn = await db.WorkItems.AsNoTracking().Where(item => item.CaseNumber == number && item.Outcome != null && mine.Contains(item.ClosedById!)).MaxAsync(item => item.ClosedAt, cancellationToken);
        return handedOn is { } at && await db.Set<SeenRow>().AsNoTracking().AnyAsync(
            seen => !mine.Contains(seen.AccountId) && db.WorkItems.Any(item => item.Id == seen.WorkItem && item.CaseNumber == number && item.ClosedAt == null && item.OpenedAt >= at
                && db.Posts.Any(post => post.AccountId == seen.AccountId && post.UnitKey == item.Unit)), cancellationToken);
    }

    /// <summary>Whether somebody ever completed work on a case: who handed nothing on has nothing to take back.</summary>
    internal static async Task<bool> HasHandedOnAsync(GridFlowDbContext db, string number, CurrentUser user, CancellationToken cancellationToken)
    {
        var mine = user.AccountIds.ToList();
        return await db.WorkItems.AsNoTracking().AnyAsync(item => item.CaseNumber == number && item.Outcome != null && mine.Contains(item.ClosedById!), cancellationToken);
    }

    /// <summary>Whether somebody may blow 攻坚哨 on a case, which is for the leaders of its area.</summary>
    internal static bool MayWhistleHard(CurrentUser user, CaseState @case) => PostIn(user, @case, post => post.Role == Role.Leader) is not null;

    /// <summary>The fields with colleagues as the books know them: their name is not for whoever names them to say.</summary>
    internal static async Task<ImmutableDictionary<string, object?>> WithPeopleAsync(GridFlowDbContext db, CaseAct act, ImmutableDictionary<string, object?> fields, CancellationToken cancellationToken)
    {
        foreach (var field in act.Fields.Where(field => field.Kind == FieldKind.Person && fields.ContainsKey(field.Name)))
        {
            var id = ExpressionValue.ToText(fields.GetValueOrDefault(field.Name)).Split('|')[0];
            var name = await db.Users.AsNoTracking().Where(account => account.Id == id).Select(account => account.Name).FirstOrDefaultAsync(cancellationToken);
            fields = name is null ? fields : fields.SetItem(field.Name, FieldPerson.Write(id, name));
        }

        return fields;
    }

    /// <summary>The fields with cases by their whole numbers, where they are named by the end of it; and that end where several have it.</summary>
    internal static async Task<(ImmutableDictionary<string, object?> Fields, string? Several)> WithCasesAsync(
        GridFlowDbContext db, CaseAct act, string number, ImmutableDictionary<string, object?> fields, CurrentUser user, CancellationToken cancellationToken)
    {
        foreach (var field in act.Fields.Where(field => field.Kind == FieldKind.Case))
        {
            if (fields.GetValueOrDefault(field.Name) is not string given)
            {
                continue;
            }

            switch (await CaseTail.FindAsync(db, given, number, user, cancellationToken))
            {
                case [var one]:
                    fields = fields.SetItem(field.Name, one);
                    break;
                case [_, _, ..]:
                    return (fields, given);
            }
        }

        return (fields, null);
    }

    private static bool IsHard(ImmutableDictionary<string, object?> fields) => ExpressionValue.ToText(fields.GetValueOrDefault("kind")) == nameof(WhistleKind.Hard);

    private static async Task<bool> IsThereAsync(GridFlowDbContext db, CaseAct act, FormField field, string given, string? unit, CurrentUser user, CancellationToken cancellationToken)
    {
        switch (field.Kind)
        {
            case FieldKind.Case:
                return await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == given && row.Status == CaseStatus.Open, cancellationToken);
            case FieldKind.Person:
                var (account, role) = (given.Split('|')[0], PostOf(act));
                return await db.Posts.AnyAsync(post => post.AccountId == account && post.UnitKey == unit && (role == null || post.Role == role), cancellationToken);
            case FieldKind.Unit or FieldKind.Units:
                var keys = given.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(UnitKey.IsCertain).ToList();
                var areas = keys.Select(UnitKey.AreaOf).OfType<string>().ToList();
                var departments = keys.Select(UnitKey.DepartmentOf).OfType<string>().ToList();
                var found = await db.Areas.CountAsync(area => areas.Contains(area.Code), cancellationToken) + await db.Departments.CountAsync(department => departments.Contains(department.Key), cancellationToken);
                return found == keys.Count;
            default:
                return true;
        }
    }

    // The unit somebody acts for when they do this, or null when they may not.
    private static string? UnitFor(CaseAct act, CurrentUser user, CaseState @case, IReadOnlyCollection<string> whistling, WhistleHardness hardness) => act.Name switch
    {
        "TakeBack" => user.UnitKeys.FirstOrDefault(),
        "CopyTo" => PostIn(user, @case, post => post.Gives(Permission.WorkItems) || post.Gives(Permission.Dispatch)) ?? user.UnitKeys.FirstOrDefault(unit => user.Posts.Any(post => post.UnitKey == unit && post.Gives(Permission.WorkItems))),
        "Appeal" => @case.LeadUnit is { } lead && user.Holds(lead) ? lead : null,
        "WhistleAssess" => user.UnitKeys.FirstOrDefault(whistling.Contains),

        // 推进哨: any member of the street's leadership; 攻坚哨: its secretary or director, who hold the leader's post.
        "Whistle" => PostIn(user, @case, post => post.Role == Role.Leader || (hardness == WhistleHardness.Any && post.Role is Role.Dispatcher or Role.GridLeader)),
        "Urge" or "Resume" => PostIn(user, @case, post => post.Gives(InArea[act.Name]) || post.Gives(Permission.Dispatch)),
        _ => InArea.TryGetValue(act.Name, out var permission) ? PostIn(user, @case, post => post.Gives(permission)) : null,
    };

    private static string? PostIn(CurrentUser user, CaseState @case, Func<UserPost, bool> fits) =>
        user.Posts.FirstOrDefault(post => fits(post) && post.AreaPath is { } path && @case.AreaPath.StartsWith(path, StringComparison.Ordinal))?.UnitKey;

    private enum WhistleHardness
    {
        Any,
        Hard,
    }
}
