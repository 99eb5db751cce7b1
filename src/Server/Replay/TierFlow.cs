using System.Collections.Immutable;
using System.Globalization;

namespace GridFlow.Server.Replay;

/// <summary>A column's block: a place, and how many cases are there.</summary>
public readonly record struct TierBlock(TierPlace Place, int Cases, double X, double Y, double Height)
{
    public double Middle => Y + (Height / 2);
}

/// <summary>A ribbon from where cases were to where they would be.</summary>
public readonly record struct TierRibbon(TierPlace From, TierPlace To, int Cases, string Path)
{
    public bool IsChange => From != To;
}

/// <summary>The picture of what goes from which tier to which: blocks on the left for now, on the right for then, ribbons between.</summary>
/// <param name="Before">The blocks on the left, from the top.</param>
/// <param name="After">The blocks on the right.</param>
/// <param name="Ribbons">What stays first, so that what changes is drawn over it.</param>
/// <param name="Height">How high the picture is.</param>
public sealed record TierFlow(ImmutableArray<TierBlock> Before, ImmutableArray<TierBlock> After, ImmutableArray<TierRibbon> Ribbons, double Height)
{
    public const double Width = 560;
    public const double BlockWidth = 12;

    /// <summary>Room for the words beside a column.</summary>
    public const double LabelWidth = 150;

    private const double Room = 220;
    private const double Gap = 26;
    private const double Least = 3;

    /// <summary>Draws it.</summary>
    /// <param name="ways">Cases by where they were and where they would be.</param>
    /// <param name="onlyChanges">Leaves out what stays where it is.</param>
    public static TierFlow Draw(IReadOnlyDictionary<(TierPlace From, TierPlace To), int> ways, bool onlyChanges)
    {
        var shown = ways.Where(way => way.Value > 0 && !(onlyChanges && way.Key.From == way.Key.To)).OrderBy(way => way.Key.From).ThenBy(way => way.Key.To)
            .Select(way => (way.Key.From, way.Key.To, Cases: way.Value)).ToList();
        var total = shown.Sum(way => way.Cases);
        if (total == 0)
        {
            return new TierFlow([], [], [], 0);
        }

        // A handful among thousands must still be seen, so a ribbon has a least thickness and its blocks are as high as their ribbons.
        var thick = shown.ConvertAll(way => Math.Max(Least, Room * way.Cases / total));
        var before = Stack(index => shown[index].From, LabelWidth);
        var after = Stack(index => shown[index].To, Width - LabelWidth - BlockWidth);
        var ribbons = ImmutableArray.CreateBuilder<TierRibbon>();
        var (left, right) = (before.ToDictionary(block => block.Place, block => block.Y), after.ToDictionary(block => block.Place, block => block.Y));
        for (var index = 0; index < shown.Count; index++)
        {
            var (from, to, cases) = shown[index];
            ribbons.Add(new TierRibbon(from, to, cases, Ribbon(left[from], right[to], thick[index])));
            left[from] += thick[index];
            right[to] += thick[index];
        }

        return new TierFlow(before, after, [.. ribbons.OrderBy(ribbon => ribbon.IsChange)], Math.Max(Bottom(before), Bottom(after)));

        ImmutableArray<TierBlock> Stack(Func<int, TierPlace> place, double x)
        {
            var blocks = ImmutableArray.CreateBuilder<TierBlock>();
            var y = Gap / 2;
            foreach (var group in Enumerable.Range(0, shown.Count).GroupBy(place).OrderBy(group => group.Key))
            {
                var height = group.Sum(index => thick[index]);
                blocks.Add(new TierBlock(group.Key, group.Sum(index => shown[index].Cases), x, y, height));
                y += height + Gap;
            }

            return blocks.ToImmutable();
        }
    }

    private static double Bottom(ImmutableArray<TierBlock> blocks) => blocks[^1].Y + blocks[^1].Height + (Gap / 2);

    private static string Ribbon(double top, double end, double thickness)
    {
        const double from = LabelWidth + BlockWidth;
        const double to = Width - LabelWidth - BlockWidth;
        const double bend = (from + to) / 2;
        return string.Create(CultureInfo.InvariantCulture,
            $"M{from:0.##} {top:0.##}C{bend:0.##} {top:0.##} {bend:0.##} {end:0.##} {to:0.##} {end:0.##}V{end + thickness:0.##}C{bend:0.##} {end + thickness:0.##} {bend:0.##} {top + thickness:0.##} {from:0.##} {top + thickness:0.##}Z");
    }
}
