using System.Globalization;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Stretches of cases in the order they came in, as PostgreSQL's index of words knows them beside the words: blocks of 4,096, and
/// of eight times as many up to sixteen millions. Any stretch is a handful of them, and the index passes over what lies in none.
/// </summary>
internal static class CaseTextBlocks
{
    /// <summary>How many cases the smallest block holds.</summary>
    public const int Smallest = 1 << SmallestBits;

    /// <summary>The blocks a case lies in, as the index has them.</summary>
    public const string Sql = """(ARRAY[("Seq" >> 12)::int, (268435456 + ("Seq" >> 15))::int, (536870912 + ("Seq" >> 18))::int, (805306368 + ("Seq" >> 21))::int, (1073741824 + ("Seq" >> 24))::int])""";

    private const int SmallestBits = 12;
    private const int StepBits = 3;
    private const int Levels = 5;
    private const int LevelBits = 28;

    /// <summary>Blocks that hold all from one case to before another, and perhaps some more; and where the first begins.</summary>
    public static (long From, string Blocks) Cover(long from, long before)
    {
        // Beginning where a larger block does takes fewer of them.
        var wide = Math.Max(0, (BitsOf(before - from) - SmallestBits) / StepBits - 1);
        var first = Math.Max(0, from) >> (SmallestBits + (StepBits * wide)) << (StepBits * wide);
        var last = (before - 1) >> SmallestBits;
        var blocks = new List<long>();
        for (var at = first; at <= last;)
        {
            var level = Enumerable.Range(0, Levels).Last(level => at % SizeOf(level) == 0 && (level == 0 || at + SizeOf(level) - 1 <= last));
            blocks.Add(((long)level << LevelBits) + (at / SizeOf(level)));
            at += SizeOf(level);
        }

        return (first << SmallestBits, $"{{{string.Join(',', blocks.Select(block => block.ToString(CultureInfo.InvariantCulture)))}}}");
    }

    private static long SizeOf(int level) => 1L << (StepBits * level);

    private static int BitsOf(long length) => 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)length);
}
