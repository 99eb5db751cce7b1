namespace GridFlow.Server.Absences;

/// <summary>The words of absences and of the page about oneself.</summary>
public sealed class AbsencesText;
