using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Migration;

/// <summary>Which activity of a newer bundle takes the place of which of an older one, definition by definition.</summary>
public sealed class ActivityMapping
{
    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> _byDefinition;

    private ActivityMapping(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> byDefinition) => _byDefinition = byDefinition;

    /// <summary>Maps nothing.</summary>
    public static ActivityMapping Empty { get; } = new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal));

    /// <summary>The activity that takes the place of another, or null.</summary>
    public string? Find(string definition, string activity) => _byDefinition.GetValueOrDefault(definition)?.GetValueOrDefault(activity);

    /// <summary>A mapping with one more entry, or one entry changed; null takes it out.</summary>
    public ActivityMapping With(string definition, string activity, string? target)
    {
        var entries = _byDefinition.GetValueOrDefault(definition) ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        return new ActivityMapping(_byDefinition.SetItem(definition, target is null ? entries.Remove(activity) : entries.SetItem(activity, target)));
    }

    /// <summary>This mapping, with the entries of another in place of its own.</summary>
    public ActivityMapping With(ActivityMapping corrections)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        var result = this;
        foreach (var (definition, entries) in corrections._byDefinition)
        {
            foreach (var (activity, target) in entries)
            {
                result = result.With(definition, activity, target);
            }
        }

        return result;
    }

    /// <summary>What keeps the mapping from being used at all: two activities cannot become one, and what is named must exist.</summary>
    public IEnumerable<MigrationObstacle> Check(Bundle from, Bundle to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        foreach (var (definition, entries) in _byDefinition)
        {
            foreach (var twice in entries.GroupBy(entry => entry.Value, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
            {
                yield return new MigrationObstacle(ObstacleKind.TwoBecomeOne, definition, string.Join(", ", twice.Select(entry => entry.Key)), twice.Key);
            }

            foreach (var (activity, target) in entries)
            {
                if (from.FindDefinition(definition)?.FindActivity(activity) is null)
                {
                    yield return new MigrationObstacle(ObstacleKind.UnknownActivity, definition, activity, "");
                }
                else if (to.FindDefinition(definition)?.FindActivity(target) is null)
                {
                    yield return new MigrationObstacle(ObstacleKind.UnknownActivity, definition, target, "");
                }
            }
        }
    }

    /// <summary>Writes it as people correct it: <c>{"small": {"handle": "work"}}</c>, definition by definition, old id to new.</summary>
    public string Write() => JsonSerializer.Serialize(_byDefinition, BundleJson.Options);

    /// <summary>Reads what <see cref="Write"/> wrote, or a person.</summary>
    /// <exception cref="DefinitionFormatException">It is something else.</exception>
    public static ActivityMapping Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(json) ?? [];
            var result = Empty;
            foreach (var (definition, entries) in read)
            {
                foreach (var (activity, target) in entries)
                {
                    result = result.With(definition, activity, target);
                }
            }

            return result;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentNullException)
        {
            throw new DefinitionFormatException("$", new LocalizedText("对应关系应写成 {\"流程\": {\"旧步骤\": \"新步骤\"}}", "write a mapping as {\"workflow\": {\"old step\": \"new step\"}}"), problem);
        }
    }
}
