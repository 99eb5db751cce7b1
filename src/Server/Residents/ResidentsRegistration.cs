namespace GridFlow.Server.Residents;

public static class ResidentsRegistration
{
    public static void AddResidents(this IServiceCollection services)
    {
        services.AddOptions<ResidentsOptions>().BindConfiguration(ResidentsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ResidentLimits>();
        services.AddSingleton<CaseAccess>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton<ResidentActs>();
        services.AddSingleton<ResidentWords>();
        services.AddSingleton<ResidentQueries>();
        services.AddSingleton<PlaceQueries>();
    }
}
