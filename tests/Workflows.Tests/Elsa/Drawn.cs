using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Elsa;

/// <summary>Writes small definitions as Elsa would save them, and runs them.</summary>
internal static class Drawn
{
    private static int _next;

    /// <summary>An activity. Inputs: a string beginning with <c>=</c> is JavaScript, an activity or a list of them stands in a slot, everything else is a literal.</summary>
    public static JsonObject Node(string type, params (string Name, object? Value)[] inputs)
    {
        var node = new JsonObject { ["id"] = $"{type.Split('.')[^1]}-{Interlocked.Increment(ref _next)}", ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
        {
            node[name] = value switch
            {
                JsonNode given => given,
                string text when text.StartsWith('=') => Input("JavaScript", text[1..]),
                IEnumerable<JsonObject> list => new JsonArray([.. list]),
                _ => Input("Literal", value),
            };
        }

        return node;
    }

    public static JsonObject Say(string text) => Node("Elsa.WriteLine", ("text", text));

    public static JsonObject Sequence(params JsonObject[] steps) => new() { ["id"] = $"sequence-{Interlocked.Increment(ref _next)}", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray([.. steps]) };

    public static JsonObject Set(string variable, object value) => Node("Elsa.SetVariable", ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", value));

    public static WorkflowDefinition Workflow(JsonObject root, params (string Name, string Type, object? Value)[] variables) => Workflow("test", root, variables);

    public static WorkflowDefinition Workflow(string id, JsonObject root, params (string Name, string Type, object? Value)[] variables) =>
        ElsaJson.Read(new JsonObject { ["definitionId"] = id, ["variables"] = Variables(variables), ["root"] = root }.ToJsonString());

    public static JsonArray Variables(params (string Name, string Type, object? Value)[] variables) =>
        new([.. variables.Select(variable => new JsonObject { ["id"] = variable.Name, ["name"] = variable.Name, ["typeName"] = variable.Type, ["value"] = JsonValue.Create(variable.Value) })]);

    public static Bundle BundleOf(params WorkflowDefinition[] workflows) => new(1, workflows, new RoutingTable([]), new CategoryCatalogue([]), WorkingCalendar.China);

    public static DryRun Begin(WorkflowDefinition workflow, params WorkflowDefinition[] others)
    {
        var run = new DryRun(BundleOf([workflow, .. others]), Samples.Begin);
        run.Start(workflow.DefinitionId);
        return run;
    }

    public static DryRun Run(WorkflowDefinition workflow, params WorkflowDefinition[] others)
    {
        var run = Begin(workflow, others);
        Assert.True(run.RunToEnd());
        Assert.Empty(run.Incidents.Select(incident => incident.Problem));
        Assert.All(run.Instances, instance => Assert.Equal(InstanceStatus.Finished, instance.Status));
        return run;
    }

    /// <summary>The lines a workflow writes, separated by spaces.</summary>
    public static string Lines(WorkflowDefinition workflow, params WorkflowDefinition[] others) => string.Join(' ', Run(workflow, others).Lines);

    private static JsonObject Input(string type, object? value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = JsonValue.Create(value) } };
}
