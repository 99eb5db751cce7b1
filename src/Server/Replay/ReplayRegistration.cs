namespace GridFlow.Server.Replay;

public static class ReplayRegistration
{
    public static void AddReplay(this IServiceCollection services)
    {
        services.AddSingleton<RecordedCases>();
        services.AddSingleton<ReplayRunner>();
        services.AddSingleton<ReplayRuns>();
    }
}
