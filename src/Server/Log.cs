namespace GridFlow.Server;

/// <summary>Every log message of the server; ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "Timer {TimerId} of {InstanceId} failed and is put off")]
    public static partial void TimerFailed(ILogger logger, Exception problem, string timerId, string instanceId);

    [LoggerMessage(2001, LogLevel.Warning, "Message {MessageId} of {CaseNumber} could not be sent")]
    public static partial void MessageFailed(ILogger logger, Exception problem, string messageId, string caseNumber);

    [LoggerMessage(2003, LogLevel.Error, "The API failed at {Path}")]
    public static partial void ApiFailed(ILogger logger, Exception problem, string path);

    [LoggerMessage(2002, LogLevel.Error, "{Loop} failed and goes on")]
    public static partial void LoopFailed(ILogger logger, Exception problem, string loop);
}
