using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities.Values;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities;

/// <summary>What an activity sees and may do while it runs: its inputs, the case, and a list on which to note what should happen.</summary>
public sealed class ActivityContext
{
    private readonly Step _step;

    internal ActivityContext(Step step, ActivityRun run, ActivityNode node)
    {
        _step = step;
        Run = run;
        Node = node;
    }

    /// <summary>The activity as drawn.</summary>
    public ActivityNode Node { get; }

    /// <summary>This run of it.</summary>
    public ActivityRun Run { get; }

    /// <summary>The rules the case runs under.</summary>
    public Bundle Bundle => _step.Bundle;

    /// <summary>The instant of the step, UTC.</summary>
    public DateTimeOffset Now => _step.Now;

    /// <summary>Who caused the step.</summary>
    public Actor Actor => _step.Actor;

    /// <summary>The case.</summary>
    /// <exception cref="ActivityException">The workflow runs without one.</exception>
    public CaseState Case => _step.Instance.Case ?? throw new ActivityException($"'{Node.Type}' needs a case, and this workflow runs without one");

    /// <summary>The workflow this activity belongs to.</summary>
    public WorkflowDefinition Definition => _step.Definition(Run.Scope);

    internal Step Step => _step;

    /// <summary>What it saw, for the history.</summary>
    internal SeenValues Seen { get; } = new();

    internal WorkflowScope Scope => _step.Scope(Run.Scope);

    /// <summary>The activities inside this one that have begun and not ended.</summary>
    internal IEnumerable<ActivityRun> Children => _step.Instance.Runs.Where(run => run.Parent == Run.Id);

    /// <summary>Open work items of this run.</summary>
    public IEnumerable<WorkItem> WorkItems => _step.Instance.WorkItems.Where(item => item.Run == Run.Id);

    /// <summary>The value of an input, or null when the definition gives none.</summary>
    /// <exception cref="ActivityException">The expression does not parse or fails; the message names the input.</exception>
    public object? Input(string name)
    {
        if (!Node.Inputs.TryGetValue(name, out var input))
        {
            return null;
        }

        try
        {
            var value = InputReader.Evaluate(input, this);
            if (input.ExpressionType is not ("Literal" or "Object") && value is not bool)
            {
                Seen.Value(name, value);
            }

            return value;
        }
        catch (ExpressionException exception)
        {
            throw new ActivityException($"input '{name}' of '{Node.Id}': {exception.Message}", exception);
        }
    }

    /// <summary>An input as text; <paramref name="fallback"/> when it is missing or empty.</summary>
    public string Text(string name, string fallback = "") => ExpressionValue.ToText(Input(name)) is { Length: > 0 } text ? text : fallback;

    /// <summary>An input that is a text in both languages: an object with zh and en, or one text for both.</summary>
    public LocalizedText LocalizedText(string name) => InputReader.ToLocalizedText(Input(name));

    /// <summary>An input as a list of texts.</summary>
    public ImmutableArray<string> List(string name) => InputReader.ToList(Input(name));

    /// <summary>An input as yes or no, by the rules of truth of expressions.</summary>
    public bool Flag(string name) => InputReader.ToFlag(Input(name));

