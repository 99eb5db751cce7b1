using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Inspector;

/// <summary>What the inputs of each type of activity are, in the order in which people are asked for them.</summary>
public static class ActivityDescriptors
{
    private static readonly InputDescriptor Title = new("title", InputEditor.Localized);
    private static readonly InputDescriptor Instructions = new("instructions", InputEditor.Localized);
    private static readonly InputDescriptor Limit = new("limit", InputEditor.Limit);
    private static readonly InputDescriptor Outcomes = new("outcomes", InputEditor.Outcomes);
    private static readonly InputDescriptor Fields = new("fields", InputEditor.Fields);
    private static readonly InputDescriptor Role = Choice<Role>("role", "Role");
    private static readonly InputDescriptor Stage = Choice<CaseStage>("stage", "Stage");
    private static readonly InputDescriptor Grace = new("grace", InputEditor.Limit) { IsAdvanced = true, Default = "1wd" };
    private static readonly InputDescriptor PassUpTo = new("passUpTo", InputEditor.Unit) { IsAdvanced = true, Default = "@county" };
    private static readonly InputDescriptor Result = Output("result");
    private static readonly InputDescriptor Correlation = new("correlationId", InputEditor.Text) { IsAdvanced = true };
    private static readonly InputDescriptor Workflow = new("workflowDefinitionId", InputEditor.Workflow);
    private static readonly InputDescriptor Arguments = new("input", InputEditor.Arguments);
    private static readonly InputDescriptor Items = new("items", InputEditor.List);
    private static readonly InputDescriptor Condition = new("condition", InputEditor.Condition);
    private static readonly InputDescriptor Event = new("eventName", InputEditor.Text);
    private static readonly InputDescriptor Payload = new("payload", InputEditor.Any);
    private static readonly InputDescriptor ContentType = new("contentType", InputEditor.Text) { IsAdvanced = true };
    private static readonly InputDescriptor[] HumanTask =
    [
        new("unit", InputEditor.Unit) { Default = "@lead" }, Role, Limit, Stage, Instructions, Outcomes, Fields, Title with { IsAdvanced = true },
        new("notBy", InputEditor.Step) { IsAdvanced = true }, Grace, PassUpTo,
    ];

    private static readonly InputDescriptor[] Request =
    [
        new("url", InputEditor.Text), Choice("method", "Method", "GET", "POST", "PUT", "PATCH", "DELETE") with { Default = "GET" }, new("content", InputEditor.Any), ContentType with { Default = "application/json" },
        new("authorization", InputEditor.Text) { IsAdvanced = true }, new("requestHeaders", InputEditor.Any) { IsAdvanced = true },
    ];

    private static readonly InputDescriptor[] Answer = [Output("parsedContent"), Output("statusCode"), Output("responseHeaders"), Result];

