using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions.Conditions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Designer.Inspector;

/// <summary>What every editor of the inspector needs: the workflow, what may be chosen, and how an edit is done.</summary>
public sealed class InspectorContext(
    WorkflowDefinition definition, InspectorChoices choices, IReadOnlyList<Problem> problems, bool isReadOnly,
    IStringLocalizer<InspectorText> text, StepWords words, Func<Func<WorkflowDefinition, WorkflowDefinition>, Task> edit)
{
    private IReadOnlyList<ConditionFact>? _facts;

    public WorkflowDefinition Definition => definition;

    public InspectorChoices Choices => choices;

    /// <summary>Those of the step that is shown.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    public bool IsReadOnly => isReadOnly;

    /// <summary>Says steps in the reader's words.</summary>
    public StepWords Words => words;

    /// <summary>What conditions of this workflow can ask for.</summary>
    public IReadOnlyList<ConditionFact> Facts => _facts ??= ConditionFacts.Of(definition);

    public Task EditAsync(Func<WorkflowDefinition, WorkflowDefinition> change) => isReadOnly ? Task.CompletedTask : edit(change);

    /// <summary>What an input is called.</summary>
    public string Label(InputDescriptor input)
    {
        var known = text["In_" + TextName(input)];
        return known.ResourceNotFound ? input.Name : known.Value;
    }

    /// <summary>What an input is for; empty where its label says it all.</summary>
    public string Help(InputDescriptor input)
    {
        var known = text[$"In_{TextName(input)}_Help"];
        return known.ResourceNotFound ? "" : known.Value;
    }

    /// <summary>What a value of a choice is called.</summary>
    public string Option(InputDescriptor input, string value) => Named(input.OptionsText + value, value);

    /// <summary>The text under a key, or another where there is none.</summary>
    public string Named(string key, string otherwise)
    {
        var known = text[key];
        return known.ResourceNotFound ? otherwise : known.Value;
    }

    /// <summary>What a condition asks for, in words.</summary>
    public string Fact(ConditionFact fact) => fact.Subject.Source switch
    {
        ConditionSource.Case => Named("Fact_" + fact.Subject.Name, fact.Subject.Name),
        ConditionSource.Clock => Named("Clock_" + fact.Subject.Name, fact.Subject.Name),
        ConditionSource.Output => $"{StepName(fact.Subject.Name)} · {(fact.Label.Length > 0 ? fact.Label : Named("Answer_" + fact.Subject.Field, fact.Subject.Field))}",
        ConditionSource.Variable or ConditionSource.Input or ConditionSource.Getter => fact.Label.Length > 0 ? fact.Label : fact.Subject.Name,
    };

    /// <summary>What a step is called, by its id.</summary>
    public string StepName(string id) => definition.FindActivity(id) is { } node ? words.Name(node) : id;

    private static string TextName(InputDescriptor input) => input.TextName.Length > 0 ? input.TextName : input.Name;
}