    /// <summary>An input that is the name of an enum value.</summary>
    /// <exception cref="ActivityException">It is something else.</exception>
    public T? Choice<T>(string name)
        where T : struct, Enum => Text(name) switch
        {
            "" => null,
            var text when Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) => value,
            var text => throw new ActivityException($"input '{name}' of '{Node.Id}' is '{text}', which is none of {string.Join(", ", Enum.GetNames<T>())}"),
        };

    /// <summary>
    /// An input that is a time limit, as a deadline from now: <c>4wh</c> and the like, or <c>case</c> for the case's own
    /// handling limit. Null when the input is empty.
    /// </summary>
    /// <exception cref="ActivityException">It is not a time limit.</exception>
    public Deadline? DeadlineOf(string name) => Text(name) switch
    {
        "" => null,
        "case" => Case.Due ?? (Bundle.Categories.FindLimit(Case.Category, Case.Condition) is { } limit ? Bundle.Calendar.Add(Now, limit) : null),
        var text when TimeLimit.TryParse(text, out var limit) => Bundle.Calendar.Add(Now, limit),
        var text => throw new ActivityException($"input '{name}' of '{Node.Id}' is '{text}', which is not a time limit like 2uh, 4wh, 15wm, 5wd or 3nd"),
    };

    /// <summary>Whether the drawing leads anywhere from a port of this activity.</summary>
    public bool IsConnected(string port) => Step.FindRun(Run.Parent) is { } parent
        && Definition.FindActivity(parent.ActivityId)!.Connections.Any(connection => connection.Source == Node.Id && connection.SourcePort == port);

    /// <summary>One of the answers an activity of this workflow last gave out, as text; empty when there is none.</summary>
    public string OutputOf(string activityId, string field) =>
        Scope.Outputs.GetValueOrDefault(activityId) is IReadOnlyDictionary<string, object?> answers ? ExpressionValue.ToText(answers.GetValueOrDefault(field)) : "";

    /// <summary>Changes the case's facts.</summary>
    public void ChangeCase(Func<CaseState, CaseState> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _step.Instance.Case = change(Case);
    }

    /// <summary>Whether a variable is known here by this name or id.</summary>
    public bool HasVariable(string key) => VariableScopes.Find(_step, Run, key) is not null;

    /// <summary>The value of a variable by its name or id; null when there is none.</summary>
    public object? Variable(string key) => VariableScopes.Find(_step, Run, key) is { } found ? found.Values.GetValueOrDefault(found.Name) : null;

    /// <summary>Sets a variable by its name or id: the innermost one; one of the workflow where nobody declared it. Null takes its value away.</summary>
    public void SetVariable(string key, object? value)
    {
        var found = VariableScopes.Find(_step, Run, key);
        (found?.Values ?? Scope.Variables)[found?.Name ?? key] = VariableValue.Of(found?.Declared, value);
    }

    /// <summary>Opens a work item of this run.</summary>
    public WorkItem OpenWorkItem(WorkItemKind kind, string unit, Role? role, Deadline? due, UnitPart part = UnitPart.Lead)
    {
        var item = new WorkItem(_step.NextId("w"), Run.Id, Definition.DefinitionId, Node.Id, kind, unit, role, Now) { Due = due, Part = part };
        _step.Open(item);
        return item;
    }

    /// <summary>Replaces an open work item by a changed one of the same id.</summary>
    public void ChangeWorkItem(WorkItem item) => _step.Change(item);

    /// <summary>Sets a timer of this run.</summary>
    public void SetTimer(string purpose, DateTimeOffset dueAt, string? workItem = null)
    {
        _step.SetTimer(new InstanceTimer(_step.NextId("t"), Run.Id, dueAt, purpose, workItem));
        if (workItem is null)
        {
            // A clock that watches a work item is told of with the item.
            _step.Record(HistoryKind.TimerSet, Actor.System, false, (HistoryData.Definition, Definition.DefinitionId), (HistoryData.Activity, Node.Id), ("due", dueAt.ToString("O", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Whether this activity is what started the instance, so that it need not wait. True once.</summary>
    public bool IsTrigger()
    {
        var isTrigger = _step.Trigger == Node.Id;
        _step.Trigger = isTrigger ? null : _step.Trigger;
        return isTrigger;
    }

    /// <summary>Sets a bookmark of this run.</summary>
    public InstanceBookmark SetBookmark(BookmarkKind kind, string name)
    {
        var bookmark = new InstanceBookmark(_step.NextId("b"), Run.Id, kind, name);
        _step.SetBookmark(bookmark);
        return bookmark;
    }

    /// <summary>Queues a message.</summary>
    public void Send(MessageKind kind, string recipient, Role? role, LocalizedText text) => _step.Send(kind, recipient, role, text);

    /// <summary>Queues a message for a machine; its payload is written as JSON.</summary>
    public OutgoingMessage Post(MessageKind kind, string recipient, IReadOnlyDictionary<string, object?> payload) =>
        _step.Post(kind, recipient, ExpressionJson.WriteWhole(payload));

    /// <summary>Gives something out: later activities read it as this one's output, and the drawing may keep it in a variable or give it back.</summary>
    public void SetOutput(string name, object? value)
    {
        var outputs = Scope.Outputs.GetValueOrDefault(Node.Id) as IReadOnlyDictionary<string, object?>;
        Scope.Outputs[Node.Id] = new Dictionary<string, object?>(outputs ?? ImmutableDictionary<string, object?>.Empty) { [char.ToUpperInvariant(name[0]) + name[1..]] = value };
        Scope.LastResult = value;
        if (!Node.Inputs.TryGetValue(name, out var target) || InputReader.MemoryReference(target) is not { } reference)
        {
            return;
        }

        if (HasVariable(reference))
        {
            SetVariable(reference, value);
        }
        else if (Definition.Outputs.Any(output => output.Name == reference))
        {
            Scope.Results[reference] = value;
        }
    }

    /// <summary>Adds to the history. Empty values are left out.</summary>
    public void Record(HistoryKind kind, bool isPublic, params ReadOnlySpan<(string Name, string? Value)> data) => _step.Record(kind, Actor, isPublic, data);

    /// <summary>The unit a name means for this case.</summary>
    /// <exception cref="ActivityException">The name is not a unit's, or what it refers to is not known.</exception>
    public string ResolveUnit(string name) => !UnitKey.IsWellFormed(name)
        ? throw new ActivityException($"'{name}' is not a unit: write dept:…, area:…, {string.Join(", ", UnitKey.RelativeNames)}")
        : UnitKey.Resolve(name, Case) ?? throw new ActivityException($"'{name}' means no unit for this case: its {(name == "@lead" ? "lead unit" : "place")} is not known");

    /// <summary>A copy of <paramref name="text"/> with placeholders filled in: {number}, {title}, {category}, {answer}, {due}.</summary>
    public LocalizedText Fill(LocalizedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var due = Case.Due is { } deadline ? TimeZoneInfo.ConvertTime(deadline.DueAt, Bundle.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
        var category = Bundle.Categories.Find(Case.Category)?.Name ?? Definitions.LocalizedText.Empty;
        return new LocalizedText(Fill(text.Zh, category.Zh), Fill(text.En, category.En));

        string Fill(string template, string about) => template
            .Replace("{category}", about, StringComparison.Ordinal)
            .Replace("{number}", Case.Number, StringComparison.Ordinal)
            .Replace("{title}", Case.Title, StringComparison.Ordinal)
            .Replace("{answer}", Case.Answer ?? "", StringComparison.Ordinal)
            .Replace("{due}", due, StringComparison.Ordinal);
    }
}
