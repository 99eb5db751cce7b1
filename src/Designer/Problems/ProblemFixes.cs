using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GridFlow.Designer.Inspector;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Problems;

/// <summary>
/// The ways out of a problem, the likeliest first. Each edit is pure and takes the workflow as it then is, so it may be applied
/// late; what it would change and is gone, it leaves alone.
/// </summary>
public static class ProblemFixes
{
    private const int MostChoices = 4;

    /// <summary>The fixes of a problem of a workflow; none where only a person can know, and no input is to blame.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="definition">The workflow it was found in.</param>
    /// <param name="bundle">What the workflow is published with, for other workflows to call; null where nobody knows.</param>
    public static ImmutableArray<ProblemFix> For(Problem problem, WorkflowDefinition definition, Bundle? bundle = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(definition);
        var place = ProblemPlace.Of(problem, definition);
        if (place.Node is not { } node)
        {
            return [];
        }

        var values = ProblemPlace.ValuesOf(problem);
        IEnumerable<ProblemFix> fixes = problem.Code switch
        {
            "unknown-type" => [Remove(node)],
            "duplicate-id" => [new ProblemFix("FixRenumber", []) { Edit = flow => Renumber(flow, node.Id) }],
            "no-start" => FlowFixes.AddStart(node),
            "several-starts" => FlowFixes.ChooseStart(node),
            "bad-start" => FlowFixes.BeginWith(node, Value(values, 1)),
            "loose-connection" => [FlowFixes.RemoveConnection(node, Value(values, 0), Value(values, 1))],
            "unknown-port" => FlowFixes.MovePort(definition, node, Value(values, 0)),
            "open-port" or "open-branch" => FlowFixes.Connect(definition, node, Value(values, 0)),
            "unreachable" => [.. FlowFixes.LeadTo(definition, node), Remove(node)],
            "stuck-join" or "join-from-nowhere" => FlowFixes.Loosen(node),
            "endless-loop" or "loop-without-wait" => FlowFixes.Pause(definition, node),
            "bad-input" => node.Inputs.ContainsKey("attachments") ? [Clear(node, "attachments")] : [Focus(FirstBad(node))],
            "unknown-expression" => place.Input!.Contains('/', StringComparison.Ordinal) ? [Focus(place.Input)] : [Focus(place.Input), Clear(node, place.Input)],
            "unknown-variable" => Declare(Value(values, 1), isInput: false),
            "unknown-input" => Declare(Value(values, 1), isInput: true),
            "unknown-workflow" => [.. (bundle?.Definitions ?? []).Where(other => other.DefinitionId != definition.DefinitionId).Take(MostChoices).Select(other => Set(node, place.Input!, other.DefinitionId, "FixCall", other.Name.ToString())), Focus(place.Input!)],
            "bad-form" => [Focus(place.Input ?? (FormParts.OutcomesOf(node) is null && node.Inputs.ContainsKey("outcomes") ? "outcomes" : "fields"))],
            "unknown-fact" => [FillNothing(node, Value(values, 0)), Focus("fields")],
            "unknown-unit" => [.. DefaultOf(node, place.Input!) is { Length: > 0 } unit ? [Set(node, place.Input!, unit, "FixUnit", unit)] : Array.Empty<ProblemFix>(), Focus(place.Input!)],
            "bad-limit" => [.. Limits(node, place.Input!, Value(values, 0)), Focus(place.Input!)],
            "bad-span" => [.. Spans(node, place.Input!, Value(values, 0)), Focus(place.Input!)],
            "bad-value" => [.. Near(Value(values, 1), Value(values, 2)).Select(option => Set(node, place.Input!, option, "FixSet", option)), Focus(place.Input!)],
            _ => place.Input is { } input ? [Focus(input)] : [],
        };
        return [.. fixes.Take(MostChoices + 2)];
    }

    internal static ProblemFix Remove(ActivityNode node) => new("FixRemove", []) { Edit = flow => FlowFixes.RemoveStep(flow, node.Id) };

    private static ProblemFix Focus(string input) => new("FixFocus", []) { Focus = input };

    private static ProblemFix Clear(ActivityNode node, string input) =>
        new("FixClear", []) { Edit = flow => flow.Change(node.Id, current => current.With(input, null)) };

