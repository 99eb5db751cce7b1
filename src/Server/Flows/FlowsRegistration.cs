namespace GridFlow.Server.Flows;

public static class FlowsRegistration
{
    public static void AddFlows(this IServiceCollection services)
    {
        services.AddSingleton<FlowQueries>();
        services.AddSingleton<TrafficQueries>();
        services.AddSingleton<FlowCommands>();
        services.AddSingleton<Designer.Editing.FlowClipboard>();
    }
}
