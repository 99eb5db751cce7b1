using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>Finds and changes one activity in the tree of a definition, leaving all others as they are.</summary>
public static class ActivityTree
{
    /// <summary>The definition with one activity changed; the same object when there is no such activity or nothing came of it.</summary>
    public static WorkflowDefinition Change(this WorkflowDefinition definition, string activityId, Func<ActivityNode, ActivityNode> change)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(change);
        var root = Change(definition.Root, activityId, change);
        return ReferenceEquals(root, definition.Root) ? definition : definition with { Root = root };
    }

    /// <summary>The activity that holds this one; null for the root and for one that is not there.</summary>
    public static ActivityNode? ParentOf(this WorkflowDefinition definition, string activityId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.AllActivities().FirstOrDefault(node => node.Activities.Any(child => child.Id == activityId));
    }

    /// <summary>The ids from the root's children down to an activity; empty for the root.</summary>
    public static IReadOnlyList<string> WayTo(this WorkflowDefinition definition, string activityId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var way = new List<string>();
        for (var id = activityId; id != definition.Root.Id && definition.ParentOf(id) is { } parent && !way.Contains(id); id = parent.Id)
        {
            way.Insert(0, id);
        }

        return way;
    }

    private static ActivityNode Change(ActivityNode node, string activityId, Func<ActivityNode, ActivityNode> change)
    {
        if (node.Id == activityId)
        {
            return change(node);
        }

        for (var i = 0; i < node.Activities.Length; i++)
        {
            var child = Change(node.Activities[i], activityId, change);
            if (!ReferenceEquals(child, node.Activities[i]))
            {
                return node with { Activities = node.Activities.SetItem(i, child) };
            }
        }

        return node;
    }
}
