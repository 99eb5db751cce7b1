using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Routing.Grid;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Routing;

/// <summary>What a file holds: which column each of its columns is, and its cells in that order.</summary>
public sealed record RoutingFile(ImmutableArray<RoutingColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Cells);

/// <summary>The routing table as a file of a spreadsheet, out and in.</summary>
public static class RoutingFiles
{
    private const long LargestFile = 8 * 1024 * 1024;
    private const int MostRows = 20_000;
    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapRoutingFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/routing.csv", (int? draft, DraftStore drafts, BundleStore bundles, IDbContextFactory<GridFlowDbContext> database, IStringLocalizer<RoutingText> text, CancellationToken cancellationToken) =>
            WriteAsync(draft, drafts, bundles, database, text, (lines, name) => Results.File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Csv(lines))], "text/csv", name + ".csv"), cancellationToken))
            .RequireAuthorization(nameof(Permission.Edit)).ExcludeFromDescription();
        app.MapGet("/admin/routing.xlsx", (int? draft, DraftStore drafts, BundleStore bundles, IDbContextFactory<GridFlowDbContext> database, IStringLocalizer<RoutingText> text, CancellationToken cancellationToken) =>
            WriteAsync(draft, drafts, bundles, database, text, (lines, name) => Results.File(ExcelSheet.Write(text["Title"], lines), ExcelType, name + ".xlsx"), cancellationToken))
            .RequireAuthorization(nameof(Permission.Edit)).ExcludeFromDescription();
    }

    /// <summary>Reads a file somebody chose; or says what is wrong with it.</summary>
    public static async Task<(RoutingFile? File, string? Problem)> ReadAsync(IBrowserFile file, IStringLocalizer<RoutingText> text)
    {
        if (file.Size > LargestFile)
        {
            return (null, text["FileLarge", LargestFile / 1024 / 1024]);
        }

        using var content = new MemoryStream();
        await using (var stream = file.OpenReadStream(LargestFile))
        {
            await stream.CopyToAsync(content);
        }

        content.Position = 0;
        return Read(file.Name, content, text);
    }

    public static (RoutingFile? File, string? Problem) Read(string name, Stream content, IStringLocalizer<RoutingText> text)
    {
        IReadOnlyList<IReadOnlyList<string>> lines;
        try
        {
            lines = name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? ExcelSheet.Read(content) : ReadCsv(content);
        }
        catch (Exception problem) when (problem is InvalidDataException or DecoderFallbackException or IOException or FormatException or DocumentFormat.OpenXml.Packaging.OpenXmlPackageException or System.Xml.XmlException)
        {
            return (null, text[problem is DecoderFallbackException ? "FileEncoding" : "FileBad", problem.Message]);
        }

        var filled = lines.Where(line => line.Any(cell => cell.Trim().Length > 0)).ToList();
        if (filled.Count < 2 || filled.Count > MostRows)
        {
            return (null, text[filled.Count < 2 ? "FileEmpty" : "FileLong", MostRows]);
        }

        var columns = ImmutableArray.CreateBuilder<RoutingColumn>();
        foreach (var heading in filled[0].Reverse().SkipWhile(cell => cell.Trim().Length == 0).Reverse())
        {
            var known = Enum.GetValues<RoutingColumn>().Where(column => IsHeading(column, heading.Trim(), text)).ToList();
            if (known.Count == 0)
            {
                return (null, text["FileHeading", heading, string.Join(text["ListSeparator"], Enum.GetValues<RoutingColumn>().Select(column => RoutingCells.Heading(column, text)))]);
            }

            columns.Add(known[0]);
        }

        return (new RoutingFile(columns.ToImmutable(), filled[1..]), null);
    }

    /// <summary>The rows a file holds: those with a number that is there, changed in the columns of the file; the others new.</summary>
    public static (ImmutableArray<RoutingRow> Rows, ImmutableArray<CellProblem> Problems) ToRows(RoutingFile file, ImmutableArray<RoutingRow> rows, RoutingCells cells, int nextNumber)
    {
        var known = rows.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
        var made = ImmutableArray.CreateBuilder<RoutingRow>();
        var problems = ImmutableArray.CreateBuilder<CellProblem>();
        var numberAt = file.Columns.IndexOf(RoutingColumn.Number);
        var taken = file.Cells.Select(line => Number(line, numberAt)).OfType<int>().ToHashSet();
        for (var line = 0; line < file.Cells.Count; line++)
        {
            var given = file.Cells[line];
            var number = Number(given, numberAt);
            while (number is null && (taken.Contains(nextNumber) || known.ContainsKey(nextNumber)))
            {
                nextNumber++;
            }

            var row = number is { } named && known.TryGetValue(named, out var old) ? old : new RoutingRow { Number = number ?? nextNumber++, Lead = "" };
            for (var index = 0; index < Math.Min(given.Count, file.Columns.Length); index++)
            {
                if (file.Columns[index] == RoutingColumn.Number)
                {
                    if (given[index].Trim().Length > 0 && number is null or <= 0)
                    {
                        problems.Add(new CellProblem(line + 2, RoutingColumn.Number, given[index]));
                    }

                    continue;
                }

                var (changed, problem) = cells.Read(row, file.Columns[index], given[index]);
                row = changed ?? row;
                if (problem is not null)
                {
                    // As a spreadsheet counts: the heading is line 1.
                    problems.Add(new CellProblem(line + 2, file.Columns[index], problem));
                }
            }

            made.Add(row);
        }

        return problems.Count > 0 ? ([], problems.ToImmutable()) : ([.. made.GroupBy(row => row.Number).Select(group => group.Last())], []);
    }

    /// <summary>The whole table as lines of cells, the headings first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ToLines(IEnumerable<RoutingRow> rows, RoutingCells cells, IStringLocalizer<RoutingText> text)
    {
        var columns = Enum.GetValues<RoutingColumn>();
        return [[.. columns.Select(column => RoutingCells.Heading(column, text))], .. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => cells.Show(row, column))])];
    }

    private static int? Number(IReadOnlyList<string> line, int at) => at >= 0 && at < line.Count && int.TryParse(line[at].Trim(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsHeading(RoutingColumn column, string heading, IStringLocalizer<RoutingText> text) =>
        string.Equals(heading, RoutingCells.Heading(column, text), StringComparison.OrdinalIgnoreCase) || string.Equals(heading, column.ToString(), StringComparison.OrdinalIgnoreCase);

    private static async Task<IResult> WriteAsync(
        int? draft, DraftStore drafts, BundleStore bundles, IDbContextFactory<GridFlowDbContext> database, IStringLocalizer<RoutingText> text,
        Func<IReadOnlyList<IReadOnlyList<string>>, string, IResult> write, CancellationToken cancellationToken)
    {
        var bundle = draft is { } id ? (await drafts.FindAsync(id, cancellationToken))?.Content : await bundles.GetCurrentAsync(cancellationToken);
        if (bundle is null)
        {
            return Results.NotFound();
        }

        var rows = bundle.Routing.Rows;
        var areas = rows.Select(row => row.Area).Concat(rows.SelectMany(row => row.Assisting.Append(row.Lead)).Select(UnitKey.AreaOf)).OfType<string>();
        var cells = new RoutingCells(bundle, await RoutingLookup.ReadAsync(database, areas, cancellationToken), text);
        return write(ToLines(rows, cells, text), draft is null ? $"routing-{bundle.Number}" : $"routing-draft-{draft}");
    }

    // Comma, or what a spreadsheet of another country puts in its place.
    private static IReadOnlyList<IReadOnlyList<string>> ReadCsv(Stream content)
    {
        using var reader = new StreamReader(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        var all = reader.ReadToEnd();
        var headings = all.Split('\n', 2)[0];
        return RoutingBlock.Split(all, headings.Contains('\t', StringComparison.Ordinal) ? '\t' : headings.Contains(',', StringComparison.Ordinal) ? ',' : ';');
    }

    private static string Csv(IReadOnlyList<IReadOnlyList<string>> lines) => string.Concat(lines.Select(line => string.Join(',', line.Select(Quote)) + "\r\n"));

    // A note must not run as a formula in somebody's spreadsheet.
    private static string Quote(string cell)
    {
        var safe = cell.Length > 0 && "=+-@".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
