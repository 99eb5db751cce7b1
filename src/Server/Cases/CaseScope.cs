using System.Linq.Expressions;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Server.Whistles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>
/// The one place that says which cases and which work items a person may see or act on. Every query for staff passes here.
/// </summary>
public static class CaseScope
{
    /// <summary>Cases in the areas one looks after, and cases in which one's department has a part.</summary>
    public static IQueryable<CaseRow> VisibleTo(this IQueryable<CaseRow> cases, CurrentUser user, GridFlowDbContext db)
    {
        var scope = user.ScopeOf(Permission.ViewCases);
        Expression<Func<CaseRow, bool>> visible = row => false;
        foreach (var path in scope.AreaPaths)
        {
            visible = visible.Or(TextOrder.Begins<CaseRow>(row => row.AreaPath, path));
        }

        var units = PartUnits(user);
        visible = visible.Or(row => db.CaseUnits.Any(unit => unit.CaseNumber == row.Number && units.Contains(unit.Unit)));
        return cases.Where(visible);
    }

    /// <summary>The units whose part in a case lets one see it: a department, or a grid whose case lies elsewhere.</summary>
    public static List<string> PartUnits(CurrentUser user)
    {
        var units = user.UnitKeys.ToList();
        if (user.Posts.Any(post => post.Role == Role.Administrator))
        {
            units.Add(UnitKey.Administrator);
        }

        return units;
    }

    /// <summary>Whistles in the areas one looks after, and those one's unit blew or was called by.</summary>
    public static IQueryable<WhistleRow> VisibleTo(this IQueryable<WhistleRow> whistles, CurrentUser user, GridFlowDbContext db)
    {
        var units = user.UnitKeys.ToList();
        Expression<Func<WhistleRow, bool>> visible = row => units.Contains(row.Unit) || db.WhistledUnits.Any(unit => unit.WhistleId == row.Id && units.Contains(unit.Unit));
        foreach (var path in user.ScopeOf(Permission.ViewCases).AreaPaths)
        {
            visible = visible.Or(TextOrder.Begins<WhistleRow>(row => row.AreaPath, path));
        }

        return whistles.Where(visible);
    }

    /// <summary>
    /// Work items one may sign for and complete: those of one's own units in one's roles there, and, for who dispatches in an
    /// area, the tasks and approvals of the bodies in it, so that no case waits for a unit without people; a whole county's dispatcher
    /// steps in for departments as well. What was asked of one unit by name, to come to a whistle, to decide or to answer, only that unit does.
    /// </summary>
    public static IQueryable<WorkItemRow> InReachOf(this IQueryable<WorkItemRow> items, CurrentUser user)
    {
        var reach = OwnUnits(user);
        foreach (var path in user.ScopeOf(Permission.Dispatch).AreaPaths)
        {
            reach = reach.Or(TextOrder.Begins<WorkItemRow>(row => row.AreaPath, path).And(row => row.Role != Role.Leader && (row.Kind == WorkItemKind.Task || row.Kind == WorkItemKind.Approval)).And(BodiesIn(path)));
        }

        return items.Where(row => row.Kind != WorkItemKind.Rating).Where(reach);
    }

    /// <summary>
    /// Work items one keeps an eye on without doing them: for who supervises in an area, all those of its subtree. Being shown one
    /// says nothing about being allowed to act on it.
    /// </summary>
    public static IQueryable<WorkItemRow> WatchedBy(this IQueryable<WorkItemRow> items, CurrentUser user)
    {
        Expression<Func<WorkItemRow, bool>> watched = row => false;
        foreach (var path in user.ScopeOf(Permission.Supervise).AreaPaths)
        {
            watched = watched.Or(TextOrder.Begins<WorkItemRow>(row => row.AreaPath, path));
        }

        return items.Where(row => row.Kind != WorkItemKind.Rating && row.Kind != WorkItemKind.Incident).Where(watched);
    }

    /// <summary>Work items of one's own units, in one's roles there.</summary>
    public static IQueryable<WorkItemRow> OfUnitsOf(this IQueryable<WorkItemRow> items, CurrentUser user) => items.Where(OwnUnits(user));

    private static Expression<Func<WorkItemRow, bool>> BodiesIn(string path)
    {
        const int county = 3;
        var codes = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var departments = TextOrder.Begins<WorkItemRow>(row => row.Unit, UnitKey.ForDepartment(""));
        var areas = TextOrder.Begins<WorkItemRow>(row => row.Unit, UnitKey.ForArea(codes.LastOrDefault() ?? ""));
        return codes.Length <= county ? areas.Or(departments) : areas;
    }

    private static Expression<Func<WorkItemRow, bool>> OwnUnits(CurrentUser user)
    {
        Expression<Func<WorkItemRow, bool>> own = row => false;
        foreach (var post in user.Posts.DistinctBy(post => (post.UnitKey, post.Role)))
        {
            var (unit, role) = (post.UnitKey, post.Role);
            own = post.Gives(Permission.WorkItems)
                ? own.Or(row => row.Unit == unit && (row.Role == null || row.Role == role))
                : own.Or(row => row.Unit == unit && row.Role == role);
            if (role == Role.Administrator)
            {
                own = own.Or(row => row.Unit == UnitKey.Administrator);
            }
        }

        return own;
    }
}