    private static readonly Dictionary<string, ImmutableArray<InputDescriptor>> ByType = new(StringComparer.Ordinal)
    {
        ["GridFlow.HumanTask"] = [.. HumanTask],
        ["GridFlow.Approval"] =
        [
            .. HumanTask, new("units", InputEditor.List) { TextName = "approvers" }, Choice("mode", "ApprovalMode", "All", "Any", "Share") with { Default = "All", TextName = "approvalMode" },
            new("share", InputEditor.Number) { Default = "50", IsAdvanced = true },
        ],
        ["GridFlow.Whistle"] = [Limit, Instructions, Fields, Title with { IsAdvanced = true }, Outcomes with { IsAdvanced = true }, Grace, PassUpTo],
        ["GridFlow.AskRating"] = [Title, new("text", InputEditor.Template), Limit, Instructions, Outcomes, Fields],
        ["GridFlow.Classify"] = [new("fallback", InputEditor.Category)],
        ["GridFlow.Route"] = [],
        ["GridFlow.Escalate"] = [new("to", InputEditor.Unit) { Default = "@town", TextName = "escalateTo" }, new("raiseTier", InputEditor.Flag), new("takeLead", InputEditor.Flag)],
        ["GridFlow.Notify"] = [new("to", InputEditor.Unit) { Default = UnitKey.Reporter }, Role, new("text", InputEditor.Template)],
        ["GridFlow.SetCaseFacts"] = [Choice<CaseFactKind>("fact", "Fact"), Stage, Choice<CaseTier>("tier", "Tier"), new("lead", InputEditor.Unit), new("answer", InputEditor.LongText)],
        ["GridFlow.ReopenCase"] = [],
        ["GridFlow.CloseCase"] = [],
        ["Elsa.Flowchart"] = [],
        ["Elsa.FlowDecision"] = [Condition],
        ["Elsa.FlowSwitch"] = [new("cases", InputEditor.Cases), Choice("mode", "SwitchMode", "MatchFirst", "MatchAny") with { Default = "MatchFirst", TextName = "switchMode" }],
        ["Elsa.FlowFork"] = [new("branches", InputEditor.Ports)],
        ["Elsa.FlowJoin"] = [Choice("mode", "JoinMode", "WaitAny", "WaitAll", "WaitAllActive") with { Default = "WaitAny" }],
        ["Elsa.FlowNode"] = [],
        ["Elsa.Sequence"] = [],
        ["Elsa.Parallel"] = [],
        ["Elsa.Fork"] = [Choice("joinMode", "JoinMode", "WaitAll", "WaitAny") with { Default = "WaitAll", TextName = "mode" }],
        ["Elsa.If"] = [Condition, Result],
        ["Elsa.Switch"] = [new("cases", InputEditor.Cases), Choice("mode", "SwitchMode", "MatchFirst", "MatchAny") with { Default = "MatchFirst", TextName = "switchMode" }],
        ["Elsa.ForEach"] = [Items, Output("currentValue")],
        ["Elsa.ParallelForEach"] = [Items],
        ["Elsa.For"] = [new("start", InputEditor.Number) { Default = "0" }, new("end", InputEditor.Number) { Default = "0" }, new("step", InputEditor.Number) { Default = "1" }, new("outerBoundInclusive", InputEditor.Flag) { IsAdvanced = true, Default = "true" }, Output("currentValue")],
        ["Elsa.While"] = [Condition with { TextName = "whileCondition" }],
        ["Elsa.Break"] = [],
        ["Elsa.Start"] = [],
        ["Elsa.End"] = [],
        ["Elsa.Finish"] = [],
        ["Elsa.Complete"] = [new("outcomes", InputEditor.List) { Default = "Done", TextName = "endOutcomes" }],
        ["Elsa.Fault"] = [new("message", InputEditor.Text)],
        ["Elsa.SetVariable"] = [new("variable", InputEditor.Variable), new("value", InputEditor.Any)],
        ["Elsa.SetOutput"] = [new("outputName", InputEditor.Text), new("outputValue", InputEditor.Any) { TextName = "value" }],
        ["Elsa.SetName"] = [new("value", InputEditor.Text) { TextName = "instanceName" }],
        ["Elsa.WriteLine"] = [new("text", InputEditor.Text) { TextName = "line" }],
        ["Elsa.RunJavaScript"] = [new("script", InputEditor.Script), new("possibleOutcomes", InputEditor.Ports), Result],
        ["Elsa.ExecuteWorkflow"] = [Workflow, new("outcomes", InputEditor.Ports) { Default = "Done", TextName = "callOutcomes" }, Arguments, new("waitForCompletion", InputEditor.Flag) { IsAdvanced = true, Default = "true" }, Correlation, Result],
        ["Elsa.DispatchWorkflow"] = [Workflow, Arguments, new("waitForCompletion", InputEditor.Flag), Correlation, Result],
        ["Elsa.BulkDispatchWorkflows"] = [Workflow, Items, new("defaultItemInputKey", InputEditor.Text) { IsAdvanced = true, Default = "Item" }, Arguments, new("waitForCompletion", InputEditor.Flag)],
        ["Elsa.Correlate"] = [Correlation with { IsAdvanced = false }],
        ["Elsa.Event"] = [Event, Result],
        ["Elsa.PublishEvent"] = [Event, Payload, new("isLocalEvent", InputEditor.Flag) { IsAdvanced = true }, Correlation],
        ["Elsa.RunTask"] = [new("taskName", InputEditor.Text), Payload, Output("taskId"), Result],
        ["Elsa.SendHttpRequest"] = [.. Request, new("expectedStatusCodes", InputEditor.Statuses), .. Answer],
        ["Elsa.FlowSendHttpRequest"] = [.. Request, new("expectedStatusCodes", InputEditor.Ports), .. Answer],
        ["Elsa.SendEmail"] = [new("to", InputEditor.List) { TextName = "mailTo" }, new("subject", InputEditor.Text), new("body", InputEditor.LongText), new("cc", InputEditor.List) { IsAdvanced = true }, new("bcc", InputEditor.List) { IsAdvanced = true }],
        ["Elsa.HttpEndpoint"] = [new("path", InputEditor.Text), new("supportedMethods", InputEditor.List) { IsAdvanced = true }, Output("routeData"), Output("queryStringData"), Output("headers"), Output("parsedContent"), Result],
        ["Elsa.WriteHttpResponse"] = [new("statusCode", InputEditor.Text) { Default = "OK", TextName = "answerStatus" }, new("content", InputEditor.Any), ContentType, new("responseHeaders", InputEditor.Any) { IsAdvanced = true, TextName = "answerHeaders" }],
        ["Elsa.Delay"] = [Limit with { TextName = "delayLimit" }, new("timeSpan", InputEditor.Span)],
        ["Elsa.Timer"] = [new("interval", InputEditor.Span)],
        ["Elsa.StartAt"] = [new("dateTime", InputEditor.Instant)],
        ["Elsa.Cron"] = [new("cronExpression", InputEditor.Cron)],
    };

