namespace GridFlow.Server.Board;

/// <summary>The words of the command board and of the list of what will be late.</summary>
public sealed class BoardText;
