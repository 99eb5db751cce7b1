using GridFlow.Workflows.Cases;
using static GridFlow.Server.Security.Permission;

namespace GridFlow.Server.Security;

/// <summary>The one place that says what a role permits.</summary>
public static class Permissions
{
    public static IReadOnlyList<Permission> Of(Role role) => role switch
    {
        Role.GridWorker => [WorkItems, ViewCases, Report],
        Role.GridLeader => [WorkItems, ViewCases, Report, Verify],
        Role.Handler => [WorkItems, ViewCases],
        Role.Dispatcher => [WorkItems, ViewCases, Report, Dispatch, Verify, Oversee, RevealIdentity],
        Role.Supervisor => [ViewCases, Supervise, Oversee, ViewAudit],
        Role.Leader => [WorkItems, ViewCases, Supervise, Oversee, Approve],
        Role.Administrator => [ViewCases, Edit, Publish, ManageOrganisation, ViewAudit],
        Role.Editor => [ViewCases, Edit],
    };
}
