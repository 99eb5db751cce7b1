namespace GridFlow.Server.Catalogue;

public sealed class CatalogueText;
