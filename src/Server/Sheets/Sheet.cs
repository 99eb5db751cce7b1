namespace GridFlow.Server.Sheets;

/// <summary>One line of a table, with the number it has in its file or in what was pasted, counted from 1.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>The text of a cell; empty beyond the last one.</summary>
    public string this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : "";
}

/// <summary>A table as a spreadsheet holds it: lines of texts, empty lines left out.</summary>
public sealed record Sheet(IReadOnlyList<SheetRow> Rows);

/// <summary>What was given is no table; the message is the key of a text.</summary>
public sealed class SheetException(string message, Exception? inner = null) : Exception(message, inner);
