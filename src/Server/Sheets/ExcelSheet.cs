using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace GridFlow.Server.Sheets;

/// <summary>Tables as Excel workbooks; the first worksheet counts.</summary>
public static class ExcelSheet
{
    /// <summary>The largest workbook read, in bytes.</summary>
    public const long MaxBytes = 5_000_000;

    private const int MostRows = 20_000;
    private const int MostColumns = 200;

    // A packed workbook may unpack to far more than it seems to be.
    private static readonly OpenSettings Settings = new() { MaxCharactersInPart = 50_000_000 };

    /// <summary>Reads the first worksheet. Formulas count with the value that was saved with them.</summary>
    /// <exception cref="SheetException">It is no workbook, or too large.</exception>
    public static Sheet Read(Stream stream)
    {
        try
        {
            using var document = SpreadsheetDocument.Open(stream, isEditable: false, Settings);
            var workbook = document.WorkbookPart ?? throw new SheetException("NotExcel");
            var first = workbook.Workbook.Sheets?.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().FirstOrDefault() ?? throw new SheetException("NotExcel");
            var worksheet = ((WorksheetPart)workbook.GetPartById(first.Id!.Value!)).Worksheet;
            var shared = workbook.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(item => item.InnerText).ToArray() ?? [];
            var rows = new List<SheetRow>();
            foreach (var row in worksheet.Descendants<Row>())
            {
                var cells = new List<string>();
                foreach (var cell in row.Elements<Cell>())
                {
                    var column = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
                    while (cells.Count <= column && column < MostColumns)
                    {
                        cells.Add("");
                    }

                    if (column < MostColumns)
                    {
                        cells[column] = TextSheet.Plain(TextOf(cell, shared).Trim());
                    }
                }

                if (cells.Exists(text => text.Length > 0))
                {
                    rows.Add(new SheetRow((int)(row.RowIndex?.Value ?? (uint)rows.Count + 1), cells));
                }

                if (rows.Count > MostRows)
                {
                    throw new SheetException("TooManyRows");
                }
            }

            return new Sheet(rows);
        }
        catch (Exception problem) when (problem is OpenXmlPackageException or FileFormatException or InvalidDataException or System.Xml.XmlException or InvalidOperationException or ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new SheetException("NotExcel", problem);
        }
    }

    /// <summary>A workbook with one worksheet, all cells as texts, so that codes keep their zeros.</summary>
    public static byte[] Write(string name, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var worksheet = workbook.AddNewPart<WorksheetPart>();
            var data = new SheetData();
            foreach (var row in rows)
            {
                data.Append(new Row(row.Select(cell => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell) { Space = SpaceProcessingModeValues.Preserve }) })));
            }

            worksheet.Worksheet = new Worksheet(data);
            workbook.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(worksheet), SheetId = 1, Name = name }));
        }

        return stream.ToArray();
    }

    private static string TextOf(Cell cell, string[] shared)
    {
        if (cell.InlineString is { } inline)
        {
            return inline.InnerText;
        }

        var value = cell.CellValue?.Text ?? "";
        return cell.DataType?.Value == CellValues.SharedString && int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < shared.Length
            ? shared[index]
            : value;
    }

    // "AB12" stands in column 27.
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + (letter - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }
}
