using System.Linq.Expressions;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
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
            visible = Or(visible, row => row.AreaPath.StartsWith(path));
        }

        // A department, or a grid whose case lies elsewhere, sees what it has a part in.
        var units = user.UnitKeys.ToList();
        if (user.Posts.Any(post => post.Role == Role.Administrator))
        {
            units.Add(UnitKey.Administrator);
        }

        visible = Or(visible, row => db.CaseUnits.Any(unit => unit.CaseNumber == row.Number && units.Contains(unit.Unit)));
        return cases.Where(visible);
    }

    /// <summary>
    /// Work items one may sign for and complete: those of one's own units in one's roles there, and, for who dispatches in an
    /// area, all those of its subtree, so that no item waits for a unit without people.
    /// </summary>
    public static IQueryable<WorkItemRow> InReachOf(this IQueryable<WorkItemRow> items, CurrentUser user)
    {
        var reach = OwnUnits(user);
        foreach (var path in user.ScopeOf(Permission.Dispatch).AreaPaths)
        {
            reach = Or(reach, row => row.AreaPath.StartsWith(path) && row.Kind != WorkItemKind.Incident && row.Role != Role.Leader);
        }

        return items.Where(row => row.Kind != WorkItemKind.Rating).Where(reach);
    }

    /// <summary>Work items of one's own units, in one's roles there.</summary>
    public static IQueryable<WorkItemRow> OfUnitsOf(this IQueryable<WorkItemRow> items, CurrentUser user) => items.Where(OwnUnits(user));

    private static Expression<Func<WorkItemRow, bool>> OwnUnits(CurrentUser user)
    {
        Expression<Func<WorkItemRow, bool>> own = row => false;
        foreach (var post in user.Posts.DistinctBy(post => (post.UnitKey, post.Role)))
        {
            var (unit, role) = (post.UnitKey, post.Role);
            own = post.Gives(Permission.WorkItems)
                ? Or(own, row => row.Unit == unit && (row.Role == null || row.Role == role))
                : Or(own, row => row.Unit == unit && row.Role == role);
            if (role == Role.Administrator)
            {
                own = Or(own, row => row.Unit == UnitKey.Administrator);
            }
        }

        return own;
    }

    private static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right)
    {
        var parameter = left.Parameters[0];
        var body = new Replace(right.Parameters[0], parameter).Visit(right.Body);
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, body), parameter);
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
