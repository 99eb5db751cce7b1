namespace GridFlow.Server.Board;

public static class BoardRegistration
{
    public static void AddBoard(this IServiceCollection services)
    {
        services.AddSingleton<BoardState>();
        services.AddSingleton<BoardQueries>();
        services.AddSingleton<AreaMaps>();
        services.AddSingleton<CaseSurroundings>();
        services.AddSingleton<BoardActs>();
    }

    /// <summary>What the portal does ahead of the first viewer. Verbs run without it.</summary>
    public static void AddBoardWarmUp(this IServiceCollection services) => services.AddHostedService<BoardWarmUp>();
}
