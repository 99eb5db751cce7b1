namespace GridFlow.Server.Board;

public static class BoardRegistration
{
    public static void AddBoard(this IServiceCollection services)
    {
        services.AddSingleton<BoardState>();
        services.AddSingleton<BoardQueries>();
        services.AddSingleton<AreaMaps>();
        services.AddSingleton<BoardActs>();
    }
}
