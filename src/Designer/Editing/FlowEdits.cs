using System.Collections.Immutable;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>
/// What can be done to a workflow: each function takes a definition and returns another, and does nothing where what it speaks
/// of is not there (any more).
/// </summary>
public static class FlowEdits
{
    public const string Flowchart = "Elsa.Flowchart";

    /// <summary>Adds a step to a container. In a sequence it comes after another step, or last.</summary>
    public static WorkflowDefinition Add(WorkflowDefinition definition, string container, ActivityNode node, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        return definition.Change(container, parent =>
        {
            var at = parent.Activities.TakeWhile(child => child.Id != after).Count() + 1;
            return parent with { Activities = after is null || at > parent.Activities.Length ? parent.Activities.Add(node) : parent.Activities.Insert(at, node) };
        });
    }

    /// <summary>Adds a step and leads an outcome of another to it.</summary>
    public static WorkflowDefinition AddAfter(WorkflowDefinition definition, string container, ActivityNode node, string source, string port)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Connect(Add(definition, container, node, source), container, source, port, node.Id);
    }

    /// <summary>Puts a step between two others: what led from one to the other now leads through it, by its first outcome.</summary>
    public static WorkflowDefinition Insert(WorkflowDefinition definition, string container, ActivityNode node, string source, string target)
    {
        ArgumentNullException.ThrowIfNull(node);
        var added = Add(definition, container, node, source);
        return added.Change(container, parent =>
        {
            var links = parent.Connections.Select(link => IsBetween(link, source, target) ? new Connection(link.Source, link.SourcePort, node.Id) : link);
            var through = parent.Connections.Any(link => IsBetween(link, source, target)) ? PortsOf(node).Take(1).Select(port => new Connection(node.Id, port, target)) : [];
            return parent with { Connections = [.. links.Concat(through)] };
        });
    }

    /// <summary>
    /// Takes steps away, with what leads to and from them. Where all ways on from a step led to one other, what led to it leads
    /// there now, so that the flow stays whole.
    /// </summary>
    public static WorkflowDefinition Remove(WorkflowDefinition definition, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var id in ids)
        {
            if (definition.ParentOf(id) is { } parent)
            {
                definition = definition.Change(parent.Id, container => Without(container, id));
            }
        }

        return definition;
    }

    /// <summary>Leads an outcome of a step to another step. An outcome leads to one place: where it led before, it leads no more.</summary>
    public static WorkflowDefinition Connect(WorkflowDefinition definition, string container, string source, string port, string target) =>
        definition.Change(container, parent =>
        {
            if (parent.Type != Flowchart || !Holds(parent, source) || !Holds(parent, target))
            {
                return parent;
            }

            var isThere = parent.Connections.Any(link => link.Source == source && link.SourcePort == port && link.Target == target);
            var others = parent.Connections.Where(link => link.Source != source || link.SourcePort != port || link.Target == target);
            return parent with { Connections = [.. isThere ? others : others.Append(new Connection(source, port, target))] };
        });

    /// <summary>Takes the connections between two steps away: those of one outcome, or all.</summary>
    public static WorkflowDefinition Disconnect(WorkflowDefinition definition, string container, string source, string target, string? port = null) =>
        definition.Change(container, parent =>
            parent with { Connections = parent.Connections.RemoveAll(link => IsBetween(link, source, target) && (port is null || link.SourcePort == port)) });

    /// <summary>Moves an end of the connections between two steps to another step. A new source goes on by outcomes it has.</summary>
    public static WorkflowDefinition Reconnect(WorkflowDefinition definition, string container, string source, string target, string newSource, string newTarget)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.FindActivity(container) is not { } parent || !Holds(parent, newSource) || !Holds(parent, newTarget))
        {
            return definition;
        }

        var ports = parent.Connections.Where(link => IsBetween(link, source, target)).Select(link => link.SourcePort).Distinct().ToList();
        if (newSource != source)
        {
            var from = parent.Activities.First(node => node.Id == newSource);
            var own = PortsOf(from);
            ports = ports.Exists(own.Contains) ? [.. ports.Where(own.Contains)] : [.. OpenPorts(parent, from).Concat(own).Take(1)];
            if (ports.Count == 0)
            {
                return definition;
            }
        }

        var edited = Disconnect(definition, container, source, target);
        return ports.Aggregate(edited, (now, port) => Connect(now, container, newSource, port, newTarget));
    }

    /// <summary>What people call a step.</summary>
    public static WorkflowDefinition Rename(WorkflowDefinition definition, string id, LocalizedText name) =>
        definition.Change(id, node => node with { DisplayText = name });

    /// <summary>Gives an input a value; null takes it away.</summary>
    public static WorkflowDefinition SetInput(WorkflowDefinition definition, string id, string input, ActivityInput? value) =>
        definition.Change(id, node => node with { Inputs = value is null ? node.Inputs.Remove(input) : node.Inputs.SetItem(input, value) });

    /// <summary>Renames an outcome: the connections that leave by it follow.</summary>
    public static WorkflowDefinition RenamePort(WorkflowDefinition definition, string id, string port, string newPort)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.ParentOf(id) is not { } parent ? definition : definition.Change(parent.Id, container => container with
        {
            Connections = [.. container.Connections.Select(link => link.Source == id && link.SourcePort == port ? link with { SourcePort = newPort } : link)],
        });
    }

    /// <summary>Moves a step of a sequence forwards or backwards among the others.</summary>
    public static WorkflowDefinition Reorder(WorkflowDefinition definition, string id, int by)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.ParentOf(id) is not { } parent ? definition : definition.Change(parent.Id, container =>
        {
            var node = container.Activities.First(child => child.Id == id);
            var rest = container.Activities.Remove(node);
            return container with { Activities = rest.Insert(Math.Clamp(container.Activities.IndexOf(node) + by, 0, rest.Length), node) };
        });
    }

    /// <summary>Where the middle of steps stands on the canvas.</summary>
    public static WorkflowDefinition Place(WorkflowDefinition definition, string container, IReadOnlyDictionary<string, CanvasPoint> centers)
    {
        ArgumentNullException.ThrowIfNull(centers);
        return definition.Change(container, parent => parent with
        {
            Activities = [.. parent.Activities.Select(node => centers.TryGetValue(node.Id, out var center) ? Arrange.At(node, center) : node)],
        });
    }

    /// <summary>The outcomes of a step; those it is drawn with, where its type does not tell.</summary>
    public static IReadOnlyList<string> PortsOf(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        try
        {
            return ActivityCatalog.Find(node)?.Ports(node) is { IsDefault: false } ports ? ports : ["Done"];
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or ActivityException)
        {
            // The validator says what is wrong with them.
            return ["Done"];
        }
    }

    /// <summary>The outcomes that lead nowhere yet, in the order they are shown.</summary>
    public static IEnumerable<string> OpenPorts(ActivityNode container, ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(container);
        return PortsOf(node).Where(port => !container.Connections.Any(link => link.Source == node.Id && link.SourcePort == port));
    }

    private static ActivityNode Without(ActivityNode container, string id)
    {
        var onward = container.Connections.Where(link => link.Source == id && link.Target != id).Select(link => link.Target).Distinct().ToList();
        var next = onward.Count == 1 ? onward[0] : null;
        var links = container.Connections.Where(link => link.Source != id)
            .Select(link => link.Target != id ? link : next is null ? null : new Connection(link.Source, link.SourcePort, next))
            .OfType<Connection>().DistinctBy(link => (link.Source, link.SourcePort, link.Target, link.TargetPort));
        return container with
        {
            Activities = [.. container.Activities.Where(child => child.Id != id)],
            Connections = [.. links],
            Start = container.Start == id ? next : container.Start,
        };
    }

    private static bool Holds(ActivityNode container, string id) => container.Activities.Any(child => child.Id == id);

    private static bool IsBetween(Connection link, string source, string target) => link.Source == source && link.Target == target;
}
