namespace GridFlow.Server.Cases;

/// <summary>
/// That a case can be found by its words, and when it came in among all. The words themselves stand where the database can
/// search them, see <c>CaseTextIndex</c>.
/// </summary>
public sealed class CaseTextRow
{
    /// <summary>Counts up with each case taken in.</summary>
    public long Seq { get; init; }

    public required string CaseNumber { get; init; }
}
