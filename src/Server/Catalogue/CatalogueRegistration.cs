namespace GridFlow.Server.Catalogue;

public static class CatalogueRegistration
{
    public static void AddCatalogue(this IServiceCollection services) => services.AddSingleton<CatalogueQueries>();
}
