using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Inspector;

/// <summary>Pure edits of one step of a workflow, wherever it is nested.</summary>
public static class NodeEdits
{
    /// <summary>The workflow with one step changed; the same workflow where there is no such step.</summary>
    public static WorkflowDefinition Change(this WorkflowDefinition definition, string id, Func<ActivityNode, ActivityNode> change)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(change);
        return definition.FindActivity(id) is { } node ? definition.Replace(node, change(node)) : definition;
    }

    /// <summary>The workflow with this very step replaced: of two that share an id, only the one meant.</summary>
    public static WorkflowDefinition Replace(this WorkflowDefinition definition, ActivityNode before, ActivityNode after)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var root = Replace(definition.Root, before, after);
        return ReferenceEquals(root, definition.Root) ? definition : definition with { Root = root };
    }

    /// <summary>The container a step stands in; null for the root and for what is not there.</summary>
    public static ActivityNode? ParentOf(this WorkflowDefinition definition, string id)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.AllActivities().FirstOrDefault(node => node.Activities.Any(child => child.Id == id));
    }

    /// <summary>A step with an input set, or without it.</summary>
    public static ActivityNode With(this ActivityNode node, string name, ActivityInput? input)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node with { Inputs = input is null ? node.Inputs.Remove(name) : node.Inputs.SetItem(name, input) };
    }

    /// <summary>The workflow in which connections from a port of a step leave it by another.</summary>
    public static WorkflowDefinition MovePort(this WorkflowDefinition definition, string id, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.ParentOf(id) is { } parent
            ? definition.Replace(parent, parent with { Connections = [.. parent.Connections.Select(connection => connection.Source == id && connection.SourcePort == from ? connection with { SourcePort = to } : connection).Distinct()] })
            : definition;
    }

    /// <summary>The workflow without connections from a port of a step.</summary>
    public static WorkflowDefinition ClearPort(this WorkflowDefinition definition, string id, string port)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.ParentOf(id) is { } parent
            ? definition.Replace(parent, parent with { Connections = parent.Connections.RemoveAll(connection => connection.Source == id && connection.SourcePort == port) })
            : definition;
    }

    /// <summary>An id no step of the workflow has yet.</summary>
    public static string FreeId(this WorkflowDefinition definition, string wanted)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var taken = definition.AllActivities().Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        return FreeName(wanted, taken);
    }

    /// <summary>A name like the one wanted that is not among those taken.</summary>
    public static string FreeName(string wanted, IReadOnlySet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var name = wanted;
        for (var number = 2; taken.Contains(name); number++)
        {
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wanted}{number}");
        }

        return name;
    }

    private static ActivityNode Replace(ActivityNode within, ActivityNode before, ActivityNode after)
    {
        if (ReferenceEquals(within, before))
        {
            return after;
        }

        for (var index = 0; index < within.Activities.Length; index++)
        {
            var child = within.Activities[index];
            var replaced = Replace(child, before, after);
            if (!ReferenceEquals(replaced, child))
            {
                return within with { Activities = within.Activities.SetItem(index, replaced) };
            }
        }

        return within;
    }
}
