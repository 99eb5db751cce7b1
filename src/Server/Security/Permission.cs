namespace GridFlow.Server.Security;

/// <summary>What may be done. Held by a role in a unit, see <see cref="Permissions"/>; each is also the name of a policy.</summary>
public enum Permission
{
    /// <summary>See, sign for and complete the work of one's unit.</summary>
    WorkItems,

    /// <summary>Look up cases of one's area or department.</summary>
    ViewCases,

    /// <summary>Enter a report: found on patrol, on a visit, or on behalf of a resident.</summary>
    Report,

    /// <summary>Correct category, tier and unit; whistle several units.</summary>
    Dispatch,

    /// <summary>Say that what is handled is in order.</summary>
    Verify,

    /// <summary>Urge and supervise.</summary>
    Supervise,

    /// <summary>Watch the whole of one's area: the command board, and what will be late.</summary>
    Oversee,

    /// <summary>Decide what needs an approval.</summary>
    Approve,

    /// <summary>Change routing, categories, workflows and calendar in drafts.</summary>
    Edit,

    /// <summary>Put a draft in force, and bring an older bundle back.</summary>
    Publish,

    /// <summary>Keep areas, departments and people.</summary>
    ManageOrganisation,

    /// <summary>See who reported, with a reason that is recorded.</summary>
    RevealIdentity,

    /// <summary>Read who did and saw what.</summary>
    ViewAudit,
}
