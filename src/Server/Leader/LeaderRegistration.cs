namespace GridFlow.Server.Leader;

public static class LeaderRegistration
{
    public static void AddLeader(this IServiceCollection services) => services.AddSingleton<LeaderQueries>();
}
