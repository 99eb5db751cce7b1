using System.Collections.Immutable;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Timing;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Engine;

/// <summary>What begins a workflow by itself: an event, a time, or a request.</summary>
/// <param name="DefinitionId">The workflow.</param>
/// <param name="ActivityId">The activity it begins with.</param>
/// <param name="EventName">The event that begins it; null for a time.</param>
/// <param name="Schedule">The activity's type and its time as drawn; null for an event.</param>
/// <param name="Next">When it begins next, UTC; null for an event, and when that never comes.</param>
public sealed record Trigger(string DefinitionId, string ActivityId, string? EventName, string? Schedule, DateTimeOffset? Next)
{
    /// <summary>The path of the requests that begin it, with <c>{names}</c> in braces; null for anything else.</summary>
    public string? HttpPath { get; init; }

    /// <summary>The methods of those requests.</summary>
    public ImmutableArray<string> HttpMethods { get; init; } = [];

    /// <summary>The id of the instance that one occurrence begins: the same whoever works it out.</summary>
    public string InstanceIdFor(string occurrence) => WorkflowInstance.IdOf($"{DefinitionId}/{ActivityId}/{occurrence}/triggered/by/itself");
}

/// <summary>Finds what begins workflows by itself.</summary>
public static class Triggers
{
    /// <summary>The triggers of a workflow: activities marked as its beginning whose event or time stands in the drawing.</summary>
    /// <param name="definition">The workflow.</param>
    /// <param name="after">After when the next time is looked for, UTC.</param>
    /// <param name="zone">The clocks that schedules mean.</param>
    public static IEnumerable<Trigger> Of(WorkflowDefinition definition, DateTimeOffset after, TimeZoneInfo zone)
    {
        foreach (var node in definition.AllActivities().Where(node => node.CanStartWorkflow))
        {
            switch (node.Type)
            {
                case "Elsa.Event" when Written(node, "eventName") is { } name:
                    yield return new Trigger(definition.DefinitionId, node.Id, name, null, null);
                    break;
                case "Elsa.HttpEndpoint" when Written(node, "path") is { } path:
                    var methods = node.Inputs.TryGetValue("supportedMethods", out var supported) ? InputReader.ToList(InputReader.Constant(supported)) : [];
                    yield return new Trigger(definition.DefinitionId, node.Id, null, null, null) { HttpPath = path, HttpMethods = methods.Length > 0 ? methods : ["GET"] };
                    break;
                case "Elsa.Timer" when Written(node, "interval") is { } interval && Spans.TryParse(interval, out var span) && span >= TimeSpan.FromSeconds(1):
                    // Counted from a fixed moment, so that every process finds the same times.
                    yield return Timed(node, interval, new DateTimeOffset(((after.UtcTicks / span.Ticks) + 1) * span.Ticks, TimeSpan.Zero));
                    break;
                case "Elsa.Cron" when Written(node, "cronExpression") is { } cron && Schedules.Problem(cron) is null:
                    yield return Timed(node, cron, Schedules.Next(cron, after, zone));
                    break;
                case "Elsa.StartAt" when Written(node, "dateTime") is { } text && Expressions.ExpressionDates.TryRead(text, zone, out var at):
                    yield return Timed(node, text, at > after ? at : null);
                    break;
            }
        }

        Trigger Timed(ActivityNode node, string time, DateTimeOffset? next) => new(definition.DefinitionId, node.Id, null, $"{node.Type} {time}", next);
    }

    private static string? Written(ActivityNode node, string input) =>
        node.Inputs.TryGetValue(input, out var given) && InputReader.Constant(given) is string { Length: > 0 } text ? text : null;
}
