using System.CommandLine;
using GridFlow.Server.Organisation;

namespace GridFlow.Server.Operations;

internal sealed class ImportAreasVerb() : Verb("import areas", OperationsText.Of("ImportAreasHelp"))
{
    private const int MissingShown = 10;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = OperationsText.Of("ImportAreasFiles"),
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _under = new("--under") { Description = OperationsText.Of("ImportAreasUnder"), HelpName = "CODE" };

    private readonly Option<string?> _boundaries = new("--boundaries") { Description = OperationsText.Of("ImportAreasBoundaries"), HelpName = "FILE" };

    protected override IReadOnlyList<Symbol> Symbols => [_files, _under, _boundaries];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var files = context.Parsed.GetValue(_files) ?? [];
        var boundaries = context.Parsed.GetValue(_boundaries);
        if (files.Length == 0 && boundaries is null)
        {
            throw new BadInputException(OperationsText.Of("ImportAreasNoFile"));
        }

        AreaImportResult? areas = null;
        if (files.Length > 0)
        {
            var import = context.Services.GetRequiredService<AreaImport>();
            areas = await VerbContext.WithProgressAsync(
                OperationsText.Of("ImportAreasProgress"), progress => import.RunAsync(files, context.Parsed.GetValue(_under), progress, cancellationToken));
        }

        // After the areas, so that those the files just brought get theirs.
        var outlines = boundaries is null ? null : await context.Services.GetRequiredService<BoundaryImport>().RunAsync(boundaries, cancellationToken);
        if (outlines is null)
        {
            context.Report(areas!, Lines(areas!));
        }
        else
        {
            context.Report(new { areas, boundaries = outlines }, [.. areas is null ? [] : Lines(areas), .. Lines(outlines)]);
        }

        return 0;
    }

    private static IEnumerable<string> Lines(BoundaryImportResult result)
    {
        yield return OperationsText.Of("BoundariesDone", result.Set, result.Unchanged);
        if (result.Unknown.Count > 0)
        {
            yield return OperationsText.Of("BoundariesUnknown", result.Unknown.Count, string.Join(", ", result.Unknown.Take(MissingShown)) + (result.Unknown.Count > MissingShown ? ", …" : ""));
        }
    }

    private static IEnumerable<string> Lines(AreaImportResult result)
    {
        yield return result.Added + result.Renamed == 0
            ? OperationsText.Of("ImportAreasNothingNew", result.Unchanged)
            : OperationsText.Of("ImportAreasDone", result.Added, result.Renamed, result.Unchanged);
        if (result.OutsideSubtree > 0)
        {
            yield return OperationsText.Of("ImportAreasOutside", result.OutsideSubtree);
        }

        if (result.Missing.Count > 0)
        {
            var shown = string.Join(", ", result.Missing.Take(MissingShown)) + (result.Missing.Count > MissingShown ? ", …" : "");
            yield return OperationsText.Of("ImportAreasMissing", result.Missing.Count, shown);
        }
    }
}
