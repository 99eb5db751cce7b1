namespace GridFlow.Server.Cases;

/// <summary>The words of cases, work items and their history.</summary>
public sealed class CasesText;
