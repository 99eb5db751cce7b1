namespace GridFlow.Server.Bundles;

public sealed class BundlesText;
