using GridFlow.Server.Delivery;

namespace GridFlow.Server.Acts;

public static class ActsRegistration
{
    /// <summary>What people do with cases beyond the drawing, and what one case tells another.</summary>
    public static void AddActs(this IServiceCollection services)
    {
        services.AddSingleton<ActOffers>();
        services.AddSingleton<ActChoices>();
        services.AddSingleton<IMessageSender, RelatedSender>();
        services.AddSingleton<IMessageSender, PartSender>();
        services.AddSingleton<IMessageSender, RoutingProposalSender>();
    }
}
