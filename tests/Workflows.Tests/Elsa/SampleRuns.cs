using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Tests.Elsa;

/// <summary>What a sample does when it is run, as Elsa's own tests of it say wherever there is one.</summary>
/// <param name="Name">The sample.</param>
/// <param name="Lines">The texts it writes, in order, separated by semicolons.</param>
internal sealed record SampleRun(string Name, string Lines = "")
{
    /// <summary>How it ends: Finished, or the incident it stops at.</summary>
    public string Ends { get; init; } = "Finished";

    /// <summary>What it gives back, as JSON.</summary>
    public string Results { get; init; } = "{}";

    /// <summary>What it sends, in order.</summary>
    public string Sent { get; init; } = "";

    /// <summary>What it is called with, as JSON.</summary>
    public string Input { get; init; } = "{}";

    /// <summary>An event published while it waits.</summary>
    public string? Event { get; init; }
}

/// <summary>Every runnable sample with its run, and the workflows samples call that are not among them.</summary>
internal static class SampleRuns
{
    private const string Atoms = "Atom; Atom; Atom";
    private const string Onboarding = "Task Create Email Account; Task Create Slack Account; Task Create GitHub Account; Task Add to HR System";

    public static readonly ImmutableArray<SampleRun> All =
    [
        new("Elsa.Alterations.IntegrationTests/version-1", "Version 1"),
        new("Elsa.Alterations.IntegrationTests/version-2", "Version 2"),
        new("CachingAndWorkflowDefinitionActivity/workflow-definition-child", "Grand Child"),
        new("CachingAndWorkflowDefinitionActivity/workflow-definition-grand-child", "Grand Child"),
        new("CachingAndWorkflowDefinitionActivity/workflow-definition-parent", "Grand Child"),
        new("CompositesAndOutcomes/completor"),
        new("CompositesAndOutcomes/consumer"),
        new("DependencyWorkflows/atom-activity", "Atom"),
        new("DependencyWorkflows/molecule-activity", Atoms),
        new("DependencyWorkflows/matter-activity", $"{Atoms}; {Atoms}; {Atoms}"),
        new("DependencyWorkflowsPublishing/child"),
        new("DependencyWorkflowsPublishing/parent"),
        new("ExecuteWorkflow/child-with-input", "Child received: A") { Input = """{"Message":"A"}""" },
        new("ExecuteWorkflow/child-with-output", "Child output: 42") { Results = """{"Result":42}""" },
        new("ExecuteWorkflow/parent-capture-output", "Child output: 42; Parent received: 42"),
        new("ExecuteWorkflow/parent-no-wait", "Parent: Before child; Parent: After child; Child: Executing") { Sent = "StartWorkflow child-workflow" },
        new("ExecuteWorkflow/parent-with-correlation", "Child: Executing") { Sent = "StartWorkflow child-workflow; Answer run-1.b4" },
        new("ExecuteWorkflow/parent-with-input", "Child received: Hello from parent"),
        new("ExecuteWorkflow/parent-with-wait", "Parent: Before child; Child: Executing; Parent: After child"),
        new("ExplicitJoins/join-all-1", "Start; Line 1; Line 2; End"),
        new("ExplicitJoins/join-all-2", "Start; Line 1; Line 2; End"),
        new("ExplicitJoins/join-any-1", "Start; End"),
        new("FlowchartCompletion/workflow1", "WriteLine1; WriteLine2; WriteLine3"),
        new("FlowchartCompletion/workflow2", "WriteLine1; WriteLine2; WriteLine3; WriteLine4; WriteLine6; WriteLine5; WriteLine7; WriteLine8; WriteLine9"),
        new("FlowchartCompletion/workflow4", "WriteLine1; WriteLine2; WriteLine3; WriteLine4; WriteLine6; WriteLine7"),
        new("FlowchartCompletion/workflow5", "Intermediary; ") { Event = "Event4" },
        new("FlowchartCompletion/workflow6", "Start; Current fruit: Apple; Current fruit: Banana; Current fruit: Cherry; End"),
        new("HttpWorkflows/http-hello-world") { Sent = "HttpResponse" },
        new("ImportAndExecute/implicit-loop", "Do something; Retry; Do something; Done"),
        new("ImportAndExecute/writeline", "Dummy Text"),
        new("ImportAndPublish/cron-every-hour", "Hello every hour"),
        new("ImportAndPublish/http-workflow", "Hello from http"),
        new("ImportAndPublish/timer-workflow", "Hello from timer"),
        new("InputOutput/consumer"),
        new("JoinBehaviors/decision-merge-join-none"),
        new("JoinBehaviors/fork-decision-join-converge-strict", "A") { Ends = "the join 'writeline-c' waits for all its branches, and one of them was never taken" },
        new("JoinBehaviors/fork-decision-join-none", "A; C"),
        new("JoinBehaviors/fork-decision-join-waitall", "A; C; B; D") { Ends = "that went south" },
        new("JoinBehaviors/join"),
        new("JoinBehaviors/parallel-join", "; ; "),
        new("JsonObjectSerialization/instance-serialization"),
        new("LogPersistenceModes/input-output-logging-1", "This input should be stored; This input should not be stored; This input should be stored; This input should not be stored"),
        new("LogPersistenceModes/input-output-logging-2", "This should be logged; This should not be logged; This should be logged; This should not be logged"),
        new("LogPersistenceModes/input-output-logging-3-child") { Results = """{"Output1":"Output value 1","Output2":"Output value 2"}""" },
        new("ParentChildCompletion/child", "test; 1; 11; 22"),
        new("ParentChildInputs/child", "Child: Foo") { Input = """{"Input1":"Foo"}""", Results = """{"Output1":"Foo"}""" },
        new("ParentChildInputs/parent1", "Parent: Foo; Child: Bar") { Input = """{"Input1":"Foo"}""", Results = """{"Output1":"Bar"}""" },
        new("ParentChildInputs/parent2", "Parent: Foo; Child: Foo") { Input = """{"Input1":"Foo"}""", Results = """{"Output1":"Foo"}""" },
        new("ParentChildOutputMapping/c") { Results = """{"Output1":"Foo","Output2":"Bar"}""" },
        new("ParentChildOutputMapping/producer") { Results = """{"Output1":"Foo"}""" },
        new("ParentChildOutputMapping/sum") { Input = """{"A":4,"B":5}""", Results = """{"Result":9}""" },
        new("WorkflowActivities/CacheInvalidation_Child"),
        new("WorkflowActivities/CacheInvalidation_Parent"),
        new("WorkflowDefinitionReload/http-workflow"),
        new("WorkflowCompletion/fork", "One; Two; Three"),
        new("WorkflowCompletion/hello-world", "Hello World!"),
        new("WorkflowDefinitionActivities/child-published-version", "Published version executed"),
        new("WorkflowDefinitionActivities/child-with-input", "A") { Input = """{"Message":"A"}""" },
        new("WorkflowDefinitionActivities/child-with-output") { Results = """{"Output":"Child output value"}""" },
        new("WorkflowDefinitionActivities/parent-version-fallback", "Published version executed"),
        new("WorkflowDefinitionActivities/parent-with-input", "Hello from parent!"),
        new("WorkflowDefinitionActivities/parent-with-io", "Child received: Test message"),
        new("WorkflowDefinitionActivities/parent-with-outcomes", "Success path taken"),
        new("WorkflowDefinitionActivities/parent-with-output", "Received from child: Child output value"),
        new("WorkflowJsonStructures/main", "Test; Test"),
        new("WorkflowJsonStructures/sub", "Test"),
        new("WorkflowReferenceGraph/refgraph-child"),
        new("WorkflowReferenceGraph/refgraph-parent"),
        new("elsa-documentation/v3/public/guides/external-app-integration/employee-onboarding")
        {
            Input = """{"Employee":{"Name":"Alice","Email":"alice@example.org","name":"Alice"}}""",
            Sent = Onboarding + "; Email alice@example.org",
        },
        new("elsa-documentation/v3/public/samples/http/post-users-api/http-post-users-api")
        {
            Input = """{"Request":{"parsedContent":{"name":"Alice"}}}""",
            Sent = "HttpResponse",
        },
        new("elsa-guides/src/guides/dispatching-child-workflows/ElsaServer/parent-workflow", "Parent started; Hello from the child")
        {
            Sent = "StartWorkflow 99c54d50f47d9f46; Answer run-1.b5",
        },
        new("elsa-guides/src/guides/external-app-interaction/employee-onboarding") { Input = """{"Employee":{"Name":"Alice"}}""", Sent = Onboarding },
        new("elsa-guides/src/guides/loading-workflows-from-json/ElsaConsole/HelloWorld", "Hello World!"),
    ];

