using System.CommandLine;
using GridFlow.Server.Bundles;
using GridFlow.Server.Operations.Definitions;
using GridFlow.Server.Security;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Server.Operations.Bundles;

/// <summary>Puts a bundle from a file in force as the next one, if nothing keeps it from it.</summary>
internal sealed class PublishBundleVerb() : Verb("bundle publish", OperationsText.Of("BundlePublishHelp"))
{
    private readonly Argument<string> _file = new("FILE") { Description = OperationsText.Of("BundleFile") };
    private readonly Option<string> _reason = new("--reason") { Description = OperationsText.Of("DefinitionsImportReason"), HelpName = "TEXT", Required = true };
    private readonly Option<string?> _language = ValidateDefinitionsVerb.LanguageOption();

    protected override IReadOnlyList<Symbol> Symbols => [_file, _reason, _language];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var language = ValidateDefinitionsVerb.Language(context.Parsed.GetValue(_language));
        var file = context.Parsed.GetRequiredValue(_file);
        var reason = context.Parsed.GetRequiredValue(_reason).Trim();
        if (reason.Length is 0 or > BundleCommands.LongestReason)
        {
            throw new BadInputException(OperationsText.Of("BundleReason", BundleCommands.LongestReason));
        }

        var content = BundleFile.Demand(file);
        var store = context.Services.GetRequiredService<BundleStore>();
        var inForce = await store.GetCurrentAsync(cancellationToken);
        if (BundleEdits.Between(inForce, content).IsEmpty)
        {
            context.Report(new { bundle = (int?)inForce.Number, problems = Array.Empty<object>() }, OperationsText.In(language, "BundleNothingNew", file, inForce.Number));
            return 0;
        }

        switch (await store.PublishAsync(content, reason, CurrentUser.Operator, inForce.Number, cancellationToken))
        {
            case PublishResult.Published published:
                context.Report(new { bundle = (int?)published.Number, problems = Array.Empty<object>() }, OperationsText.In(language, "BundlePublished", file, published.Number));
                return 0;
            case PublishResult.Refused refused:
                var problems = refused.Problems.Where(problem => problem.IsError).Select(problem => new { problem.Path, problem.Code, Message = problem.Message.For(language) }).ToList();
                context.Report(new { bundle = (int?)null, problems }, problems.Select(problem => $"{problem.Path} [{problem.Code}]: {problem.Message}").Prepend(OperationsText.In(language, "BundleFaulty", file)));
                return 1;
            default:
                throw new BadInputException(OperationsText.Of("ImportCatalogueOutdated"));
        }
    }
}
