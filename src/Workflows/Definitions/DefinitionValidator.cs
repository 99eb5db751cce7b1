using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Activities.ControlFlow;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Definitions;

/// <summary>Says everything that is wrong with a definition, so that nothing of it has to be found out by a running case.</summary>
public static class DefinitionValidator
{
    /// <summary>All problems of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="knows">Whether the bundle has a workflow with a definition id.</param>
    /// <param name="unitExists">Whether an absolute unit key names a unit there is.</param>
    public static IReadOnlyList<Problem> Validate(WorkflowDefinition definition, Func<string, bool> knows, Func<string, bool> unitExists)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var problems = new List<Problem>();
        foreach (var duplicate in definition.AllActivities().GroupBy(node => node.Id).Where(group => group.Skip(1).Any()))
        {
            Report(duplicate.Key, "duplicate-id", $"有多个步骤使用同一编号“{duplicate.Key}”", $"several activities share the id '{duplicate.Key}'");
        }

        foreach (var node in definition.AllActivities())
        {
            CheckNode(node);
            CheckConnections(node);
        }

        return problems;

        void CheckNode(ActivityNode node)
        {
            if (ActivityCatalog.Find(node) is not { } activity)
            {
                Report(node.Id, "unknown-type", $"不支持的步骤类型“{node.Type}”", $"the activity type '{node.Type}' is not supported");
                return;
            }

            foreach (var (name, input) in node.Inputs)
            {
                if (!InputReader.ExpressionTypes.Contains(input.ExpressionType))
                {
                    Report(node.Id, "unknown-expression", $"“{name}”使用了不支持的表达式类型“{input.ExpressionType}”", $"input '{name}' uses the unsupported expression type '{input.ExpressionType}'");
                }
                else if (input.ExpressionType == "JavaScript" && ExpressionParser.Parse(input.Text).Error is { } error)
                {
                    Report(node.Id, "bad-expression", $"“{name}”的表达式无法解析（第 {error.Position + 1} 个字符）：{error.Message}", $"the expression of '{name}' does not parse at character {error.Position + 1}: {error.Message}");
                }
            }

            foreach (var problem in activity.Problems(node))
            {
                Report(node.Id, "bad-input", problem.Zh, problem.En);
            }

            CheckForm(node);
            foreach (var (code, zh, en) in LiteralInputs.Check(node, unitExists))
            {
                Report(node.Id, code, zh, en);
            }

            if (node.Inputs.TryGetValue("workflowDefinitionId", out var called) && called.ExpressionType == "Literal" && !knows(called.Text))
            {
                Report(node.Id, "unknown-workflow", $"要调用的流程“{called.Text}”不存在", $"there is no workflow '{called.Text}' to call");
            }
        }

        void CheckForm(ActivityNode node)
        {
            try
            {
                var form = WorkItemForm.Of(node);
                foreach (var field in form.Fields.Where(field => field.Fills is not null && !CaseFields.Fillable.Contains(field.Fills)))
                {
                    Report(node.Id, "bad-form", $"字段“{field.Name}”要填写的案件信息“{field.Fills}”不存在", $"field '{field.Name}' fills '{field.Fills}', which is not a fact of a case");
                }
            }
            catch (JsonException exception)
            {
                Report(node.Id, "bad-form", $"办理结果或表单字段的格式有误：{exception.Message}", $"outcomes or fields have the wrong form: {exception.Message}");
            }
        }

        void CheckConnections(ActivityNode flowchart)
        {
            var nodes = flowchart.Activities.DistinctBy(node => node.Id).ToDictionary(node => node.Id);
            foreach (var connection in flowchart.Connections)
            {
                if (!nodes.TryGetValue(connection.Source, out var source) || !nodes.ContainsKey(connection.Target))
                {
                    Report(flowchart.Id, "loose-connection", $"连线“{connection.Source} → {connection.Target}”的一端没有步骤", $"the connection '{connection.Source}' to '{connection.Target}' has a loose end");
                }
                else if (TryGetPorts(source) is { } ports && !ports.Contains(connection.SourcePort))
                {
                    Report(source.Id, "unknown-port", $"步骤没有名为“{connection.SourcePort}”的出口", $"the activity has no port '{connection.SourcePort}'");
                }
            }

            if (FlowGraph.Of(flowchart).Start is not { } start)
            {
                return;
            }

            foreach (var node in flowchart.Activities)
            {
                if (node.Id != start.Id && !Reaches(flowchart, start.Id, node.Id))
                {
                    Report(node.Id, "unreachable", "从开始处走不到这一步", "nothing leads here from the start", isError: false);
                }

                foreach (var port in (TryGetPorts(node) ?? []).Where(port => port != WorkItemClock.OverduePort && node.Type != CloseCase.TypeName && !flowchart.Connections.Any(connection => connection.Source == node.Id && connection.SourcePort == port)))
                {
                    // A plain activity may end its branch, though its author should know; one that asks a question must lead somewhere by every answer.
                    Report(node.Id, "open-port", $"出口“{port}”没有连到任何步骤", $"the port '{port}' leads nowhere", isError: port != "Done" && ActivityCatalog.Find(node)?.MayLeaveOpen(port) != true);
                }
            }
        }

        void Report(string id, string code, string zh, string en, bool isError = true) =>
            problems.Add(new Problem($"definitions/{definition.DefinitionId}/{id}", code, new LocalizedText(zh, en), isError));
    }

    private static ImmutableArray<string>? TryGetPorts(ActivityNode node)
    {
        try
        {
            // A called workflow's outcomes stand in that workflow, not in the drawing.
            return ActivityCatalog.Find(node)?.Ports(node) is { IsDefault: false } ports ? ports : null;
        }
        catch (Exception exception) when (exception is JsonException or ActivityException)
        {
            return null;
        }
    }

    private static bool Reaches(ActivityNode flowchart, string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var id))
        {
            foreach (var connection in flowchart.Connections.Where(connection => connection.Source == id && seen.Add(connection.Target)))
            {
                open.Push(connection.Target);
            }
        }

        return seen.Contains(to);
    }
}
