using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions.Conditions;

namespace GridFlow.Designer.Inspector;

/// <summary>What kind of value a condition asks for, and so how it can be tested.</summary>
public enum FactKind
{
    Text,
    Number,
    YesNo,
    Choice,
    Category,
    Area,
    Unit,
    Units,

    /// <summary>Nobody said: any test may be chosen.</summary>
    Any,
}

/// <summary>Something a condition of a workflow can ask for.</summary>
/// <param name="Subject">Where it is found.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Label">What people call it; empty where the page's own texts name it.</param>
public sealed record ConditionFact(ConditionSubject Subject, FactKind Kind, string Label = "")
{
    /// <summary>For choices: value and name. The name is a key among the texts where <see cref="Label"/> is empty.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Options { get; init; } = [];
}

/// <summary>Lists what the conditions of a workflow can ask for: facts of the case, variables, inputs, answers given at its steps, the clock.</summary>
public static class ConditionFacts
{
    private static readonly ImmutableArray<ConditionFact> OfCase =
    [
        Enum<CaseTier>("tier", "Tier"), Case("category", FactKind.Category), Case("area", FactKind.Area), Enum<CaseNature>("nature", "Nature"),
        Enum<CaseChannel>("channel", "Channel"), Enum<CaseUrgency>("urgency", "Urgency"), Case("lead", FactKind.Unit), Case("assisting", FactKind.Units),
        Case("priority", FactKind.Number), Case("round", FactKind.Number), Case("hasReporter", FactKind.YesNo), Case("isSure", FactKind.YesNo),
        Enum<CaseStage>("stage", "Stage"), Case("title", FactKind.Text), Case("answer", FactKind.Text), Case("workflow", FactKind.Text), Case("number", FactKind.Text),
    ];

    private static readonly ImmutableArray<ConditionFact> OfClock =
    [
        new(new ConditionSubject(ConditionSource.Clock, "hour"), FactKind.Number),
        new(new ConditionSubject(ConditionSource.Clock, "dayOfWeek"), FactKind.Choice) { Options = [.. Enumerable.Range(0, 7).Select(day => new KeyValuePair<string, string>($"{day}", $"Day{day}"))] },
        new(new ConditionSubject(ConditionSource.Clock, "month"), FactKind.Number),
    ];

    /// <summary>All of them. What a step answers may be asked for anywhere: where it was not taken, nothing is answered.</summary>
    public static ImmutableArray<ConditionFact> Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var facts = ImmutableArray.CreateBuilder<ConditionFact>();
        if (definition.AllActivities().Any(node => node.Type.StartsWith("GridFlow.", StringComparison.Ordinal)))
        {
            facts.AddRange(OfCase);
        }

        var variables = definition.Variables.Concat(definition.AllActivities().SelectMany(node => node.Variables)).DistinctBy(variable => variable.Name);
        facts.AddRange(variables.Select(variable => new ConditionFact(new ConditionSubject(ConditionSource.Variable, variable.Name), KindOf(variable.TypeName), variable.Name)));
        facts.AddRange(definition.Inputs.Select(input => new ConditionFact(new ConditionSubject(ConditionSource.Input, input.Name), KindOf(input.TypeName), input.Name)));
        foreach (var node in definition.AllActivities().Where(node => FormParts.FieldsOf(node) is { } && FormParts.OutcomesOf(node) is { Length: > 0 }))
        {
            facts.AddRange(Answers(node));
        }

