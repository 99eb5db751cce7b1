using System.Collections.Immutable;

namespace GridFlow.Designer.Inspector;

/// <summary>With what an input is edited.</summary>
public enum InputEditor
{
    Text,
    LongText,
    Number,
    Flag,
    Choice,
    Unit,
    Category,
    Limit,
    Span,
    Cron,
    Instant,

    /// <summary>A text in both languages.</summary>
    Localized,

    /// <summary>A message in both languages, with placeholders.</summary>
    Template,
    Condition,

    /// <summary>The cases of a switch: a name and a condition each.</summary>
    Cases,

    /// <summary>A list of names, each of them a port.</summary>
    Ports,

    /// <summary>A list of texts.</summary>
    List,
    Outcomes,
    Fields,
    Workflow,

    /// <summary>What another workflow is called with.</summary>
    Arguments,

    /// <summary>The variable that is set.</summary>
    Variable,

    /// <summary>Another step of the workflow.</summary>
    Step,
    Script,

    /// <summary>The variable in which something given out is kept.</summary>
    Output,

    /// <summary>Statuses of answers, each with a step of its own.</summary>
    Statuses,

    /// <summary>A value of any kind, as text or JSON.</summary>
    Any,
}

/// <summary>One input of a type of activity.</summary>
/// <param name="Name">The property in the definition.</param>
/// <param name="Editor">With what it is edited.</param>
public sealed record InputDescriptor(string Name, InputEditor Editor)
{
    /// <summary>Shown only when asked for.</summary>
    public bool IsAdvanced { get; init; }

    /// <summary>What holds where the definition says nothing; empty for nothing.</summary>
    public string Default { get; init; } = "";

    /// <summary>For choices: the values.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>For choices: what the names of the values begin with among the texts.</summary>
    public string OptionsText { get; init; } = "";

    /// <summary>Another name whose label and help it shares; its own where this is empty.</summary>
    public string TextName { get; init; } = "";

    /// <summary>Whether the value may be computed: forms, messages and ports are the same for every case.</summary>
    public bool MayCompute => Editor is not (InputEditor.Localized or InputEditor.Template or InputEditor.Cases or InputEditor.Ports or InputEditor.Outcomes
        or InputEditor.Fields or InputEditor.Variable or InputEditor.Step or InputEditor.Script or InputEditor.Output or InputEditor.Statuses or InputEditor.Arguments);

    /// <summary>Elsa's alias for the type of a value given anew.</summary>
    public string TypeName => Editor switch
    {
        InputEditor.Flag or InputEditor.Condition => "Boolean",
        InputEditor.Number => "Double",
        InputEditor.Span => "TimeSpan",
        InputEditor.Instant => "DateTimeOffset",
        InputEditor.List or InputEditor.Ports => "String[]",
        InputEditor.Any or InputEditor.Arguments => "Object",
        _ => "String",
    };
}
