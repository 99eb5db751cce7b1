using System.Collections.Immutable;

namespace GridFlow.Designer.Canvas;

/// <summary>An outcome of a chosen step, as something to draw a line from.</summary>
/// <param name="Port">The outcome.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Bounds">Where it stands, with the step's left upper corner at zero.</param>
/// <param name="IsOpen">It leads nowhere yet.</param>
public sealed record OutcomeChip(string Port, string Text, Rect Bounds, bool IsOpen);

/// <summary>Lays the outcomes of a step out beneath it.</summary>
public static class OutcomeChips
{
    public const double FontSize = 11.5;
    public const double Height = 24;
    private const double Gap = 6;
    private const double DotRoom = 26;
    private const double Widest = 300;
    private const double Below = 10;

    /// <summary>Rows of chips, centred under a step.</summary>
    /// <param name="node">The step.</param>
    /// <param name="ports">Its outcomes with their names.</param>
    /// <param name="isOpen">Whether an outcome leads nowhere yet.</param>
    public static ImmutableArray<OutcomeChip> Place(DrawnNode node, IReadOnlyList<(string Port, string Text)> ports, Func<string, bool> isOpen)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(isOpen);
        var rows = new List<List<(string Port, string Text, double Width)>>();
        foreach (var (port, name) in ports)
        {
            var text = TextMetrics.Shorten(name, FontSize, Widest - DotRoom);
            var width = Math.Round(TextMetrics.Width(text, FontSize) + DotRoom);
            if (rows.Count == 0 || rows[^1].Sum(chip => chip.Width + Gap) + width > Widest)
            {
                rows.Add([]);
            }

            rows[^1].Add((port, text, width));
        }

        var chips = ImmutableArray.CreateBuilder<OutcomeChip>(ports.Count);
        var top = (node.Caption is { } caption ? caption.Bottom - node.Bounds.Y : node.Bounds.Height) + Below;
        foreach (var row in rows)
        {
            var left = Math.Round((node.Bounds.Width - row.Sum(chip => chip.Width) - (Gap * (row.Count - 1))) / 2);
            foreach (var (port, text, width) in row)
            {
                chips.Add(new OutcomeChip(port, text, new Rect(left, top, width, Height), isOpen(port)));
                left += width + Gap;
            }

            top += Height + Gap;
        }

        return chips.ToImmutable();
    }
}
