namespace GridFlow.Server.Drafts;

public static class DraftsRegistration
{
    public static void AddDrafts(this IServiceCollection services)
    {
        services.AddSingleton<DraftFeed>();
        services.AddSingleton<DraftStore>();
        services.AddOptions<PublishingOptions>().BindConfiguration(PublishingOptions.Section);
        services.AddSingleton<DraftPublisher>();
    }

    public static void AddDraftLoops(this IServiceCollection services) => services.AddHostedService<PublishLoop>();
}
