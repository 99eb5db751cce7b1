namespace GridFlow.Workflows.Cases;

/// <summary>
/// What a person is in a unit. A role is always held in one unit: an area, where it reaches down the whole subtree,
/// or a department. What a role permits is decided by the host, in one place.
/// </summary>
public enum Role
{
    /// <summary>网格员: walks the grid, reports, handles what can be handled on the spot.</summary>
    GridWorker,

    /// <summary>网格长: answers for a grid or a village and for its grid workers.</summary>
    GridLeader,

    /// <summary>承办人: the clerk of a department who signs for its work, handles and answers it.</summary>
    Handler,

    /// <summary>调度员: the command centre of an area; sorts, dispatches, whistles, verifies.</summary>
    Dispatcher,

    /// <summary>督办员: sees what will be late, urges and supervises; handles nothing.</summary>
    Supervisor,

    /// <summary>领导: approves what crosses units and decides the big matters of an area.</summary>
    Leader,

    /// <summary>管理员: keeps rules, areas and people. Sees no more of a resident than anybody else does.</summary>
    Administrator,

    /// <summary>Draws workflows and keeps the routing table, in drafts that somebody else may put in force.</summary>
    Editor,
}
