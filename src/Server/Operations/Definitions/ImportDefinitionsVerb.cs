using System.CommandLine;
using GridFlow.Server.Bundles;
using GridFlow.Server.Flows;
using GridFlow.Server.Security;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>Publishes definitions from files, all together in one bundle or none of them.</summary>
internal sealed class ImportDefinitionsVerb() : Verb("definitions import", OperationsText.Of("DefinitionsImportHelp"))
{
    private readonly Argument<string[]> _files = new("FILE") { Description = OperationsText.Of("DefinitionsFiles"), Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _reason = new("--reason") { Description = OperationsText.Of("DefinitionsImportReason"), HelpName = "TEXT" };
    private readonly Option<string?> _language = ValidateDefinitionsVerb.LanguageOption();

    protected override IReadOnlyList<Symbol> Symbols => [_files, _reason, _language];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var language = ValidateDefinitionsVerb.Language(context.Parsed.GetValue(_language));
        var files = DefinitionFiles.Find(context.Parsed.GetRequiredValue(_files));
        var definitions = files.Select(file => DefinitionFiles.Demand(file, language)).ToList();
        if (files.Zip(definitions).GroupBy(read => read.Second.DefinitionId, read => read.First, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new BadInputException(OperationsText.Of("DefinitionsImportTwice", twice.Key, twice.First(), twice.ElementAt(1)));
        }

        var names = string.Join(", ", definitions.Select(definition => definition.DefinitionId));
        var reason = context.Parsed.GetValue(_reason) ?? $"definitions import {names}";
        var commands = context.Services.GetRequiredService<FlowCommands>();
        switch (await commands.PublishAsync(definitions, reason, CurrentUser.Operator, cancellationToken))
        {
            case PublishResult.Published published:
                context.Report(new { bundle = (int?)published.Number, problems = Array.Empty<object>() }, OperationsText.In(language, "DefinitionsImported", definitions.Count, names, published.Number));
                return 0;
            case PublishResult.NothingNew same:
                context.Report(new { bundle = (int?)same.InForce, problems = Array.Empty<object>() }, OperationsText.In(language, "DefinitionsNothingNew", definitions.Count, names, same.InForce));
                return 0;
            case PublishResult.Refused refused:
                var problems = refused.Problems.Where(problem => problem.IsError).Select(problem => new { problem.Path, problem.Code, Message = problem.Message.For(language) }).ToList();
                context.Report(new { bundle = (int?)null, problems }, problems.Select(problem => $"{problem.Path} [{problem.Code}]: {problem.Message}").Prepend(OperationsText.In(language, "DefinitionsImportRefused")));
                return 1;
            default:
                throw new BadInputException(OperationsText.Of("ImportCatalogueOutdated"));
        }
    }
}
