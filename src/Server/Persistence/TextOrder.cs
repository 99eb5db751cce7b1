using System.Linq.Expressions;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Comparisons of texts as ranges of an index. Both databases compare by code point, and neither uses an index for a pattern
/// that is only known when the statement runs.
/// </summary>
internal static class TextOrder
{
    /// <summary>That a text begins with a prefix.</summary>
    public static Expression<Func<T, bool>> Begins<T>(Expression<Func<T, string>> text, string prefix)
    {
        var end = End(prefix);
#pragma warning disable CA1309, CA1310, MA0001 // It is the database that compares.
        return Over(text, value => string.Compare(value, prefix) >= 0 && string.Compare(value, end) < 0);
#pragma warning restore CA1309, CA1310, MA0001
    }

    /// <summary>That a text comes after another.</summary>
    public static Expression<Func<T, bool>> After<T>(Expression<Func<T, string>> text, string other)
    {
#pragma warning disable CA1309, CA1310, MA0001 // As above.
        return Over(text, value => string.Compare(value, other) > 0);
#pragma warning restore CA1309, CA1310, MA0001
    }

    /// <summary>That a text comes before another.</summary>
    public static Expression<Func<T, bool>> Before<T>(Expression<Func<T, string>> text, string other)
    {
#pragma warning disable CA1309, CA1310, MA0001 // As above.
        return Over(text, value => string.Compare(value, other) < 0);
#pragma warning restore CA1309, CA1310, MA0001
    }

    public static Expression<Func<T, bool>> Or<T>(this Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, BodyOver(right, left.Parameters[0])), left.Parameters[0]);

    public static Expression<Func<T, bool>> And<T>(this Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(left.Body, BodyOver(right, left.Parameters[0])), left.Parameters[0]);

    public static Expression<Func<T, bool>> Not<T>(this Expression<Func<T, bool>> condition) => Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters[0]);

    /// <summary>The first text after all that begin with the prefix, which must have a last character.</summary>
    public static string End(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    private static Expression BodyOver<T>(Expression<Func<T, bool>> condition, ParameterExpression parameter) => new Put(condition.Parameters[0], parameter).Visit(condition.Body);

    private static Expression<Func<T, bool>> Over<T>(Expression<Func<T, string>> text, Expression<Func<string, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(new Put(condition.Parameters[0], text.Body).Visit(condition.Body), text.Parameters[0]);

    private sealed class Put(ParameterExpression place, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == place ? value : base.VisitParameter(node);
    }
}
