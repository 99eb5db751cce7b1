using System.Text;

namespace GridFlow.Server.Sheets;

/// <summary>Tables as text: what is pasted from a spreadsheet (tabs), and CSV (commas or semicolons). Cells in quotes may hold anything.</summary>
public static class TextSheet
{
    // What a spreadsheet would take for a formula; it is written with an apostrophe before it, as people do.
    private const string Formulas = "=+-@";

    /// <summary>Reads a table; tabs separate cells where the first line has one, else semicolons where it has more of them than commas.</summary>
    public static Sheet Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        var separator = first.Contains('\t', StringComparison.Ordinal) ? '\t' : first.Count(letter => letter == ';') > first.Count(letter => letter == ',') ? ';' : ',';
        var rows = new List<SheetRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (isQuoted, line) = (false, 1);
        for (var at = 0; at <= text.Length; at++)
        {
            var letter = at < text.Length ? text[at] : '\n';
            if (isQuoted && at < text.Length)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (letter == separator)
            {
                Take();
            }
            else if (letter == '\n')
            {
                Take();
                if (cells.Exists(one => one.Length > 0))
                {
                    rows.Add(new SheetRow(line, cells.ToArray()));
                }

                cells.Clear();
                line++;
            }
            else if (letter != '\r')
            {
                cell.Append(letter);
            }
        }

        return new Sheet(rows);

        void Take()
        {
            cells.Add(Plain(cell.ToString().Trim()));
            cell.Clear();
        }
    }

    /// <summary>A table as CSV in UTF-8 with a mark, as spreadsheets recognise it.</summary>
    public static byte[] Write(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(cell => Quoted(Guarded(cell)))).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A cell without the apostrophe that kept it from being a formula.</summary>
    internal static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && Formulas.Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;

    private static string Guarded(string cell) => cell.Length > 0 && Formulas.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;

    private static string Quoted(string cell) =>
        !cell.Any(letter => letter is '"' or ',' or '\n' or '\r' or ';' or '\t') ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
