using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace GridFlow.Server.Routing;

/// <summary>One sheet of text in an Excel file.</summary>
public static class ExcelSheet
{
    // A sheet can claim cells it does not have; no routing table is wider.
    private const int MostColumns = 100;

    public static byte[] Write(string name, IReadOnlyList<IReadOnlyList<string>> lines)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            var sheet = book.AddNewPart<WorksheetPart>();
            var data = new SheetData();
            foreach (var line in lines)
            {
                var row = new Row();
                foreach (var cell in line)
                {
                    // As text, so that a time stays a time and a code keeps its zeros, and nothing runs as a formula.
                    row.Append(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell) { Space = SpaceProcessingModeValues.Preserve }) });
                }

                data.Append(row);
            }

            sheet.Worksheet = new Worksheet(data);
            book.Workbook.AppendChild(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = name }));
        }

        return stream.ToArray();
    }

    /// <summary>The cells of the first sheet, as a person sees them there.</summary>
    /// <exception cref="InvalidDataException">It is no Excel file.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(Stream content)
    {
        using var document = Open(content);
        var book = document.WorkbookPart ?? throw new InvalidDataException("no workbook");
        if (book.Workbook.Sheets?.Elements<Sheet>().FirstOrDefault()?.Id?.Value is not { } id || book.GetPartById(id) is not WorksheetPart sheet)
        {
            throw new InvalidDataException("no sheet");
        }

        var shared = book.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(item => item.InnerText).ToList() ?? [];
        var times = TimeFormats(book);
        var lines = new List<IReadOnlyList<string>>();
        foreach (var row in sheet.Worksheet.Descendants<Row>())
        {
            var line = new List<string>();
            foreach (var cell in row.Elements<Cell>())
            {
                var column = ColumnOf(cell.CellReference?.Value) ?? line.Count;
                while (line.Count < column && line.Count < MostColumns)
                {
                    line.Add("");
                }

                if (line.Count < MostColumns)
                {
                    line.Add(TextOf(cell, shared, times));
                }
            }

            lines.Add(line);
        }

        return lines;
    }

    private static SpreadsheetDocument Open(Stream content)
    {
        try
        {
            return SpreadsheetDocument.Open(content, isEditable: false);
        }
        catch (Exception problem) when (problem is FileFormatException or InvalidDataException or OpenXmlPackageException)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    // Excel keeps a time of day as a part of a day, and says only in the cell's format that it is one.
    private static HashSet<uint> TimeFormats(WorkbookPart book)
    {
        var styles = book.WorkbookStylesPart?.Stylesheet;
        var own = styles?.NumberingFormats?.Elements<NumberingFormat>().Where(format => format.FormatCode?.Value?.Contains('h', StringComparison.OrdinalIgnoreCase) == true && format.NumberFormatId is not null)
            .Select(format => format.NumberFormatId!.Value).ToHashSet() ?? [];
        return styles?.CellFormats?.Elements<CellFormat>().Select((format, index) => (Id: format.NumberFormatId?.Value ?? 0, Index: (uint)index))
            .Where(format => format.Id is >= 18 and <= 22 or >= 45 and <= 47 || own.Contains(format.Id)).Select(format => format.Index).ToHashSet() ?? [];
    }

    private static string TextOf(Cell cell, List<string> shared, HashSet<uint> times)
    {
        if (cell.DataType?.Value == CellValues.InlineString)
        {
            return cell.InlineString?.InnerText ?? "";
        }

        var value = cell.CellValue?.Text ?? "";
        if (cell.DataType?.Value == CellValues.SharedString)
        {
            return int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < shared.Count ? shared[index] : "";
        }

        return cell.StyleIndex?.Value is { } style && times.Contains(style) && double.TryParse(value, CultureInfo.InvariantCulture, out var day)
            ? TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(Math.Round(day % 1 * 1440) % 1440)).ToString("HH:mm", CultureInfo.InvariantCulture)
            : value;
    }

    private static int? ColumnOf(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (letter - 'A' + 1);
        }

        return column - 1;
    }
}
