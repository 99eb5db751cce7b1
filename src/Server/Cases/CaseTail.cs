using System.Globalization;
using System.Text;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>
/// A case named by the end of its number, as people name it to each other: 000012 for GF2026-000012. Looked up as the whole numbers it
/// may be the end of, so that it costs the same however many cases there are.
/// </summary>
internal static class CaseTail
{
    private const int Least = 4;
    private const int Digits = 6;
    private const int EarlierYears = 5;

    /// <summary>
    /// The numbers that what somebody typed may mean, of cases they may see: of the year of a case they have before them, else of the years
    /// before. What is no tail stands for itself, seen or not.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindAsync(GridFlowDbContext db, string typed, string near, CurrentUser user, CancellationToken cancellationToken)
    {
        var tail = typed.Normalize(NormalizationForm.FormKC).Trim();
        if (tail.Length is < Least or > Digits || !tail.All(char.IsAsciiDigit) || YearOf(near) is not { } year)
        {
            return [typed.Trim()];
        }

        var found = await AmongAsync([year]);
        return found.Count > 0 ? found : await AmongAsync(Enumerable.Range(1, EarlierYears).Select(before => year - before));

        async Task<IReadOnlyList<string>> AmongAsync(IEnumerable<int> years)
        {
            var numbers = years.SelectMany(one => NumbersOf(one, tail)).ToList();
            var seen = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => EF.Parameter(numbers).Contains(row.Number)).Select(row => row.Number).ToListAsync(cancellationToken);

            // Which one is meant is clear when the other is the one they have before them.
            return seen.Count > 1 ? [.. seen.Where(number => number != near)] : seen;
        }
    }

    private static int? YearOf(string number) =>
        number.Length > 6 && int.TryParse(number.AsSpan(2, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static IEnumerable<string> NumbersOf(int year, string tail)
    {
        var missing = Digits - tail.Length;
        var format = "D" + missing.ToString(CultureInfo.InvariantCulture);
        return missing == 0
            ? [$"GF{year}-{tail}"]
            : Enumerable.Range(0, (int)Math.Pow(10, missing)).Select(head => $"GF{year}-{head.ToString(format, CultureInfo.InvariantCulture)}{tail}");
    }
}
