namespace GridFlow.Server.Shell;

public sealed class ShellText;
