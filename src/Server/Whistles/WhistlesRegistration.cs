namespace GridFlow.Server.Whistles;

public static class WhistlesRegistration
{
    public static void AddWhistles(this IServiceCollection services) => services.AddSingleton<WhistleQueries>();
}
