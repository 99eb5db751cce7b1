namespace GridFlow.Server.Flows;

public sealed class FlowsText;
