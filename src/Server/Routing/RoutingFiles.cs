using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Routing.Grid;
using GridFlow.Server.Security;
using GridFlow.Server.Sheets;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Routing;

/// <summary>What a file holds: which column each of its columns is, and its cells in that order.</summary>
public sealed record RoutingFile(ImmutableArray<RoutingColumn> Columns, IReadOnlyList<SheetRow> Lines);

/// <summary>The routing table as a file of a spreadsheet, out and in.</summary>
public static class RoutingFiles
{
    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapRoutingFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/routing.csv", (int? draft, DraftStore drafts, BundleStore bundles, IDbContextFactory<GridFlowDbContext> database, IStringLocalizer<RoutingText> text, CancellationToken cancellationToken) =>
            WriteAsync(draft, drafts, bundles, database, text, (lines, name) => Results.File(TextSheet.Write(lines), "text/csv", name + ".csv"), cancellationToken))
            .RequireAuthorization(nameof(Permission.Edit)).ExcludeFromDescription();
        app.MapGet("/admin/routing.xlsx", (int? draft, DraftStore drafts, BundleStore bundles, IDbContextFactory<GridFlowDbContext> database, IStringLocalizer<RoutingText> text, CancellationToken cancellationToken) =>
            WriteAsync(draft, drafts, bundles, database, text, (lines, name) => Results.File(ExcelSheet.Write(text["Title"], lines), ExcelType, name + ".xlsx"), cancellationToken))
            .RequireAuthorization(nameof(Permission.Edit)).ExcludeFromDescription();
    }

    /// <summary>Reads a file somebody chose; or says what is wrong with it.</summary>
    public static async Task<(RoutingFile? File, string? Problem)> ReadAsync(IBrowserFile file, IStringLocalizer<RoutingText> text)
    {
        if (file.Size > ExcelSheet.MaxBytes)
        {
            return (null, text["FileLarge", ExcelSheet.MaxBytes / 1_000_000]);
        }

        using var content = new MemoryStream();
        await using (var stream = file.OpenReadStream(ExcelSheet.MaxBytes))
        {
            await stream.CopyToAsync(content);
        }

        content.Position = 0;
        return Read(file.Name, content, text);
    }

    public static (RoutingFile? File, string? Problem) Read(string name, Stream content, IStringLocalizer<RoutingText> text)
    {
        Sheet sheet;
        try
        {
            sheet = name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? ExcelSheet.Read(content) : TextSheet.Read(TextOf(content));
        }
        catch (SheetException problem)
        {
            return (null, text["File" + problem.Message]);
        }
        catch (DecoderFallbackException)
        {
            return (null, text["FileEncoding"]);
        }

        if (sheet.Rows.Count < 2)
        {
            return (null, text["FileEmpty"]);
        }

        var columns = ImmutableArray.CreateBuilder<RoutingColumn>();
        foreach (var heading in sheet.Rows[0].Cells.Reverse().SkipWhile(cell => cell.Length == 0).Reverse())
        {
            var known = Enum.GetValues<RoutingColumn>().Where(column => IsHeading(column, heading, text)).ToList();
            if (known.Count == 0)
            {
                return (null, text["FileHeading", heading, string.Join(text["ListSeparator"], Enum.GetValues<RoutingColumn>().Select(column => RoutingCells.Heading(column, text)))]);
            }

            columns.Add(known[0]);
        }

        return (new RoutingFile(columns.ToImmutable(), [.. sheet.Rows.Skip(1)]), null);
    }

    /// <summary>The rows a file holds: those with a number that is there, changed in the columns of the file; the others new.</summary>
    public static (ImmutableArray<RoutingRow> Rows, ImmutableArray<CellProblem> Problems) ToRows(RoutingFile file, ImmutableArray<RoutingRow> rows, RoutingCells cells, int nextNumber, IStringLocalizer<RoutingText> text)
    {
        var known = rows.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
        var made = ImmutableArray.CreateBuilder<RoutingRow>();
        var problems = ImmutableArray.CreateBuilder<CellProblem>();
        var numberAt = file.Columns.IndexOf(RoutingColumn.Number);
        var taken = file.Lines.Select(line => Number(line, numberAt)).OfType<int>().ToHashSet();
        foreach (var line in file.Lines)
        {
            var number = Number(line, numberAt);
            while (number is null && (taken.Contains(nextNumber) || known.ContainsKey(nextNumber)))
            {
                nextNumber++;
            }

            var row = number is { } named && known.TryGetValue(named, out var old) ? old : new RoutingRow { Number = number ?? nextNumber++, Lead = "" };
            for (var index = 0; index < file.Columns.Length; index++)
            {
                var (column, cell) = (file.Columns[index], line[index]);
                if (column == RoutingColumn.Number)
                {
                    if (cell.Length > 0 && number is null or <= 0)
                    {
                        problems.Add(new CellProblem(line.Number, column, text["CellNoNumber", cell]));
                    }

                    continue;
                }

                var (changed, problem) = cells.Read(row, column, cell);
                row = changed ?? row;
                if (problem is not null)
                {
                    problems.Add(new CellProblem(line.Number, column, problem));
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

    private static int? Number(SheetRow line, int at) => int.TryParse(line[at], CultureInfo.InvariantCulture, out var number) ? number : null;

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

    private static string TextOf(Stream content)
    {
        using var reader = new StreamReader(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        return reader.ReadToEnd();
    }
}
