using System.Runtime.InteropServices;
using System.Text;

namespace GridFlow.Server.Figures;

/// <summary>By which of its days a case counts.</summary>
public enum FigureBasis
{
    /// <summary>The day it was taken in.</summary>
    Accepted,

    /// <summary>The day it was closed, merged or withdrawn.</summary>
    Closed,
}

/// <summary>
/// A case in a day's page: what figures ask of it, in 36 bytes. Areas, units and categories stand by their number among
/// <see cref="FigureKeys"/>; 0 is none. The layout is what the database keeps: a change of it is a change of <see cref="FigureRules.Version"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct FigureEntry(int Area, int Unit, int Category, CaseMarks Marks, int AcceptedDay, int ClosedDay, int Minutes, int Place, int Version)
{
    /// <summary>For the handling time where the case is not handled, and for the closing day where it is not closed.</summary>
    public const int NotYet = -1;

    public int DayOf(FigureBasis basis) => basis == FigureBasis.Accepted ? AcceptedDay : ClosedDay;
}

/// <summary>A day's cases as the database keeps them: the entries and, in the same order, the numbers of the cases.</summary>
public sealed class FigureDayRow
{
    public FigureBasis Basis { get; init; }

    /// <summary>Days since the year 1, in the zone of the deployment.</summary>
    public int Day { get; init; }

    /// <summary>The <see cref="FigureRules.Version"/> it was counted under.</summary>
    public int Rules { get; set; }

    public int Cases { get; set; }

    /// <summary>Of them still open: such a day will change.</summary>
    public int Open { get; set; }

    public DateTimeOffset CountedAt { get; set; }

    public required byte[] Entries { get; set; }

    public required byte[] Numbers { get; set; }
}

/// <summary>A day's cases in the order of their numbers. Little-endian, as every machine .NET runs on.</summary>
public sealed class DayPage
{
    private readonly SortedDictionary<string, FigureEntry> _cases = new(StringComparer.Ordinal);

    public int Count => _cases.Count;

    public IEnumerable<KeyValuePair<string, FigureEntry>> Cases => _cases;

    public static DayPage Read(FigureDayRow? row)
    {
        var page = new DayPage();
        if (row is not null)
        {
            var entries = EntriesOf(row.Entries);
            var numbers = NumbersOf(row.Numbers);
            for (var index = 0; index < entries.Length; index++)
            {
                page._cases[numbers[index]] = entries[index];
            }
        }

        return page;
    }

    public static ReadOnlySpan<FigureEntry> EntriesOf(byte[] bytes) => MemoryMarshal.Cast<byte, FigureEntry>(bytes);

    public static string[] NumbersOf(byte[] bytes) => bytes.Length == 0 ? [] : Encoding.UTF8.GetString(bytes).Split('\n');

    public FigureEntry? Find(string number) => _cases.TryGetValue(number, out var entry) ? entry : null;

    public void Set(string number, FigureEntry entry) => _cases[number] = entry;

    public void Remove(string number) => _cases.Remove(number);

    public void WriteTo(FigureDayRow row, DateTimeOffset now)
    {
        row.Rules = FigureRules.Version;
        row.Cases = _cases.Count;
        row.Open = _cases.Values.Count(entry => entry.Marks.Has(CaseMarks.Open));
        row.CountedAt = now;
        row.Entries = MemoryMarshal.AsBytes<FigureEntry>(_cases.Values.ToArray()).ToArray();
        row.Numbers = Encoding.UTF8.GetBytes(string.Join('\n', _cases.Keys));
    }
}
