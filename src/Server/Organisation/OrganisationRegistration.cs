using GridFlow.Server.Accounts;

namespace GridFlow.Server.Organisation;

public static class OrganisationRegistration
{
    public static void AddOrganisation(this IServiceCollection services)
    {
        services.AddSingleton<OrganisationQueries>();
        services.AddSingleton<OrganisationCommands>();
        services.AddSingleton<AreaImport>();
        services.AddSingleton<BoundaryImport>();
        services.AddSingleton<AccountQueries>();
        services.AddSingleton<AccountCommands>();
        services.AddSingleton<ApiTokens>();
    }
}
