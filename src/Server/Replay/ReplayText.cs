namespace GridFlow.Server.Replay;

public sealed class ReplayText;
