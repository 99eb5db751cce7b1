using System.Globalization;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Server.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Catalogue;

/// <summary>The categories as a file to work on in a spreadsheet.</summary>
public static class CatalogueApi
{
    private const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapCatalogue(this IEndpointRouteBuilder app) =>
        app.MapGet("/admin/categories/export", ExportAsync).RequireAuthorization(nameof(Permission.Edit)).ExcludeFromDescription();

    private static async Task<Results<FileContentHttpResult, NotFound>> ExportAsync(string? format, int? draft, CatalogueQueries queries, DraftStore drafts, IStringLocalizer<CatalogueText> text, CancellationToken cancellationToken)
    {
        var bundle = draft is { } id ? (await drafts.FindAsync(id, cancellationToken))?.Content : await queries.GetCurrentAsync(cancellationToken);
        if (bundle is null)
        {
            return TypedResults.NotFound();
        }

        var rows = new CatalogueSheet(text).Write(bundle.Categories);
        var name = string.Create(CultureInfo.InvariantCulture, $"categories-{bundle.Number}");
        return format == "xlsx"
            ? TypedResults.File(ExcelSheet.Write("categories", rows), Excel, name + ".xlsx")
            : TypedResults.File(TextSheet.Write(rows), "text/csv; charset=utf-8", name + ".csv");
    }
}