    /// <summary>Every described type.</summary>
    public static IReadOnlyCollection<string> Types => ByType.Keys;

    /// <summary>The inputs of a node's type; those of the called workflow where the node is such a call, none where nobody knows the type.</summary>
    public static ImmutableArray<InputDescriptor> Of(ActivityNode node, Bundle? bundle = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        return ByType.TryGetValue(node.Type.Split('<')[0], out var known) ? known : OfCall(node, bundle);
    }

    /// <summary>Inputs a node holds that its descriptor does not name.</summary>
    public static IEnumerable<string> Others(ActivityNode node, Bundle? bundle = null)
    {
        var known = Of(node, bundle).Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        return node.Inputs.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal);
    }

    // A node whose type is another workflow's name: that workflow's inputs are its own, by whatever case they are written in.
    private static ImmutableArray<InputDescriptor> OfCall(ActivityNode node, Bundle? bundle)
    {
        if (!node.Inputs.TryGetValue("workflowDefinitionId", out var called))
        {
            return [];
        }

        var inputs = bundle?.FindDefinition(called.Text)?.Inputs ?? [];
        return [Workflow, .. inputs.Select(input => new InputDescriptor(
            node.Inputs.Keys.FirstOrDefault(key => string.Equals(key, input.Name, StringComparison.OrdinalIgnoreCase)) ?? input.Name, InputEditor.Any))];
    }

    private static InputDescriptor Choice<T>(string name, string text)
        where T : struct, Enum => Choice(name, text, Enum.GetNames<T>());

    private static InputDescriptor Choice(string name, string text, params string[] options) => new(name, InputEditor.Choice) { Options = [.. options], OptionsText = text };

    private static InputDescriptor Output(string name) => new(name, InputEditor.Output) { IsAdvanced = true };
}