    private static ProblemFix Set(ActivityNode node, string input, string value, string text, string shown) =>
        new(text, [shown]) { Edit = flow => flow.Change(node.Id, current => current.With(input, InputValues.Literal(current.Inputs.GetValueOrDefault(input)?.TypeName ?? "String", value))) };

    private static string Value(ImmutableArray<string> values, int index) => index < values.Length ? values[index] : "";

    // The first keeps its id, for connections lead to it as far as anybody can tell.
    private static WorkflowDefinition Renumber(WorkflowDefinition definition, string id)
    {
        foreach (var twin in definition.AllActivities().Where(node => node.Id == id).Skip(1).ToList())
        {
            var free = definition.FreeId(id);
            definition = definition.Replace(twin, twin with { Id = free, Name = twin.Name == id ? free : twin.Name });
        }

        return definition;
    }

    private static IEnumerable<ProblemFix> Declare(string name, bool isInput)
    {
        if (name.Length == 0)
        {
            return [];
        }

        return isInput
            ? [new ProblemFix("FixDeclareInput", [name]) { Edit = flow => flow.Inputs.Any(input => input.Name == name) ? flow : flow with { Inputs = flow.Inputs.Add(new WorkflowParameter(name, "Object", null)) } }]
            : [new ProblemFix("FixDeclareVariable", [name]) { Edit = flow => flow.Variables.Any(variable => variable.Name == name) ? flow : flow with { Variables = flow.Variables.Add(new Variable(name, name, "Object", null)) } }];
    }

    private static string FirstBad(ActivityNode node) => node.Type switch
    {
        "Elsa.HttpEndpoint" => "path",
        "Elsa.Cron" => "cronExpression",
        _ => "script",
    };

    private static ProblemFix FillNothing(ActivityNode node, string field) => new("FixFillNothing", [field])
    {
        Edit = flow => flow.Change(node.Id, current =>
        {
            var input = current.Inputs.GetValueOrDefault("fields");
            if (InputValues.JsonOf(input) is not JsonArray fields)
            {
                return current;
            }

            foreach (var entry in fields.OfType<JsonObject>().Where(entry => entry["name"]?.ToString() == field))
            {
                entry.Remove("fills");
            }

            return current.With("fields", InputValues.Plain(input, fields));
        }),
    };

    private static string DefaultOf(ActivityNode node, string input) => ActivityDescriptors.Of(node).FirstOrDefault(known => known.Name == input)?.Default ?? "";

    // What people write when they do not know our units: 4h, 3 d, 30min.
    private static IEnumerable<ProblemFix> Limits(ActivityNode node, string input, string written)
    {
        var (amount, unit) = Measured(written);
        string[] units = unit switch { 'h' or '时' or '小' => ["wh", "uh"], 'd' or '天' or '日' => ["wd", "nd"], 'm' or '分' => ["wm"], _ => [] };
        return units.Where(_ => amount.Length > 0).Select(name => Set(node, input, amount + name, "FixLimit", amount + name)).Append(Set(node, input, "case", "FixLimit", "case"));
    }

    private static IEnumerable<ProblemFix> Spans(ActivityNode node, string input, string written)
    {
        var (amount, unit) = Measured(written);
        if (!int.TryParse(amount, System.Globalization.CultureInfo.InvariantCulture, out var number) || number > 3000)
        {
            return [];
        }

        TimeSpan? span = unit switch { 'h' or '时' or '小' => TimeSpan.FromHours(number), 'd' or '天' or '日' => TimeSpan.FromDays(number), 'm' or '分' => TimeSpan.FromMinutes(number), _ => null };
        return span is { } known && known.ToString("c", System.Globalization.CultureInfo.InvariantCulture) is var text ? [Set(node, input, text, "FixSet", text)] : [];
    }

    private static (string Amount, char Unit) Measured(string written)
    {
        var text = written.Trim().ToLowerInvariant();
        var amount = new string([.. text.TakeWhile(char.IsAsciiDigit)]);
        return (amount.Length is > 0 and < 6 && amount.Any(digit => digit != '0') ? amount : "", text[amount.Length..].TrimStart().FirstOrDefault());
    }

    private static IEnumerable<string> Near(string wrong, string options) => options.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .OrderByDescending(option => option.Zip(wrong).TakeWhile(pair => char.ToLowerInvariant(pair.First) == char.ToLowerInvariant(pair.Second)).Count()).Take(MostChoices);
}
