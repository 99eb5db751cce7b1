using GridFlow.Server.Acts;
using GridFlow.Server.Bundles;
using GridFlow.Server.Delivery;
using GridFlow.Server.Demo;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

public static class CasesRegistration
{
    /// <summary>The engine with its store, the bundles it decides by, and what pages, API and verbs do with cases.</summary>
    public static void AddCases(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<IWorkflowStore, SqlWorkflowStore>();
        services.AddSingleton<BundleStore>();
        services.AddSingleton<IBundleSource>(provider => provider.GetRequiredService<BundleStore>());
        services.AddSingleton<WorkflowClient>();
        services.AddSingleton<CaseNumbers>();
        services.AddSingleton<CaseCommands>();
        services.AddSingleton<CaseWords>();
        services.AddSingleton<NameLookup>();
        services.AddSingleton(provider => new CaseLists(
            provider.GetRequiredService<IDbContextFactory<GridFlowDbContext>>(), provider.GetRequiredService<CaseTextIndex>(), provider.GetRequiredService<BundleStore>(),
            provider.GetRequiredService<NameLookup>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RelatedCases(
            provider.GetRequiredService<IDbContextFactory<GridFlowDbContext>>(), provider.GetRequiredService<CaseTextIndex>(), provider.GetRequiredService<NameLookup>(), provider.GetRequiredService<CaseWords>()));
        services.AddSingleton<CaseQueries>();
        services.AddSingleton<NumberedCases>();
        services.AddSingleton<TimelineQueries>();
        services.AddSingleton<RunQueries>();
        services.AddSingleton<ActWords>();
        services.AddSingleton<ActAnswers>();
        services.AddSingleton<Inbox.SharedReads>();
        services.AddSingleton(provider => new Inbox.InboxWords(provider.GetRequiredService<CaseTextIndex>()));
        services.AddSingleton<Inbox.InboxQueries>();
        services.AddSingleton<Inbox.SavedFilters>();
        services.AddSingleton<Inbox.SeenMarks>();
        services.AddSingleton<Inbox.DispatchQueries>();
        services.AddSingleton<CaseImport>();
        services.AddSingleton<CatalogueImport>();
        services.AddSingleton<ConservationLedger>();
    }

    /// <summary>What open pages need beyond that. Verbs have no browser to talk to.</summary>
    public static void AddCasePages(this IServiceCollection services) => services.AddScoped<Inbox.InboxLive>();

    /// <summary>The loops that move due timers and outgoing messages. Verbs run without them.</summary>
    public static void AddCaseLoops(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MailSender>();
        services.AddDelivery();
        services.AddActs();
        services.AddHostedService<TimerLoop>();
        services.AddHostedService<OutboxLoop>();
        services.AddHostedService<Inbox.SeenCleaner>();
    }
}
