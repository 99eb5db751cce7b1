using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>Makes each step as large as its words need, around the middle where it was placed.</summary>
public static class NodeDrawer
{
    public const double Width = 180;
    public const double UsualHeight = 64;
    public const double TitleSize = 13.5;
    public const double TitleLine = 18;

    /// <summary>How much wider bold text is.</summary>
    public const double Bold = 1.05;
    public const double NoteSize = 11.5;
    public const double NoteLine = 16;

    /// <summary>Where text begins in a box with an icon.</summary>
    public const double TextStart = 38;

    /// <summary>The width kept for the badge with the number of cases, at the upper right corner.</summary>
    public const double BadgeRoom = 124;
    private const double BoxWidth = 168;
    private const double BarWidth = 12;
    private const double BarHeight = 96;

    public static DrawnNode Draw(ActivityNode node, CanvasPoint center, StepWords words)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(words);
        var kind = StepKind.Of(node.Type);
        var name = node.Slot.Length > 0 ? $"{words.Slot(node.Slot)}: {words.Name(node)}" : words.Name(node);
        center = new CanvasPoint(Math.Round(center.X), Math.Round(center.Y));
        return kind.Shape switch
        {
            StepShape.Bar => Bar(),
            StepShape.Pill => Centred(132, 24, 17, 40),
            StepShape.Question => Centred(BoxWidth, 44, 22, 56),
            StepShape.Switch => Centred(BoxWidth - 24, 40, 22, 88),
            StepShape.Task or StepShape.Step or StepShape.Call => Box(),
        };

        DrawnNode Box()
        {
            const double Room = BoxWidth - TextStart - 12;
            var title = TextMetrics.Wrap(name, TitleSize * Bold, Room, 2);
            ImmutableArray<string> notes = [.. new[] { words.Who(node), words.Limit(node) }.OfType<string>().Select(note => TextMetrics.Shorten(note, NoteSize, Room + 8))];
            var height = Even(20 + (title.Length * TitleLine) + (notes.Length > 0 ? 2 + (notes.Length * NoteLine) : 0));
            return new DrawnNode(node.Id, kind, Rect.Around(center, BoxWidth, Math.Max(height, 48)), name, title, notes);
        }

        DrawnNode Centred(double width, double padding, double line, double least)
        {
            var title = TextMetrics.Wrap(name, TitleSize * Bold, width - padding, 2);
            return new DrawnNode(node.Id, kind, Rect.Around(center, width, Math.Max(least, Even(24 + (title.Length * line)))), name, title, []);
        }

        DrawnNode Bar()
        {
            var title = TextMetrics.Wrap(name, NoteSize, 96, 2);
            var bounds = Rect.Around(center, BarWidth, BarHeight);
            var width = title.Select(line => TextMetrics.Width(line, NoteSize)).DefaultIfEmpty(0).Max();
            return new DrawnNode(node.Id, kind, bounds, name, title, [])
            {
                Caption = new Rect(Math.Round(center.X - (width / 2)), bounds.Bottom + 4, Math.Round(width), title.Length * NoteLine),
            };
        }
    }

    // Half of it is added to whole numbers.
    private static double Even(double size) => Math.Ceiling(size / 2) * 2;
}
