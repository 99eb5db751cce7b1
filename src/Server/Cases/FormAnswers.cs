using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Cases;

namespace GridFlow.Server.Cases;

/// <summary>What a person has filled in of a work item's form so far, as text by field name.</summary>
public sealed class FormAnswers
{
    private const string OutcomeKey = "outcome";
    private const string CommentKey = "comment";
    private const string FieldKey = "field:";
    private readonly Dictionary<string, string> _values = [];

    public string Outcome { get; set; } = "";

    public string Comment { get; set; } = "";

    /// <summary>The answer to a field; several units are separated by commas.</summary>
    public string this[string field]
    {
        get => _values.GetValueOrDefault(field, "");
        set => _values[field] = value;
    }

    /// <summary>The name an input has in the document, by which a draft is kept.</summary>
    public static string InputName(FormField field) => FieldKey + field.Name;

    /// <summary>Answers as a script sends them.</summary>
    /// <exception cref="BadHttpRequestException">A text holds half a character, which is none.</exception>
    public static ImmutableDictionary<string, object?> Read(IReadOnlyDictionary<string, JsonElement>? fields)
    {
        try
        {
            return (fields ?? ImmutableDictionary<string, JsonElement>.Empty).ToImmutableDictionary(field => field.Key, field => InputReader.FromJson(field.Value));
        }
        catch (InvalidOperationException problem)
        {
            throw new BadHttpRequestException(problem.Message, problem);
        }
    }

    /// <summary>Fills fields from the case's facts, so that what is right already needs no typing.</summary>
    public static FormAnswers From(WorkItemForm form, CaseDetail? facts)
    {
        var answers = new FormAnswers { Outcome = form.Outcomes.FirstOrDefault()?.Name ?? "" };
        foreach (var field in form.Fields)
        {
            answers[field.Name] = field.Fills switch
            {
                "category" => facts?.CategoryKey ?? "",
                "tier" => facts?.Tier?.ToString() ?? "",
                "lead" => facts?.Lead?.Key ?? "",
                "assisting" => string.Join(',', facts?.Assisting.Select(unit => unit.Key) ?? []),
                _ => "",
            };
        }

        return answers;
    }

    /// <summary>What was written into the form, in lines of their own; what was only chosen, or stood there from the beginning, is not among it.</summary>
    public string Written(WorkItemForm form, CaseDetail? facts, CaseWords words)
    {
        var before = From(form, facts);
        var lines = form.Fields.Where(field => field.Kind is (FieldKind.Text or FieldKind.LongText or FieldKind.Number or FieldKind.Date) && this[field.Name].Trim().Length > 0 && this[field.Name] != before[field.Name])
            .Select(field => words.Answered(field.Label.ToString(), this[field.Name].Trim()));
        return string.Join('\n', lines.Append(Comment.Trim()).Where(line => line.Length > 0));
    }

    /// <summary>Takes over a draft that was kept under the names of the inputs.</summary>
    public void Restore(IReadOnlyDictionary<string, string> draft, WorkItemForm form)
    {
        foreach (var (name, value) in draft)
        {
            if (name == OutcomeKey && form.FindOutcome(value) is not null)
            {
                Outcome = value;
            }
            else if (name == CommentKey)
            {
                Comment = value;
            }
            else if (name.StartsWith(FieldKey, StringComparison.Ordinal))
            {
                _values[name[FieldKey.Length..]] = value;
            }
        }
    }

    /// <summary>The same for the form of an act, which has no outcomes.</summary>
    public void Restore(IReadOnlyDictionary<string, string> draft)
    {
        foreach (var (name, value) in draft)
        {
            if (name == CommentKey)
            {
                Comment = value;
            }
            else if (name.StartsWith(FieldKey, StringComparison.Ordinal))
            {
                _values[name[FieldKey.Length..]] = value;
            }
        }
    }

    /// <summary>The answers of the chosen outcome as the engine takes them; what is empty is left out.</summary>
    public ImmutableDictionary<string, object?> ToFields(WorkItemForm form) => ToFields(form.FindOutcome(Outcome) is { } outcome ? form.FieldsOf(outcome) : []);

    /// <summary>The answers to these fields as the engine takes them; what is empty is left out.</summary>
    public ImmutableDictionary<string, object?> ToFields(IEnumerable<FormField> asked)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var field in asked)
        {
            if (this[field.Name].Trim() is { Length: > 0 } answer)
            {
                fields[field.Name] = field.Kind switch
                {
                    FieldKind.Number when double.TryParse(answer, CultureInfo.InvariantCulture, out var number) => number,
                    FieldKind.YesNo => answer == "true",
                    FieldKind.Units => answer.Split(',', StringSplitOptions.RemoveEmptyEntries).Cast<object?>().ToList(),
                    _ => answer,
                };
            }
        }

        return fields.ToImmutable();
    }
}
