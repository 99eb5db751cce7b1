using GridFlow.Workflows.Cases;
using static GridFlow.Server.Figures.CaseMarks;

namespace GridFlow.Server.Figures;

/// <summary>Whether more is better. Nothing is ranked by it; it only says which way an arrow is good news.</summary>
public enum FigureWay
{
    HigherIsBetter,
    LowerIsBetter,

    /// <summary>Neither: shown as a band, so that nobody maximises it.</summary>
    Band,
}

/// <summary>
/// A rate: of the cases it counts, the share that hits. What is exempted is left out of both and told apart. The words for
/// name, definition, denominator and exclusions stand in FiguresText under its key.
/// </summary>
public sealed record Figure(string Key, FigureWay Way, Func<CaseMarks, bool> Counts, Func<CaseMarks, bool> Hits, Func<CaseMarks, bool>? Exempts = null);

/// <summary>Something to look at, never a score.</summary>
public sealed record FigureFlag(string Key, Func<CaseMarks, bool> Raises);

/// <summary>
/// What each figure counts: the one file to change, together with <see cref="Version"/>, its words, and docs/figures.md. Marks
/// follow from the facts of a case alone, never from the time of asking, so the same facts always give the same figures.
/// </summary>
public static class FigureRules
{
    /// <summary>Counted up whenever a rule of this file changes: every day counted under an older one is then counted anew.</summary>
    public const int Version = 1;

    /// <summary>With fewer cases than these a share says little, and the page says so.</summary>
    public const int SmallSample = 30;

    /// <summary>From the moment a case is taken in until somebody of the unit signs for it, day and night.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(24);

    /// <summary>Handled so shortly before the deadline that one would like to see a photo.</summary>
    public static readonly TimeSpan Wire = TimeSpan.FromMinutes(30);

    /// <summary>Found and done within so little time.</summary>
    public static readonly TimeSpan Tiny = TimeSpan.FromMinutes(10);

    /// <summary>Told in so few characters.</summary>
    public const int TinyText = 20;

    /// <summary>The same place and category again within so many days.</summary>
    public const int AgainDays = 30;

    private const CaseMarks LeftTheBooks = Merged | Withdrawn;

    public static readonly IReadOnlyList<Figure> All =
    [
        new("Response", FigureWay.HigherIsBetter, marks => marks.Has(Answered) || !marks.HasAny(LeftTheBooks), marks => marks.Has(AnsweredInTime)),
        new("OnTime", FigureWay.HigherIsBetter, marks => marks.HasAny(Handled | Overdue) && !marks.HasAny(LeftTheBooks | Exempted), marks => !marks.Has(Overdue),
            marks => marks.Has(Exempted) && !marks.HasAny(LeftTheBooks)),
        new("Closing", FigureWay.HigherIsBetter, marks => !marks.HasAny(LeftTheBooks), marks => marks.Has(Closed)),
        new("Resolution", FigureWay.HigherIsBetter, marks => marks.Has(Rated), marks => marks.Has(Solved)),
        new("Satisfaction", FigureWay.HigherIsBetter, marks => marks.Has(Rated), marks => marks.Has(Satisfied)),
        new("Rework", FigureWay.LowerIsBetter, marks => marks.Has(WasClosed) && !marks.HasAny(LeftTheBooks), marks => marks.Has(Reopened)),
        new("Extension", FigureWay.LowerIsBetter, marks => marks.Has(Dispatched) && !marks.HasAny(LeftTheBooks), marks => marks.Has(Extended)),
        new("FirstDispatch", FigureWay.HigherIsBetter, marks => marks.Has(Dispatched) && !marks.HasAny(LeftTheBooks), marks => !marks.Has(Returned)),
        new("Check", FigureWay.HigherIsBetter, marks => marks.Has(Checked), marks => !marks.Has(CheckedLate)),
        new("Whistle", FigureWay.Band, marks => marks.Has(Hard) && !marks.HasAny(LeftTheBooks), marks => marks.Has(Whistled)),
    ];

    public static readonly IReadOnlyList<FigureFlag> Flags =
    [
        new("AtTheWire", marks => marks.Has(AtTheWire)),
        new("TinySelfReported", marks => marks.Has(TinySelfReported)),
    ];

    /// <summary>Upper ends of the bands of a <see cref="FigureWay.Band"/>, as shares: few, some, many.</summary>
    public static readonly IReadOnlyList<double> Bands = [0.1, 0.4, 1];

    public static Figure? Find(string? key) => All.FirstOrDefault(figure => string.Equals(figure.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The marks of a case.</summary>
    public static CaseMarks MarksOf(FigureFacts facts)
    {
        var answeredAt = Earlier(facts.FirstClaimedAt, facts.HandledAt);
        var marks = TierOf(facts.Tier) | StatusOf(facts.Status);
        marks |= If(answeredAt is not null, Answered);
        marks |= If(answeredAt - facts.AcceptedAt <= AnswerWithin, AnsweredInTime);
        marks |= If(facts.LeadUnit is not null, Dispatched);
        marks |= If(facts.Returns > 0, Returned);
        marks |= If(facts.HandledAt is not null, Handled);
        marks |= If(facts.WasOverdue || facts.HandledAt > facts.DueAt, Overdue);
        marks |= If(facts.IsExempted, Exempted);
        marks |= If(facts.Extensions > 0, Extended);
        marks |= If(facts.Holds > 0, Held);
        marks |= If(facts.Round > 1, Reopened);
        marks |= If(facts.Round > 1 || facts.Status == CaseStatus.Closed, WasClosed);
        marks |= If(facts.RatedSolved is not null, Rated);
        marks |= If(facts.RatedSolved == true, Solved);
        marks |= If(facts.RatedSatisfied == true, Satisfied);
        marks |= If(facts.CheckedInTime is not null, Checked);
        marks |= If(facts.CheckedInTime == false, CheckedLate);
        marks |= If(facts.IsWhistled, Whistled);
        marks |= If(!facts.HasPhoto && facts.HandledAt <= facts.DueAt && facts.DueAt - facts.HandledAt <= Wire, AtTheWire);
        marks |= If(
            facts.Channel is CaseChannel.Patrol or CaseChannel.Visit && facts.HandledAt - facts.AcceptedAt <= Tiny && facts.DetailLength < TinyText, TinySelfReported);
        return marks;
    }

    internal static bool Has(this CaseMarks marks, CaseMarks wanted) => (marks & wanted) == wanted;

    internal static bool HasAny(this CaseMarks marks, CaseMarks wanted) => (marks & wanted) != 0;

    /// <summary>The mark of a tier; none where there is none yet.</summary>
    public static CaseMarks TierOf(CaseTier? tier) => tier is not { } sorted ? None : sorted switch
    {
        CaseTier.Small => Small,
        CaseTier.Hard => Hard,
        CaseTier.Big => Big,
    };

    private static CaseMarks StatusOf(CaseStatus status) => status switch
    {
        CaseStatus.Open => Open,
        CaseStatus.Closed => Closed,
        CaseStatus.Merged => Merged,
        CaseStatus.Withdrawn => Withdrawn,
    };

    private static CaseMarks If(bool isSo, CaseMarks marks) => isSo ? marks : None;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
