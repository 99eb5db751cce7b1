using System.Globalization;

namespace GridFlow.Server.Cases;

/// <summary>The part of a list one is in: what is due, what has no date, what is over; or all, newest first; or what was found by words.</summary>
public enum CaseListPart
{
    Due,
    Undated,
    Newest,
    Found,
}

/// <summary>The place in a list of cases after which its next rows begin.</summary>
/// <param name="Part">The part of the list.</param>
/// <param name="Value">What that part is sorted by, as a number.</param>
/// <param name="Number">The case, where several are at the same value.</param>
public sealed record CaseCursor(CaseListPart Part, long Value, string Number = "")
{
    /// <summary>As it stands in an address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(int)Part}.{Value}.{Number}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static CaseCursor? Parse(string? text) =>
        text?.Split('.', 3) is [var part, var value, var number]
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var kind) && Enum.IsDefined((CaseListPart)kind)
        && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place) && place is >= 0
            ? new CaseCursor((CaseListPart)kind, place, number)
            : null;
}

/// <summary>Rows of a list, and where the next begin; null at its end.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="Next">Where to go on.</param>
public sealed record CaseSlice(IReadOnlyList<CaseListRow> Rows, CaseCursor? Next);

/// <summary>How many there are, counted as far as it is cheap.</summary>
/// <param name="Count">So many at least.</param>
/// <param name="IsMore">There may be more.</param>
public sealed record CaseCount(int Count, bool IsMore);
