using System.Collections.Immutable;
using System.Text.Json;

namespace GridFlow.Workflows.Definitions;

/// <summary>One activity in a definition: its type, its typed inputs, and where it stands on the canvas.</summary>
public sealed record ActivityNode
{
    /// <summary>Unique in its definition.</summary>
    public required string Id { get; init; }

    /// <summary>Elsa's type name, for example <c>Elsa.FlowDecision</c> or <c>GridFlow.HumanTask</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The name expressions and outputs use; the id where none was given.</summary>
    public string Name { get; init; } = "";

    /// <summary>The text on the node.</summary>
    public LocalizedText DisplayText { get; init; } = LocalizedText.Empty;

    /// <summary>What people call it: its display text, else its name, else its id.</summary>
    public LocalizedText Called => DisplayText is not { Zh.Length: 0, En.Length: 0 } ? DisplayText : LocalizedText.Same(Name.Length > 0 ? Name : Id);

    /// <summary>Inputs by property name, as in the JSON.</summary>
    public ImmutableDictionary<string, ActivityInput> Inputs { get; init; } = ImmutableDictionary<string, ActivityInput>.Empty;

    /// <summary>Left upper corner on the canvas, in canvas units.</summary>
    public CanvasPoint Position { get; init; }

    /// <summary>Size on the canvas; zero when a browser has not measured it yet.</summary>
    public CanvasSize Size { get; init; }

    /// <summary>In a flowchart, how several ways in are brought together, in Elsa's words; empty for our own rule.</summary>
    public string MergeMode { get; init; } = "";

    /// <summary>True where execution may begin when the flowchart names no start.</summary>
    public bool CanStartWorkflow { get; init; }

    /// <summary>Where it stands in its parent: a property and, in lists, an index (<c>then</c>, <c>cases/0/activity</c>); empty among the parent's ordinary activities.</summary>
    public string Slot { get; init; } = "";

    /// <summary>Activities inside this one, those in slots after the ordinary ones; empty unless it is a container.</summary>
    public ImmutableArray<ActivityNode> Activities { get; init; } = [];

    /// <summary>Connections between <see cref="Activities"/>; empty unless it is a flowchart.</summary>
    public ImmutableArray<Connection> Connections { get; init; } = [];

    /// <summary>Variables that live as long as this container runs.</summary>
    public ImmutableArray<Variable> Variables { get; init; } = [];

    /// <summary>The id of the activity a flowchart starts with, where the definition names one.</summary>
    public string? Start { get; init; }

    /// <summary>What happens when it fails; null for what its type does by itself.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The JSON this node was read from.</summary>
    public JsonElement? Source { get; init; }

    /// <summary>The activities in a slot, or in all slots of a list (<c>branches</c>); those without a slot for an empty name.</summary>
    public IEnumerable<ActivityNode> InSlot(string slot) => Activities.Where(child => child.Slot == slot || (slot.Length > 0 && child.Slot.StartsWith(slot + "/", StringComparison.Ordinal)));

    /// <summary>This activity and all it contains, depth first.</summary>
    public IEnumerable<ActivityNode> SelfAndDescendants() => Activities.SelectMany(child => child.SelfAndDescendants()).Prepend(this);
}

/// <summary>A connection between an outcome (port) of one activity and another activity.</summary>
public sealed record Connection(string Source, string SourcePort, string Target, string TargetPort = "In")
{
    /// <summary>Bends of the drawn line, in canvas units.</summary>
    public ImmutableArray<CanvasPoint> Vertices { get; init; } = [];
}

/// <summary>An input of an activity: Elsa's type alias and the expression that yields the value.</summary>
/// <param name="TypeName">Elsa's type alias; kept, not interpreted.</param>
/// <param name="ExpressionType"><c>Literal</c>, <c>Object</c>, <c>Variable</c>, <c>Input</c>, <c>JavaScript</c>, or one we refuse to publish.</param>
/// <param name="Value">The expression as it stands in the JSON.</param>
public sealed record ActivityInput(string TypeName, string ExpressionType, JsonElement Value)
{
    /// <summary>The expression as text: a string's content, or the JSON of anything else.</summary>
    public string Text => Value.ValueKind switch
    {
        JsonValueKind.String => Value.GetString()!,
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        _ => Value.GetRawText(),
    };
}

/// <summary>A point on the canvas.</summary>
public readonly record struct CanvasPoint(double X, double Y);

/// <summary>A size on the canvas.</summary>
public readonly record struct CanvasSize(double Width, double Height);
