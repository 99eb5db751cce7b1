using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>
/// One line of a file of stimuli: a task answered, an event published, an answer from outside, or time that passes.
/// </summary>
internal sealed class StimulusLine
{
    private const string Tester = "tester";
    private static readonly string[] Kinds = ["complete", "event", "answer", "advance"];
    private static readonly TimeSpan LongestAdvance = TimeSpan.FromDays(3660);

    private readonly string _place;
    private readonly JsonElement _json;

    private StimulusLine(string place, JsonElement json)
    {
        _place = place;
        _json = json;
    }

    /// <summary>Reads the lines of a file; empty ones, and those that begin with #, are left out.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or a line is none of those.</exception>
    public static async Task<IReadOnlyList<StimulusLine>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(file, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(OperationsText.Of("DefinitionsUnreadable", file, problem.Message));
        }

        return [.. lines.Index().Where(line => line.Item.Trim() is { Length: > 0 } text && text[0] != '#').Select(line => Parse($"{file}:{line.Index + 1}", line.Item))];
    }

    /// <summary>Lets it happen.</summary>
    /// <exception cref="BadInputException">Nothing waits for it, or it is refused.</exception>
    public void Send(DryRun run)
    {
        if (Text("complete") is { } activity)
        {
            Complete(run, activity);
        }
        else if (Text("event") is { } name)
        {
            run.Publish(name, Value("payload"), Text("correlationId"));
        }
        else if (Text("answer") is { } asked)
        {
            Answer(run, asked);
        }
        else if (Text("advance") is { } span)
        {
            run.Advance(Span(span));
        }
    }

    private static StimulusLine Parse(string place, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object && new StimulusLine(place, document.RootElement.Clone()) is var line && Kinds.Any(kind => line.Text(kind) is not null))
            {
                if (line.Text("advance") is { } span)
                {
                    line.Span(span);
                }

                return line;
            }

            throw new BadInputException($"{place}: {OperationsText.Of("DefinitionsStimulusUnknown")}");
        }
        catch (JsonException)
        {
            throw new BadInputException($"{place}: {OperationsText.Of("DefinitionsStimulusUnknown")}");
        }
    }

    private void Complete(DryRun run, string activity)
    {
        var open = run.Instances.SelectMany(instance => instance.WorkItems.Select(item => (Instance: instance.Id, Item: item))).ToList();
        if (open.FirstOrDefault(found => found.Item.ActivityId == activity) is not { Item: { } item } target)
        {
            throw NothingOpen(run, activity, open.Select(found => found.Item.ActivityId));
        }

        var fields = Value("fields") as IReadOnlyDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty;
        var who = Text("by") ?? Tester;
        try
        {
            run.Send(target.Instance, new Stimulus.CompleteWorkItem(item.Id, Text("outcome") ?? "Done", fields.ToImmutableDictionary(), Text("comment"), new Actor(who, who)));
            run.Deliver();
        }
        catch (StimulusRefusedException refusal)
        {
            throw Bad(refusal switch
            {
                { Reason: Refusal.InvalidField, Detail: "comment" } => OperationsText.Of("DefinitionsStimulusNoComment", activity),
                { Reason: Refusal.InvalidField } => OperationsText.Of("DefinitionsStimulusBadField", activity, refusal.Detail),
                { Reason: Refusal.UnknownOutcome } => OperationsText.Of("DefinitionsStimulusNoOutcome", activity, refusal.Detail),
                { Reason: Refusal.SecondPersonNeeded } => OperationsText.Of("DefinitionsStimulusSecondPerson", activity, who),
                _ => refusal.Message,
            });
        }
    }

    private void Answer(DryRun run, string activity)
    {
        var open = run.Instances.SelectMany(instance => instance.Bookmarks.Where(bookmark => bookmark.Kind == BookmarkKind.Answer)
            .Select(bookmark => (Instance: instance.Id, Bookmark: bookmark, Activity: instance.Runs.First(waiting => waiting.Id == bookmark.Run).ActivityId))).ToList();
        if (open.FirstOrDefault(found => found.Activity == activity) is not { Bookmark: { } bookmark } target)
        {
            throw NothingOpen(run, activity, open.Select(found => found.Activity));
        }

        run.Send(target.Instance, new Stimulus.ResumeBookmark(bookmark.Id, Value("payload"), null, new Actor(Tester, Tester)));
        run.Deliver();
    }

    // 2d, 3h, 15m, 30s, or 1.02:00:00 as Elsa writes spans.
    private TimeSpan Span(string text)
    {
        TimeSpan? span = text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < LongestAdvance.TotalSeconds
            ? text[^1] switch
            {
                'd' => TimeSpan.FromDays(amount),
                'h' => TimeSpan.FromHours(amount),
                'm' => TimeSpan.FromMinutes(amount),
                's' => TimeSpan.FromSeconds(amount),
                _ => null,
            }
            : null;
        span ??= TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var written) ? written : null;
        return span is { } found && found >= TimeSpan.Zero && found <= LongestAdvance ? found : throw Bad(OperationsText.Of("DefinitionsStimulusBadSpan", text));
    }

    private string? Text(string name) => _json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private object? Value(string name) => _json.TryGetProperty(name, out var value) ? InputReader.FromJson(value) : null;

    // What is open for this kind of line, or else where the run stands at all.
    private BadInputException NothingOpen(DryRun run, string activity, IEnumerable<string> open) => string.Join(", ", open.Distinct()) is { Length: > 0 } names
        ? Bad(OperationsText.Of("DefinitionsStimulusNothingOpen", activity, names))
        : Bad($"{OperationsText.Of("DefinitionsStimulusNoneOpen", activity)} {RunDefinitionVerb.Summary(run, CultureInfo.CurrentUICulture)}");

    private BadInputException Bad(string message) => new($"{_place}: {message}");
}
