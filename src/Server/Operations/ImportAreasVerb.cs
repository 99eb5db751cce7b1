using System.CommandLine;
using GridFlow.Server.Organisation;

namespace GridFlow.Server.Operations;

internal sealed class ImportAreasVerb() : Verb("import areas", OperationsText.Of("ImportAreasHelp"))
{
    private const int MissingShown = 10;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = OperationsText.Of("ImportAreasFiles"),
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _under = new("--under") { Description = OperationsText.Of("ImportAreasUnder"), HelpName = "CODE" };

    protected override IReadOnlyList<Symbol> Symbols => [_files, _under];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var import = context.Services.GetRequiredService<AreaImport>();
        var result = await VerbContext.WithProgressAsync(
            OperationsText.Of("ImportAreasProgress"),
            progress => import.RunAsync(
                context.Parsed.GetRequiredValue(_files), context.Parsed.GetValue(_under), progress, cancellationToken));
        context.Report(result, Lines(result));
        return 0;
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
