namespace GridFlow.Server.Operations;

/// <summary>
/// The operator gave something that cannot be used. The message is one line that says what and where;
/// the program prints it and ends with exit code 2, and nothing was changed.
/// </summary>
public sealed class BadInputException(string message) : Exception(message);
