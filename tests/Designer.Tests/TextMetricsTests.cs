using GridFlow.Designer.Canvas;

namespace GridFlow.Designer.Tests;

public sealed class TextMetricsTests
{
    [Fact]
    public void A_chinese_character_is_as_wide_as_it_is_high() => Assert.Equal(48, TextMetrics.Width("现场核查", 12));

    [Fact]
    public void Chinese_breaks_anywhere_but_not_before_a_mark_and_evenly() =>
        Assert.Equal(["还没办完，", "再次吹哨"], TextMetrics.Wrap("还没办完，再次吹哨", 10, 70, 2));

    [Fact]
    public void English_breaks_between_words_only() => Assert.Equal(["Ask the", "routing table"], TextMetrics.Wrap("Ask the routing table", 10, 90, 2));

    [Fact]
    public void What_does_not_fit_ends_with_an_ellipsis()
    {
        var lines = TextMetrics.Wrap("一二三四五六七八九十一二三四五六七八九十", 10, 50, 2);

        Assert.Equal(2, lines.Length);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(TextMetrics.Width(line, 10) <= 50));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Nothing_takes_no_line(string text) => Assert.Empty(TextMetrics.Wrap(text, 10, 50, 2));
}
