namespace GridFlow.Server.Figures;

public static class FiguresRegistration
{
    public static void AddFigures(this IServiceCollection services)
    {
        services.AddSingleton<FactReader>();
        services.AddSingleton<FigureKeys>();
        services.AddSingleton<FigureCounter>();
        services.AddSingleton<FigureProgress>();
        services.AddSingleton<FigurePages>();
        services.AddSingleton<FigureQueries>();
        services.AddSingleton<FigureCases>();
        services.AddSingleton<FigureTables>();
    }

    /// <summary>The loop that keeps the days counted.</summary>
    public static void AddFigureLoop(this IServiceCollection services) => services.AddHostedService<FigureLoop>();
}
