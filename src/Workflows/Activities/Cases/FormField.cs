using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>What a form field takes.</summary>
public enum FieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>One of the field's options.</summary>
    Choice,

    /// <summary>A date, as yyyy-MM-dd.</summary>
    Date,

    /// <summary>A unit key.</summary>
    Unit,

    /// <summary>Several unit keys.</summary>
    Units,

    /// <summary>A category key.</summary>
    Category,

    /// <summary>A tier.</summary>
    Tier,

    /// <summary>A colleague, as <see cref="FieldPerson"/> writes one. For acts; a drawing names units and roles.</summary>
    Person,

    /// <summary>Another case, by its number. For acts.</summary>
    Case,
}

/// <summary>A field of the form a person fills in to complete a work item. Part of the definition, drawn by an administrator.</summary>
public sealed record FormField
{
    /// <summary>The longest answer taken, in characters.</summary>
    public const int MaxLength = 10_000;

    /// <summary>How answers and expressions refer to it: <c>outputs.{activity}.{name}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The label.</summary>
    public LocalizedText Label { get; init; } = LocalizedText.Empty;

    /// <summary>What a good answer contains.</summary>
    public LocalizedText Hint { get; init; } = LocalizedText.Empty;

    /// <summary>What it takes.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>It may not stay empty.</summary>
    public bool Required { get; init; }

    /// <summary>For choices.</summary>
    public ImmutableArray<FieldOption> Options { get; init; } = [];

    /// <summary>The outcomes it belongs to; empty for all.</summary>
    public ImmutableArray<string> For { get; init; } = [];

    /// <summary>The fact of the case its answer becomes: answer, category, condition, tier, lead, assisting; null for none.</summary>
    public string? Fills { get; init; }

    /// <summary>Whether an answer has the right form for this field under the rules of <paramref name="bundle"/>.</summary>
    public bool Accepts(object? answer, Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var text = ExpressionValue.ToText(answer);
        if (text.Length == 0 || answer is IReadOnlyList<object?> { Count: 0 })
        {
            return !Required;
        }

        return text.Length <= MaxLength && Kind switch
        {
            FieldKind.Text or FieldKind.LongText => true,
            FieldKind.Number => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
            FieldKind.YesNo => answer is bool || text is "true" or "false",
            FieldKind.Choice => Options.Any(option => option.Value == text),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            FieldKind.Unit => UnitKey.IsWellFormed(text),
            FieldKind.Units => InputReader.ToList(answer).All(UnitKey.IsWellFormed),
            FieldKind.Category => bundle.Categories.Find(text) is { IsGroup: false },
            FieldKind.Person => FieldPerson.IsOne(text),
            FieldKind.Case => text.Length <= WorkflowInstance.MaxIdLength,
            FieldKind.Tier => Enum.TryParse<CaseTier>(text, out var tier) && Enum.IsDefined(tier),
        };
    }
}

/// <summary>A person as the answer of a field: the account's id, a bar, and the name people know.</summary>
public static class FieldPerson
{
    /// <summary>Writes one.</summary>
    public static string Write(string id, string name) => $"{id}|{name}";

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static (string Id, string Name) Read(string text) => IsOne(text) ? (text[..text.IndexOf('|', StringComparison.Ordinal)], text[(text.IndexOf('|', StringComparison.Ordinal) + 1)..]) : throw new FormatException($"'{text}' is no person.");

    internal static bool IsOne(string text) => text.IndexOf('|', StringComparison.Ordinal) > 0;
}

/// <summary>One option of a choice.</summary>
public sealed record FieldOption(string Value, LocalizedText Label);

/// <summary>One way a work item can end; a port of its activity.</summary>
public sealed record WorkItemOutcome
{
    /// <summary>The port's name.</summary>
    public required string Name { get; init; }

    /// <summary>The text of the button.</summary>
    public LocalizedText Label { get; init; } = LocalizedText.Empty;

    /// <summary>Choosing it needs a word of explanation: a return, a refusal.</summary>
    public bool NeedsComment { get; init; }

    /// <summary>It sends the matter back (退回): counted, and capped by <see cref="CaseRules.MaxReturns"/>.</summary>
    public bool IsReturn { get; init; }

    /// <summary>It reports the matter done (办结): not while parts of it are still being handled elsewhere.</summary>
    public bool Reports { get; init; }
}
