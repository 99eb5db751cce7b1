namespace GridFlow.Server.Quick;

public static class QuickRegistration
{
    public static void AddQuick(this IServiceCollection services)
    {
        services.AddSingleton<QuickDesk>();
        services.AddSingleton<QuickCategories>();
    }
}
