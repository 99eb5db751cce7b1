namespace GridFlow.Workflows.Activities;

/// <summary>An activity cannot do what its inputs ask for. It becomes an incident; the message is what the administrator reads.</summary>
public sealed class ActivityException(string message, Exception? inner = null) : Exception(message, inner);
