using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Migration;

/// <summary>Why an activity is proposed to take the place of another.</summary>
public enum MappingReason
{
    /// <summary>Same id, same type.</summary>
    SameId,

    /// <summary>Same type and same text; nothing else of either is called so.</summary>
    SameText,

    /// <summary>Same type, and the same connections to activities that are mapped.</summary>
    SameNeighbours,

    /// <summary>Nothing takes its place.</summary>
    None,
}

/// <summary>An activity of the older bundle, and what is proposed to take its place.</summary>
public sealed record MappedActivity(string DefinitionId, ActivityNode From, ActivityNode? To, MappingReason Reason);

/// <summary>What a newer bundle makes of the activities of an older one, as far as it can be told from the drawings.</summary>
public sealed class MappingProposal
{
    private MappingProposal(ImmutableArray<MappedActivity> activities) => Activities = activities;

    /// <summary>Every activity of the older bundle.</summary>
    public ImmutableArray<MappedActivity> Activities { get; }

    /// <summary>Proposes. Each activity of the newer bundle takes the place of one at most.</summary>
    public static MappingProposal Between(Bundle from, Bundle to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new MappingProposal([.. from.Definitions.SelectMany(old => Propose(old, to.FindDefinition(old.DefinitionId)))]);
    }

    /// <summary>The proposal as a mapping.</summary>
    public ActivityMapping ToMapping()
    {
        var mapping = ActivityMapping.Empty;
        foreach (var mapped in Activities.Where(mapped => mapped.To is not null))
        {
            mapping = mapping.With(mapped.DefinitionId, mapped.From.Id, mapped.To!.Id);
        }

        return mapping;
    }

    private static IEnumerable<MappedActivity> Propose(WorkflowDefinition from, WorkflowDefinition? to)
    {
        if (to is null)
        {
            return from.AllActivities().Select(node => new MappedActivity(from.DefinitionId, node, null, MappingReason.None));
        }

        var matches = new Matches(from, to);
        matches.ById();
        matches.ByText();
        while (matches.ByNeighbours())
        {
        }

        return from.AllActivities().Select(node => matches.Found.TryGetValue(node.Id, out var found)
            ? new MappedActivity(from.DefinitionId, node, found.To, found.Reason)
            : new MappedActivity(from.DefinitionId, node, null, MappingReason.None));
    }

    private sealed class Matches(WorkflowDefinition from, WorkflowDefinition to)
    {
        private readonly List<ActivityNode> _old = [.. from.AllActivities()];
        private readonly List<ActivityNode> _new = [.. to.AllActivities()];
        private readonly ImmutableArray<Connection> _oldConnections = [.. from.AllActivities().SelectMany(node => node.Connections)];
        private readonly ImmutableArray<Connection> _newConnections = [.. to.AllActivities().SelectMany(node => node.Connections)];

        public Dictionary<string, (ActivityNode To, MappingReason Reason)> Found { get; } = new(StringComparer.Ordinal);

        public void ById()
        {
            // The canvas itself has no place but the whole; its id is nobody's choice.
            if (from.Root.Type == to.Root.Type)
            {
                Match(from.Root, to.Root, MappingReason.SameId);
            }

            foreach (var node in _old.ToList())
            {
                if (_new.FirstOrDefault(candidate => candidate.Id == node.Id && candidate.Type == node.Type) is { } same)
                {
                    Match(node, same, MappingReason.SameId);
                }
            }
        }

        public void ByText() => MatchUnique(MappingReason.SameText, TextOf, TextOf);

        /// <summary>One round; true when it found something, which may let the next find more.</summary>
        public bool ByNeighbours()
        {
            var before = Found.Count;
            var back = Found.ToDictionary(pair => pair.Value.To.Id, pair => pair.Key, StringComparer.Ordinal);
            MatchUnique(
                MappingReason.SameNeighbours,
                node => Neighbours(node, _oldConnections, id => Found.ContainsKey(id) ? id : null),
                node => Neighbours(node, _newConnections, id => back.GetValueOrDefault(id)));
            return Found.Count > before;
        }

        private static string TextOf(ActivityNode node)
        {
            var text = node.DisplayText.Zh.Length > 0 ? node.DisplayText.Zh : node.DisplayText.En;
            text = text.Length > 0 ? text : node.Name != node.Id ? node.Name : "";
            return text.Length > 0 ? $"{node.Type}\n{text}" : "";
        }

        // In terms of the older drawing, so that both sides can be compared.
        private static string Neighbours(ActivityNode node, ImmutableArray<Connection> connections, Func<string, string?> known)
        {
            var leaving = connections.Where(connection => connection.Source == node.Id && known(connection.Target) is not null).Select(connection => $"{connection.SourcePort}>{known(connection.Target)}");
            var arriving = connections.Where(connection => connection.Target == node.Id && known(connection.Source) is not null).Select(connection => $"{known(connection.Source)}>{connection.SourcePort}");
            var all = leaving.Concat(arriving).Order(StringComparer.Ordinal).ToList();
            return all.Count > 0 ? $"{node.Type}\n{string.Join('\n', all)}" : "";
        }

        private void MatchUnique(MappingReason reason, Func<ActivityNode, string> oldKey, Func<ActivityNode, string> newKey)
        {
            var candidates = _new.GroupBy(newKey, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
            foreach (var group in _old.GroupBy(oldKey, StringComparer.Ordinal).Where(group => group.Key.Length > 0).ToList())
            {
                if (group.Count() == 1 && candidates.GetValueOrDefault(group.Key) is [var only])
                {
                    Match(group.Single(), only, reason);
                }
            }
        }

        private void Match(ActivityNode old, ActivityNode @new, MappingReason reason)
        {
            Found[old.Id] = (@new, reason);
            _old.Remove(old);
            _new.Remove(@new);
        }
    }
}
