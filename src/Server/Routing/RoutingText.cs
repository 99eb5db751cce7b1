namespace GridFlow.Server.Routing;

public sealed class RoutingText;
