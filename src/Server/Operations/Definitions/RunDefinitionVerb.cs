using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>
/// Runs a definition in memory and prints what happens, a line of JSON each. One that handles cases is given a made-up case.
/// Nothing is kept, and nothing is sent.
/// </summary>
internal sealed class RunDefinitionVerb() : Verb("definitions run", OperationsText.Of("DefinitionsRunHelp"))
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Argument<string> _file = new("FILE") { Description = OperationsText.Of("DefinitionsRunFile") };
    private readonly Option<string[]> _inputs = new("--input") { Description = OperationsText.Of("DefinitionsRunInput"), HelpName = "NAME=VALUE" };
    private readonly Option<string?> _stimuli = new("--stimuli") { Description = OperationsText.Of("DefinitionsRunStimuli"), HelpName = "FILE" };
    private readonly Option<string[]> _with = new("--with") { Description = OperationsText.Of("DefinitionsRunWith"), HelpName = "FILE" };
    private readonly Option<string?> _language = ValidateDefinitionsVerb.LanguageOption();

    public override bool NeedsDatabase => false;

    protected override IReadOnlyList<Symbol> Symbols => [_file, _inputs, _stimuli, _with, _language];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var language = ValidateDefinitionsVerb.Language(context.Parsed.GetValue(_language));
        var path = context.Parsed.GetRequiredValue(_file);
        var definition = Directory.Exists(path) ? throw new BadInputException(OperationsText.Of("DefinitionsRunDirectory", path)) : DefinitionFiles.Demand(path, language);
        var bundle = BundleOf(definition, [.. DefinitionFiles.Find(context.Parsed.GetValue(_with) ?? []).Select(file => DefinitionFiles.Demand(file, language))]);
        foreach (var problem in DefinitionValidator.Validate(definition, id => bundle.FindDefinition(id) is not null, _ => true).Where(problem => problem.IsError))
        {
            await Console.Error.WriteLineAsync($"{problem.Path} [{problem.Code}]: {problem.Message.For(language)}");
        }

        var inputs = (context.Parsed.GetValue(_inputs) ?? []).Select(ReadInput).ToImmutableDictionary(input => input.Name, input => input.Value);
        GivenInputs.Demand(definition, inputs);
        var stimuli = context.Parsed.GetValue(_stimuli) is { } file ? await StimulusLine.ReadAsync(file, cancellationToken) : [];
        var begin = context.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var run = new DryRun(bundle, begin);
        run.Start(definition.DefinitionId, inputs, IsForCases(bundle, definition) ? MadeUpCase(begin) : null);
        var printed = Print(run, 0);
        foreach (var stimulus in stimuli)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stimulus.Send(run);
            printed = Print(run, printed);
        }

        await Console.Error.WriteLineAsync(Summary(run, language));
        return run.Incidents.Any() ? 1 : 0;
    }

    private static Bundle BundleOf(WorkflowDefinition definition, IReadOnlyList<WorkflowDefinition> others)
    {
        var shipped = ShippedBundle.Read(1);
        var definitions = others.Prepend(definition).Concat(shipped.Definitions).DistinctBy(candidate => candidate.DefinitionId);
        return new Bundle(shipped.Number, definitions, shipped.Routing, shipped.Categories, shipped.Calendar);
    }

    // A value that reads as JSON is one; anything else is text.
    private static (string Name, object? Value) ReadInput(string given)
    {
        if (given.Split('=', 2) is not [{ Length: > 0 } name, var text])
        {
            throw new BadInputException(OperationsText.Of("DefinitionsBadInput", given));
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return (name, InputReader.FromJson(document.RootElement));
        }
        catch (JsonException)
        {
            return (name, text);
        }
    }

    private static bool IsForCases(Bundle bundle, WorkflowDefinition definition) => bundle.Definitions.Where(other => other.DefinitionId == definition.DefinitionId || Calls(definition, other))
        .SelectMany(other => other.AllActivities()).Any(node => node.Type.StartsWith("GridFlow.", StringComparison.Ordinal));

    private static bool Calls(WorkflowDefinition definition, WorkflowDefinition other) =>
        definition.AllActivities().Any(node => node.Inputs.TryGetValue("workflowDefinitionId", out var called) && called.Text == other.DefinitionId);

    private static CaseState MadeUpCase(DateTimeOffset now) => new()
    {
        Number = "TRIAL-1",
        Title = "TRIAL-1",
        ReportedAt = now,
        AcceptedAt = now,
        AreaPath = "/99/9901/990101/990101001/990101001001/",
        LeadUnit = UnitKey.ForDepartment("trial"),
    };

    private static int Print(DryRun run, int printed)
    {
        for (; printed < run.Trace.Count; printed++)
        {
            var entry = run.Trace[printed];
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                entry.At,
                entry.DefinitionId,
                entry.ActivityId,
                entry.Type,
                entry.Event,
                Outcome = entry.Outcomes is { IsDefaultOrEmpty: false } outcomes ? string.Join(',', outcomes) : null,
                entry.Text,
            }, Line));
        }

        return printed;
    }

    public static string Summary(DryRun run, CultureInfo language)
    {
        if (run.Instances.All(instance => instance.Status != InstanceStatus.Running))
        {
            return OperationsText.In(language, "DefinitionsRunFinished");
        }

        var waits = run.Instances.SelectMany(instance => instance.WorkItems.Select(item => item.ActivityId)
            .Concat(instance.Timers.Select(timer => instance.Runs.First(waiting => waiting.Id == timer.Run).ActivityId))
            .Concat(instance.Bookmarks.Select(bookmark => instance.Runs.First(waiting => waiting.Id == bookmark.Run).ActivityId)));
        return OperationsText.In(language, "DefinitionsRunWaits", string.Join(", ", waits.Distinct().Order(StringComparer.Ordinal)));
    }
}
