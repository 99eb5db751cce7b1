namespace GridFlow.Server.Routing;

public static class RoutingRegistration
{
    public static void AddRoutingTable(this IServiceCollection services)
    {
        services.AddSingleton<RoutingQueries>();
        services.AddSingleton<RoutingCommands>();
    }
}