    /// <summary>What the samples call and Elsa's tests define in code.</summary>
    public static readonly ImmutableArray<WorkflowDefinition> Called =
    [
        ElsaJson.Read("""{"definitionId":"child-workflow","root":{"id":"say","type":"Elsa.WriteLine","text":{"expression":{"type":"Literal","value":"Child: Executing"}}}}"""),
        ElsaJson.Read("""{"definitionId":"refgraph-grandchild","root":{"id":"flow","type":"Elsa.Flowchart"}}"""),
        ElsaJson.Read("""{"definitionId":"7ee5c04453217e3f","outcomes":["Success","Failed"],"root":{"id":"end","type":"Elsa.Complete","outcomes":{"expression":{"type":"Literal","value":"Success"}}}}"""),
        Gives("7fe314161d2d2ac6", "Output1", "Foo"),
        Gives("8c751e0c53821439", "Output1", "Bar"),
        Gives("99c54d50f47d9f46", "Response", "Hello from the child"),
        ElsaJson.Read("""
            {"definitionId":"780fbf96f1bb1e7e","inputs":[{"name":"Input1"}],"outputs":[{"name":"Output1"}],"root":{"id":"give","type":"Elsa.SetOutput",
             "outputName":{"expression":{"type":"Literal","value":"Output1"}},"outputValue":{"expression":{"type":"Input","value":"Input1"}}}}
            """),
    ];

    public static ImmutableDictionary<string, object?> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ((IReadOnlyDictionary<string, object?>)InputReader.FromJson(document.RootElement)!).ToImmutableDictionary();
    }

    private static WorkflowDefinition Gives(string id, string output, string value) => ElsaJson.Read(
        """
        {"definitionId":"@ID","outputs":[{"name":"@OUTPUT"}],"root":{"id":"give","type":"Elsa.SetOutput",
         "outputName":{"expression":{"type":"Literal","value":"@OUTPUT"}},"outputValue":{"expression":{"type":"Literal","value":"@VALUE"}}}}
        """.Replace("@ID", id, StringComparison.Ordinal).Replace("@OUTPUT", output, StringComparison.Ordinal).Replace("@VALUE", value, StringComparison.Ordinal));
}
