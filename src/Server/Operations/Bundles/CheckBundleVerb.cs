using System.CommandLine;
using GridFlow.Server.Bundles;
using GridFlow.Server.Operations.Definitions;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Operations.Bundles;

/// <summary>Names everything that keeps a bundle in a file from being published in this installation.</summary>
internal sealed class CheckBundleVerb() : Verb("bundle check", OperationsText.Of("BundleCheckHelp"))
{
    private const string NotABundle = "not-a-bundle";

    private readonly Argument<string> _file = new("FILE") { Description = OperationsText.Of("BundleFile") };
    private readonly Option<string?> _language = ValidateDefinitionsVerb.LanguageOption();

    protected override IReadOnlyList<Symbol> Symbols => [_file, _language];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var language = ValidateDefinitionsVerb.Language(context.Parsed.GetValue(_language));
        var file = context.Parsed.GetRequiredValue(_file);
        IReadOnlyList<Problem> found;
        try
        {
            found = await context.Services.GetRequiredService<BundleStore>().CheckAsync(BundleFile.Read(file), cancellationToken);
        }
        catch (DefinitionFormatException problem)
        {
            found = [new Problem(problem.Path, NotABundle, problem.Problem)];
        }

        var problems = found.Select(problem => new { problem.Path, problem.Code, Message = problem.Message.For(language), problem.IsError }).ToList();
        var mayPublish = !problems.Exists(problem => problem.IsError);
        context.Report(new { mayPublish, problems }, problems
            .Select(problem => $"  {OperationsText.In(language, problem.IsError ? "DefinitionsError" : "DefinitionsWarning")} {problem.Path} [{problem.Code}]: {problem.Message}")
            .Prepend(OperationsText.In(language, mayPublish ? "BundleFine" : "BundleFaulty", file)));
        return mayPublish ? 0 : 1;
    }
}
