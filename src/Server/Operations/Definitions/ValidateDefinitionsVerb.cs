using System.CommandLine;
using System.Globalization;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>
/// Says what is wrong with definitions in files. Workflows they call are known when they are among the files or come with
/// GridFlow; units are not looked up, for want of a database.
/// </summary>
internal sealed class ValidateDefinitionsVerb() : Verb("definitions validate", OperationsText.Of("DefinitionsValidateHelp"))
{
    private const string NotADefinition = "not-a-definition";
    private const string SameWorkflow = "same-workflow";

    private readonly Argument<string[]> _files = new("FILE") { Description = OperationsText.Of("DefinitionsFiles"), Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _language = LanguageOption();

    public override bool NeedsDatabase => false;

    protected override IReadOnlyList<Symbol> Symbols => [_files, _language];

    /// <summary>An option for the language of what is said of a definition.</summary>
    public static Option<string?> LanguageOption()
    {
        var option = new Option<string?>("--lang") { Description = OperationsText.Of("DefinitionsLanguage"), HelpName = "zh|en" };
        option.AcceptOnlyFromAmong("zh", "en");
        return option;
    }

    /// <summary>The language asked for, or that of the terminal.</summary>
    public static CultureInfo Language(string? given) => given is null ? CultureInfo.CurrentUICulture : CultureInfo.GetCultureInfo(given == "zh" ? "zh-CN" : given);

    public override Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var language = Language(context.Parsed.GetValue(_language));
        var files = DefinitionFiles.Find(context.Parsed.GetRequiredValue(_files)).Select(file => (File: file, Read: TryRead(file))).ToList();
        var known = files.Select(file => file.Read.Definition?.DefinitionId).OfType<string>()
            .Concat(ShippedBundle.Read(1).Definitions.Select(definition => definition.DefinitionId)).ToHashSet(StringComparer.Ordinal);
        var results = files.Select(file =>
        {
            IReadOnlyList<Problem> problems = file.Read.Definition is { } definition
                ? DefinitionValidator.Validate(definition, known.Contains, _ => true)
                : [new Problem(file.Read.Refusal!.Path, NotADefinition, file.Read.Refusal.Problem)];
            if (files.FirstOrDefault(other => other.File != file.File && other.Read.Definition is { } twin && twin.DefinitionId == file.Read.Definition?.DefinitionId).File is { } other)
            {
                problems = [.. problems, new Problem($"definitions/{file.Read.Definition!.DefinitionId}", SameWorkflow, Twice(other), IsError: false)];
            }

            return new
            {
                file.File,
                Runnable = !problems.Any(problem => problem.IsError),
                Problems = problems.Select(problem => new { problem.Path, problem.Code, Message = problem.Message.For(language), problem.IsError }).ToList(),
            };
        }).ToList();

        context.Report(results, results.SelectMany(result => result.Problems
            .Select(problem => $"  {OperationsText.In(language, problem.IsError ? "DefinitionsError" : "DefinitionsWarning")} {problem.Path} [{problem.Code}]: {problem.Message}")
            .Prepend(OperationsText.In(language, result.Runnable ? "DefinitionsRunnable" : "DefinitionsNotRunnable", result.File))));
        return Task.FromResult(results.All(result => result.Runnable) ? 0 : 1);
    }

    private static LocalizedText Twice(string other) =>
        new(OperationsText.In(CultureInfo.GetCultureInfo("zh-CN"), "DefinitionsSameWorkflow", other), OperationsText.In(CultureInfo.GetCultureInfo("en"), "DefinitionsSameWorkflow", other));

    private static (WorkflowDefinition? Definition, DefinitionFormatException? Refusal) TryRead(string file)
    {
        try
        {
            return (DefinitionFiles.Read(file), null);
        }
        catch (DefinitionFormatException refusal)
        {
            return (null, refusal);
        }
    }
}
