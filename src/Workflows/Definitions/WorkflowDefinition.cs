using System.Collections.Immutable;
using System.Text.Json;

namespace GridFlow.Workflows.Definitions;

/// <summary>
/// One version of a workflow as an administrator drew it: an Elsa 3 workflow definition. Immutable; a change is a new version.
/// </summary>
public sealed record WorkflowDefinition
{
    /// <summary>The id of this version.</summary>
    public required string Id { get; init; }

    /// <summary>The id all versions of the workflow share, and by which other workflows call it.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The name shown to people.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What the workflow is for.</summary>
    public LocalizedText Description { get; init; } = LocalizedText.Empty;

    /// <summary>Counts up from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Variables of the whole workflow, with their first values.</summary>
    public ImmutableArray<Variable> Variables { get; init; } = [];

    /// <summary>What the workflow is called with.</summary>
    public ImmutableArray<WorkflowParameter> Inputs { get; init; } = [];

    /// <summary>What the workflow gives back.</summary>
    public ImmutableArray<WorkflowParameter> Outputs { get; init; } = [];

    /// <summary>How the workflow may end, for those who call it; empty for Done alone.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>The activity execution begins with; a flowchart in all that the designer draws.</summary>
    public required ActivityNode Root { get; init; }

    /// <summary>The JSON this definition was read from, so that what we do not understand survives a round trip.</summary>
    public JsonElement? Source { get; init; }

    /// <summary>Every activity of the definition, containers before what they contain.</summary>
    public IEnumerable<ActivityNode> AllActivities() => Root.SelfAndDescendants();

    /// <summary>The activity with this id, or null.</summary>
    public ActivityNode? FindActivity(string activityId) => AllActivities().FirstOrDefault(node => node.Id == activityId);
}

/// <summary>A variable of a workflow or of a container in it.</summary>
/// <param name="Id">How inputs of other activities refer to it.</param>
/// <param name="Name">How expressions refer to it.</param>
/// <param name="TypeName">Elsa's type alias, for example <c>String</c> or <c>Int32</c>.</param>
/// <param name="Value">The first value as it stands in the definition; null when there is none.</param>
public sealed record Variable(string Id, string Name, string TypeName, JsonElement? Value)
{
    /// <summary>The JSON it was read from, with what we do not interpret (storage driver, array flag).</summary>
    public JsonElement? Source { get; init; }
}

/// <summary>Something a workflow is called with, or gives back.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Elsa's type alias.</param>
/// <param name="DefaultValue">For inputs: the value when none is given; null when there is none.</param>
public sealed record WorkflowParameter(string Name, string TypeName, JsonElement? DefaultValue);
