using System.CommandLine;
using GridFlow.Server.Bundles;

namespace GridFlow.Server.Operations.Bundles;

/// <summary>Writes a published bundle to one file: workflows, routing table, categories and calendar.</summary>
internal sealed class ExportBundleVerb() : Verb("bundle export", OperationsText.Of("BundleExportHelp"))
{
    private readonly Argument<string> _file = new("FILE") { Description = OperationsText.Of("BundleExportFile") };
    private readonly Option<int?> _number = new("--number") { Description = OperationsText.Of("BundleExportNumber"), HelpName = "N" };

    protected override IReadOnlyList<Symbol> Symbols => [_file, _number];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var store = context.Services.GetRequiredService<BundleStore>();
        var file = context.Parsed.GetRequiredValue(_file);
        try
        {
            var bundle = context.Parsed.GetValue(_number) is { } number ? await store.GetAsync(number, cancellationToken) : await store.GetCurrentAsync(cancellationToken);
            await BundleFile.WriteAsync(file, bundle, cancellationToken);
            context.Report(new { bundle = bundle.Number, file }, OperationsText.Of("BundleExported", bundle.Number, file));
            return 0;
        }
        catch (KeyNotFoundException)
        {
            throw new BadInputException(OperationsText.Of("BundleUnknown", context.Parsed.GetValue(_number)!));
        }
    }
}
