using System.Collections.Immutable;
using System.Text;

namespace GridFlow.Designer.Canvas;

/// <summary>
/// How wide text will be, near enough to draw boxes round it without asking a browser: a Chinese character is as wide as it
/// is high, letters by class, measured in a wide font so that narrower ones fit too.
/// </summary>
public static class TextMetrics
{
    private const string NoLineStart = "，。：；？！）》」』、”’,.:;?!)";
    private const string Ellipsis = "…";

    public static double Width(string text, double size)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Sum(WidthOf) * size;
    }

    /// <summary>The width of the widest word, which no line can be narrower than without cutting it.</summary>
    public static double WidestWord(string text, double size)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Pieces(text.Trim()).Select(piece => Width(piece.TrimEnd(), size)).DefaultIfEmpty(0).Max();
    }

    /// <summary>Breaks a text into lines of much the same length; what does not fit ends with an ellipsis.</summary>
    public static ImmutableArray<string> Wrap(string text, double size, double width, int maxLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = Pieces(text.Trim());
        if (pieces.Count == 0)
        {
            return [];
        }

        var lines = Fill(pieces, size, width);
        if (lines.Count > maxLines)
        {
            return [.. lines.Take(maxLines - 1), Shorten(string.Concat(lines.Skip(maxLines - 1)), size, width)];
        }

        // Narrower for as long as it takes no more lines: no last line of one character.
        for (var narrower = width * 0.95; lines.Count > 1 && narrower > width * 0.5; narrower -= width * 0.05)
        {
            var tried = Fill(pieces, size, narrower);
            if (tried.Count > lines.Count || tried.Any(line => Width(line.TrimEnd(), size) > narrower))
            {
                break;
            }

            lines = tried;
        }

        return [.. lines.Select(line => Width(line.TrimEnd(), size) > width ? Shorten(line, size, width) : line.TrimEnd())];
    }

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Shorten(string text, double size, double width)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (Width(text, size) <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Width(kept.ToString(), size) + (WidthOf(rune) * size) + size > width)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString().TrimEnd() + Ellipsis;
    }

    private static List<string> Fill(List<string> pieces, double size, double width)
    {
        List<string> lines = [""];
        foreach (var piece in pieces)
        {
            var together = lines[^1] + piece;
            if (lines[^1].Length == 0 || Width(together.TrimEnd(), size) <= width)
            {
                lines[^1] = together;
            }
            else
            {
                lines.Add(piece);
            }
        }

        return lines;
    }

    // What may not be broken: a word with the blank after it, or one Chinese character with the mark after it.
    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        foreach (var rune in text.EnumerateRunes())
        {
            var character = rune.ToString();
            var joins = pieces.Count > 0 && (NoLineStart.Contains(character, StringComparison.Ordinal) || character is " "
                || (!IsWide(rune) && !EndsPiece(pieces[^1])));
            if (joins)
            {
                pieces[^1] += character;
            }
            else
            {
                pieces.Add(character);
            }
        }

        return pieces;
    }

    private static bool EndsPiece(string piece) => piece[^1] == ' ' || IsWide(piece.EnumerateRunes().Last());

    private static double WidthOf(Rune rune) => rune.Value switch
    {
        _ when IsWide(rune) => 1,
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or 'I' or ' ' or '·' => 0.34,
        'f' or 't' or 'r' or '(' or ')' or '-' or '/' => 0.44,
        'm' or 'w' or 'M' or 'W' or '@' => 0.96,
        >= 'A' and <= 'Z' => 0.74,
        _ => 0.63,
    };

    private static bool IsWide(Rune rune) => rune.Value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF
        or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE4F or >= 0xFF00 and <= 0xFF60 or >= 0x1F300;
}
