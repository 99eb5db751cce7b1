using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Server.Sheets;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Figures;

/// <summary>Every table of figures as a file of a spreadsheet.</summary>
public static class FigureFiles
{
    /// <summary>The most cases a file lists.</summary>
    public const int MostCases = 20_000;

    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/figures/{table}.{format:regex(^(csv|xlsx)$)}", WriteAsync).RequireAuthorization(nameof(Permission.ViewCases)).ExcludeFromDescription();
    }

    private static async Task<IResult> WriteAsync(
        string table, string format, [AsParameters] FigureAddress address, CurrentUser user, FigureQueries queries, FigureCases cases, FigureTables tables, OrganisationQueries organisation,
        CaseWords words, IStringLocalizer<FiguresText> text, TimeProvider time, CancellationToken cancellationToken)
    {
        var question = await address.AskAsync(organisation, time.GetUtcNow(), cancellationToken);
        FigureTable? found;
        if (table == "cases")
        {
            found = FigureCases.Knows(address.Figure) ? await CasesAsync(address, question, user, cases, words, text, cancellationToken) : null;
        }
        else
        {
            var report = await queries.GetAsync(user, question, address.Dimension, cancellationToken);
            found = (await tables.MakeAsync(report, address, cancellationToken)).FirstOrDefault(made => made.Key == table);
        }

        if (found is null)
        {
            return Results.NotFound();
        }

        var name = $"figures-{table}-{question.Period.Start}.{format}";
        return format == "csv" ? Results.File(TextSheet.Write(found.Lines), "text/csv", name) : Results.File(ExcelSheet.Write(found.Title, found.Lines), ExcelType, name);
    }

    private static async Task<FigureTable> CasesAsync(
        FigureAddress address, FigureQuestion question, CurrentUser user, FigureCases cases, CaseWords words, IStringLocalizer<FiguresText> text, CancellationToken cancellationToken)
    {
        var list = await cases.ListAsync(user, question, address.Figure!, address.Picked, 1, MostCases, cancellationToken);
        string[] headings = ["ColNumber", "ColTitle", "ColPlace", "ColUnit", "ColTier", "ColStage", "ColDue", "ColAccepted"];
        return new FigureTable("cases", text["CasesTitle"], [.. headings.Select(key => new FigureCell(words[key]))], [.. list.Rows.Select(row => (IReadOnlyList<FigureCell>)
        [
            new(row.Number), new(row.Title), new(row.AreaPath ?? ""), new(row.Lead?.Name ?? ""), new(row.Tier is { } tier ? words.Of(tier) : ""),
            new(row.Status == Workflows.Cases.CaseStatus.Open ? words.Of(row.Stage) : words.Of(row.Status)), new(row.Due is { } due ? CaseWords.FullTime(due.At) : ""), new(CaseWords.FullTime(row.AcceptedAt)),
        ])]);
    }
}
