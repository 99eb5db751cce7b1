using System.CommandLine;
using GridFlow.Server.Bundles;

namespace GridFlow.Server.Operations;

internal sealed class ImportCatalogueVerb() : Verb("import catalogue", OperationsText.Of("ImportCatalogueHelp"))
{
    private readonly Argument<string> _file = new("FILE") { Description = OperationsText.Of("ImportCatalogueFile") };
    private readonly Option<string> _scheme = new("--scheme") { Description = OperationsText.Of("ImportCatalogueScheme"), DefaultValueFactory = _ => "gb47678.5" };
    private readonly Option<string> _version = new("--catalogue-version") { Description = OperationsText.Of("ImportCatalogueVersion"), DefaultValueFactory = _ => "2026" };

    protected override IReadOnlyList<Symbol> Symbols => [_file, _scheme, _version];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var import = context.Services.GetRequiredService<CatalogueImport>();
        var result = await import.RunAsync(
            context.Parsed.GetRequiredValue(_file), context.Parsed.GetRequiredValue(_scheme), context.Parsed.GetRequiredValue(_version), cancellationToken);
        context.Report(result, result.Bundle is { } number
            ? OperationsText.Of("ImportCatalogueDone", result.Added, result.Renamed, result.Unchanged, number)
            : OperationsText.Of("ImportCatalogueNothingNew", result.Unchanged));
        return 0;
    }
}
