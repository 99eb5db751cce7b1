using System.Collections.Immutable;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// An activity that a case only passed: a marker, a variable that was set. It is no entry of the history of its own, but the
/// entries beside it name it, so that the way taken can be told.
/// </summary>
/// <param name="Definition">The workflow.</param>
/// <param name="Activity">The activity.</param>
/// <param name="Outcome">How it ended, several separated by commas.</param>
/// <param name="Saw">What it saw, as <see cref="HistoryData.Saw"/> has it; empty for nothing.</param>
public sealed record PassedStep(string Definition, string Activity, string Outcome, string Saw)
{
    // More than a loop without waits needs to be understood.
    private const int Most = 40;

    /// <summary>Writes steps beside an entry of a workflow, whose name is then left out.</summary>
    internal static string Write(IReadOnlyList<PassedStep> steps, string? definition)
    {
        var lines = new List<string>();
        foreach (var step in steps.Take(Most))
        {
            string[] parts = [step.Activity, step.Outcome == "Done" ? "" : step.Outcome, step.Saw.Replace('\n', ' '), step.Definition == definition ? "" : step.Definition];
            lines.Add(string.Join('\t', parts).TrimEnd('\t'));
            definition = step.Definition;
        }

        return string.Join('\n', lines);
    }

    /// <summary>Reads the steps an entry names before or after it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="name"><see cref="HistoryData.Via"/> or <see cref="HistoryData.Then"/>.</param>
    public static ImmutableArray<PassedStep> Read(HistoryEntry entry, string name)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.Data.TryGetValue(name, out var text))
        {
            return [];
        }

        var definition = entry.Data.GetValueOrDefault(HistoryData.Definition, "");
        var steps = ImmutableArray.CreateBuilder<PassedStep>();
        foreach (var parts in text.Split('\n').Select(line => line.Split('\t')))
        {
            definition = parts.Length > 3 ? parts[3] : definition;
            steps.Add(new PassedStep(definition, parts[0], parts.ElementAtOrDefault(1) is { Length: > 0 } outcome ? outcome : "Done", parts.ElementAtOrDefault(2) ?? ""));
        }

        return steps.ToImmutable();
    }
}

/// <summary>Names of details of history entries that more than one place reads.</summary>
public static class HistoryData
{
    /// <summary>The workflow.</summary>
    public const string Definition = "definition";

    /// <summary>The activity.</summary>
    public const string Activity = "activity";

    /// <summary>How it ended.</summary>
    public const string Outcome = "outcome";

    /// <summary>What an activity saw when it decided: <c>name=value</c>, one a line, each shortened. What it asks stands in the definition.</summary>
    public const string Saw = "saw";

    /// <summary>Steps passed before the entry, since the one before it.</summary>
    public const string Via = "via";

    /// <summary>Steps passed after the entry, where the step had no further one.</summary>
    public const string Then = "then";

    /// <summary>The category's key: the one that came with the report, or the one it was sorted into.</summary>
    public const string Category = "category";

    /// <summary>How pressing a report was when it came in.</summary>
    public const string Urgency = "urgency";

    /// <summary>The number of a bundle: the one in force when a report came in, or before a new round.</summary>
    public const string Bundle = "bundle";

    /// <summary>The routing row that won.</summary>
    public const string Row = "row";

    /// <summary>The unit that leads.</summary>
    public const string Lead = "lead";

    /// <summary>The units that assist, separated by commas.</summary>
    public const string Assisting = "assisting";

    /// <summary>The tier.</summary>
    public const string Tier = "tier";

    /// <summary>The handling limit, or <see cref="NoLimit"/>. Cases routed before 2026-11-22 do not tell it.</summary>
    public const string Limit = "limit";

    /// <summary>What stands for <see cref="Limit"/> where there is none.</summary>
    public const string NoLimit = "none";

    /// <summary>Until when.</summary>
    public const string Due = "due";

    /// <summary>The id of a work item.</summary>
    public const string Item = "item";

    /// <summary>Before the name of a form's field whose answer this is.</summary>
    public const string Field = "field:";

    /// <summary>A person's word on it.</summary>
    public const string Comment = "comment";

    /// <summary>Set for the work items of incidents.</summary>
    public const string Incident = "incident";
}
