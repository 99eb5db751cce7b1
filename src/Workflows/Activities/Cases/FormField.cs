using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
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
            FieldKind.Tier => Enum.TryParse<CaseTier>(text, out var tier) && Enum.IsDefined(tier),
        };
    }
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
}
