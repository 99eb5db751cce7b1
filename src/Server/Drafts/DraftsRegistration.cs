namespace GridFlow.Server.Drafts;

public static class DraftsRegistration
{
    public static void AddDrafts(this IServiceCollection services)
    {
        services.AddSingleton<DraftFeed>();
        services.AddSingleton<DraftStore>();
    }
}
