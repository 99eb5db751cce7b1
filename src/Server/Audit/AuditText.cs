namespace GridFlow.Server.Audit;

public sealed class AuditText;
