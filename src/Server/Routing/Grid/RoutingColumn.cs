namespace GridFlow.Server.Routing.Grid;

/// <summary>The columns of the routing table's grid, in their order: conditions on the left, who does what on the right.</summary>
public enum RoutingColumn
{
    Number,
    Category,
    Area,
    Keywords,
    Tier,
    Nature,
    Channel,
    Urgency,
    From,
    Until,
    Lead,
    Assisting,
    StartTier,
    Workflow,
    Limit,
    Priority,
    Note,
}