        facts.AddRange(OfClock);
        return facts.ToImmutable();
    }

    /// <summary>How a kind of value can be tested, the usual test first.</summary>
    public static ImmutableArray<ConditionTest> TestsOf(FactKind kind) => kind switch
    {
        FactKind.Text => [ConditionTest.Is, ConditionTest.IsNot, ConditionTest.Contains, ConditionTest.ContainsNot, ConditionTest.OneOf, ConditionTest.NoneOf, ConditionTest.Empty, ConditionTest.NotEmpty],
        FactKind.Number => [ConditionTest.More, ConditionTest.AtLeast, ConditionTest.Less, ConditionTest.AtMost, ConditionTest.Is, ConditionTest.IsNot],
        FactKind.YesNo => [ConditionTest.Holds, ConditionTest.HoldsNot],
        FactKind.Choice => [ConditionTest.Is, ConditionTest.IsNot, ConditionTest.OneOf, ConditionTest.NoneOf],
        FactKind.Category => [ConditionTest.Under, ConditionTest.NotUnder, ConditionTest.Missing, ConditionTest.Known],
        FactKind.Area => [ConditionTest.InArea, ConditionTest.NotInArea],
        FactKind.Unit => [ConditionTest.Is, ConditionTest.IsNot, ConditionTest.Missing, ConditionTest.Known],
        FactKind.Units => [ConditionTest.Contains, ConditionTest.ContainsNot, ConditionTest.Empty, ConditionTest.NotEmpty],
        FactKind.Any => [.. System.Enum.GetValues<ConditionTest>().Where(test => test is not (ConditionTest.Under or ConditionTest.NotUnder or ConditionTest.InArea or ConditionTest.NotInArea))],
    };

    /// <summary>A row that asks for a fact in the usual way, with a value to begin with.</summary>
    public static ConditionRow NewRow(ConditionFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var test = TestsOf(fact.Kind)[0];
        return new ConditionRow(fact.Subject, test, FirstValue(fact, test));
    }

    /// <summary>The value a test begins with.</summary>
    public static ConditionOperand? FirstValue(ConditionFact fact, ConditionTest test)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var first = fact.Options.IsEmpty ? "" : fact.Options[0].Key;
        return !test.TakesValue() ? null
            : test.TakesList() ? new ConditionList(first.Length > 0 ? [Value(fact, first)] : [])
            : new ConditionLiteral(fact.Kind == FactKind.Number ? 1d : Value(fact, first));
    }

    /// <summary>A chosen or written text as the value the fact is compared with: the day of the week is a number.</summary>
    public static object Value(ConditionFact fact, string text)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Subject.Source == ConditionSource.Clock && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : text;
    }

    private static IEnumerable<ConditionFact> Answers(ActivityNode node)
    {
        var outcomes = FormParts.OutcomesOf(node)!.Value;
        yield return new ConditionFact(Answer(node, "outcome"), FactKind.Choice) { Options = [.. outcomes.Select(outcome => new KeyValuePair<string, string>(outcome.Name, outcome.Label.ToString() is { Length: > 0 } label ? label : outcome.Name))] };
        foreach (var field in FormParts.FieldsOf(node)!.Value)
        {
            yield return new ConditionFact(Answer(node, field.Name), KindOf(field.Kind), field.Label.ToString() is { Length: > 0 } label ? label : field.Name)
            {
                Options = field.Kind == FieldKind.Tier ? OptionsOf<CaseTier>("Tier") : [.. field.Options.Select(option => new KeyValuePair<string, string>(option.Value, option.Label.ToString()))],
            };
        }

        yield return new ConditionFact(Answer(node, "unit"), FactKind.Unit);
        yield return new ConditionFact(Answer(node, "comment"), FactKind.Text);
    }

    private static ConditionSubject Answer(ActivityNode node, string field) => new(ConditionSource.Output, node.Id, field) { IsOptional = true };

    private static FactKind KindOf(FieldKind kind) => kind switch
    {
        FieldKind.Number => FactKind.Number,
        FieldKind.YesNo => FactKind.YesNo,
        FieldKind.Choice or FieldKind.Tier => FactKind.Choice,
        FieldKind.Unit => FactKind.Unit,
        FieldKind.Units => FactKind.Units,
        FieldKind.Category => FactKind.Category,
        FieldKind.Text or FieldKind.LongText or FieldKind.Date or FieldKind.Person or FieldKind.Case => FactKind.Text,
    };

    private static FactKind KindOf(string typeName) => typeName switch
    {
        "Byte" or "Int16" or "Int32" or "Int64" or "Single" or "Double" or "Decimal" => FactKind.Number,
        "Boolean" => FactKind.YesNo,
        "String" => FactKind.Text,
        _ => FactKind.Any,
    };

    private static ConditionFact Case(string name, FactKind kind) => new(new ConditionSubject(ConditionSource.Case, name), kind);

    private static ConditionFact Enum<T>(string name, string text)
        where T : struct, Enum => Case(name, FactKind.Choice) with { Options = OptionsOf<T>(text) };

    private static ImmutableArray<KeyValuePair<string, string>> OptionsOf<T>(string text)
        where T : struct, Enum => [.. System.Enum.GetNames<T>().Select(value => new KeyValuePair<string, string>(value, text + value))];
}
