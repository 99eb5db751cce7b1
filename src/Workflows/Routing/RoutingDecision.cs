using System.Collections.Immutable;

namespace GridFlow.Workflows.Routing;

/// <summary>A condition of a routing row that held for a case, with the value that made it hold.</summary>
/// <param name="Kind">Which condition.</param>
/// <param name="Value">The row's value: a category key, an area code, a word, an enum name, or a span of the day.</param>
public sealed record RoutingReason(RoutingConditionKind Kind, string Value);

/// <summary>The conditions a row can have, in the order in which they make a row more specific.</summary>
public enum RoutingConditionKind
{
    /// <summary>A word in the message.</summary>
    Keyword,

    /// <summary>The category; a longer code is more specific.</summary>
    Category,

    /// <summary>The place; a smaller area is more specific.</summary>
    Area,

    /// <summary>What the reporter wants.</summary>
    Nature,

    /// <summary>How it came in.</summary>
    Channel,

    /// <summary>How pressing it is.</summary>
    Urgency,

    /// <summary>The tier.</summary>
    Tier,

    /// <summary>The time of day.</summary>
    TimeOfDay,
}

/// <summary>Which row sent the case where, and why that row. The case keeps it.</summary>
/// <param name="Bundle">The bundle whose table was asked.</param>
/// <param name="Row">The number of the row that won.</param>
/// <param name="Reasons">The conditions of that row, all of which held; empty for a catch-all row.</param>
/// <param name="Passed">Numbers of rows that held too, but were less specific.</param>
/// <param name="Lead">The unit that leads, resolved for this case.</param>
/// <param name="Assisting">The units that assist, resolved for this case.</param>
public sealed record RoutingDecision(int Bundle, int Row, ImmutableArray<RoutingReason> Reasons, ImmutableArray<int> Passed, string Lead, ImmutableArray<string> Assisting);
