using System.Runtime.InteropServices;

namespace GridFlow.Server.Figures;

/// <summary>A rate with what it is made of.</summary>
/// <param name="Counts">The denominator.</param>
/// <param name="Hits">The numerator.</param>
/// <param name="Exempt">Left out of both by a decision, and told apart.</param>
public readonly record struct FigureValue(int Counts, int Hits, int Exempt)
{
    /// <summary>Null of no case.</summary>
    public double? Share => Counts == 0 ? null : (double)Hits / Counts;

    public bool IsSmall => Counts is > 0 and < FigureRules.SmallSample;

    /// <summary>Which of <see cref="FigureRules.Bands"/> the share lies in.</summary>
    public int? Band
    {
        get
        {
            if (Share is not { } share)
            {
                return null;
            }

            var band = 0;
            while (share > FigureRules.Bands[band])
            {
                band++;
            }

            return band;
        }
    }
}

/// <summary>How many cases there are of each combination of marks: everything any rate can be told from.</summary>
public sealed class FigureCounts
{
    private readonly Dictionary<CaseMarks, int> _cases = [];

    public int Cases => _cases.Values.Sum();

    public void Add(CaseMarks marks, int cases = 1) => CollectionsMarshal.GetValueRefOrAddDefault(_cases, marks, out _) += cases;

    public void Add(FigureCounts other)
    {
        foreach (var (marks, cases) in other._cases)
        {
            Add(marks, cases);
        }
    }

    public int Count(Func<CaseMarks, bool> wanted) => _cases.Where(entry => wanted(entry.Key)).Sum(entry => entry.Value);

    public FigureValue Of(Figure figure)
    {
        var (counts, hits, exempt) = (0, 0, 0);
        foreach (var (marks, cases) in _cases)
        {
            if (figure.Counts(marks))
            {
                counts += cases;
                hits += figure.Hits(marks) ? cases : 0;
            }
            else if (figure.Exempts?.Invoke(marks) == true)
            {
                exempt += cases;
            }
        }

        return new FigureValue(counts, hits, exempt);
    }
}
