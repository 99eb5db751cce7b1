using System.Globalization;
using GridFlow.Server.Persistence;

namespace GridFlow.Server.Tests.Search;

/// <summary>Which blocks a stretch of cases is asked for by.</summary>
public sealed class CaseTextBlocksTests
{
    [Fact]
    public void The_blocks_of_a_stretch_hold_all_of_it_each_case_once_and_are_few()
    {
        var random = new Random(20261122);
        for (var run = 0; run < 2_000; run++)
        {
            var before = random.NextInt64(1, 1L << random.Next(2, 28));
            var from = random.NextInt64(0, before);
            var (start, text) = CaseTextBlocks.Cover(from, before);
            var blocks = text.Trim('{', '}').Split(',').Select(block => long.Parse(block, CultureInfo.InvariantCulture)).ToList();

            Assert.InRange(start, 0, from);
            Assert.InRange(blocks.Count, 1, 40);
            foreach (var seq in (long[])[start, from, before - 1, random.NextInt64(start, before)])
            {
                Assert.Equal(1, BlocksOf(seq).Count(blocks.Contains));
            }

            Assert.DoesNotContain(BlocksOf(start - 1), blocks.Contains);
        }
    }

    // What the expression of the index works out in the database.
    private static IEnumerable<long> BlocksOf(long seq) => seq < 0 ? [] : Enumerable.Range(0, 5).Select(level => (level * 268435456L) + (seq >> (12 + (3 * level))));
}
