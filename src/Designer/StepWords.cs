using System.Globalization;
using System.Text.Json;
using GridFlow.Designer.Canvas;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Designer;

/// <summary>Says a step in the reader's words: its name, who does it, how long it may take, how it can end.</summary>
/// <param name="text">The texts of this project.</param>
/// <param name="unitNames">What units named in the definition are called, by unit key; relative names need none.</param>
public sealed class StepWords(IStringLocalizer<DesignerText> text, IReadOnlyDictionary<string, string>? unitNames = null)
{
    /// <summary>What went through the workflow; outcomes then tell their share. Null where that is not asked.</summary>
    public FlowTraffic? Traffic { get; init; }

    /// <summary>What its drawer called it, else its type's own name. <see cref="Name"/> says the latter in the reader's words.</summary>
    public static string Title(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Given(node) is { Length: > 0 } given ? given : node.Type[(node.Type.LastIndexOf('.') + 1)..];
    }

    /// <summary>What its drawer called it, else what kind of step it is.</summary>
    public string Name(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Given(node) is { Length: > 0 } given ? given : Kind(node);
    }

    /// <summary>What kind of step it is: "Human task", "Decision".</summary>
    public string Kind(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        // A type may say what it is of: Elsa.ForEach<String>.
        var type = node.Type.Split('<')[0];
        var name = type[(type.LastIndexOf('.') + 1)..];
        var kind = text["Kind" + name];
        return kind.ResourceNotFound ? name : kind.Value;
    }

    /// <summary>The name of an outcome, with its share of the traffic where that is known; empty for the plain end of a step and for branches that are all taken.</summary>
    public string Outcome(ActivityNode node, string port)
    {
        ArgumentNullException.ThrowIfNull(node);
        var name = OutcomeName(node, port);
        const double All = 0.995;
        return Traffic?.ShareOf(node.Id, port) is not { } share || (name.Length == 0 && (share >= All || StepKind.Of(node.Type).Shape == StepShape.Bar))
            ? name
            : $"{name} {Percent(share)}".Trim();
    }

    /// <summary>"62%"; what hardly ever happens is not said to be nothing.</summary>
    public static string Percent(double share) => share is > 0 and < 0.01 ? "<1%" : share.ToString("0%", CultureInfo.CurrentCulture);

    private string OutcomeName(ActivityNode node, string port)
    {
        if (port is "Done" or "" || StepKind.Of(node.Type).Shape == StepShape.Bar)
        {
            return "";
        }

        if (FormOf(node)?.FindOutcome(port)?.Label.ToString() is { Length: > 0 } label)
        {
            return label;
        }

        var known = text["Port" + port];
        return known.ResourceNotFound ? port : known.Value;
    }

    /// <summary>What a place within another step is called: the branches of an If, the body of a loop.</summary>
    public string Slot(string slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        var way = slot.Split('/');
        var known = text["Slot" + way[0]];
        var name = known.ResourceNotFound ? way[0] : known.Value;
        return way.Length > 1 && int.TryParse(way[1], CultureInfo.InvariantCulture, out var index) ? $"{name} {(index + 1).ToString(CultureInfo.CurrentCulture)}" : name;
    }

    /// <summary>Who is asked to do it; null where the system does it.</summary>
    public string? Who(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        switch (node.Type)
        {
            case "GridFlow.Whistle":
                return text["WhoWhistled"];
            case "GridFlow.AskRating":
                return text["WhoReporter"];
            case "GridFlow.HumanTask" or "GridFlow.Approval":
                var unit = Unit(Literal(node, "unit") is { Length: > 0 } given ? given : "@lead");
                return Enum.TryParse<Role>(Literal(node, "role"), out var role) ? text["UnitAndRole", unit, text[$"Role{role}"]] : unit;
            default:
                return null;
        }
    }

    /// <summary>How long it may take; null where nothing is said.</summary>
    public string? Limit(ActivityNode node) => Literal(node, "limit") switch
    {
        null or "" => null,
        "case" => text["LimitCase"],
        var written => TimeLimit.TryParse(written, out var limit) ? DeadlineExplainer.Describe(limit, CultureInfo.CurrentUICulture) : written,
    };

    /// <summary>What people call a unit.</summary>
    public string Unit(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (unitNames?.GetValueOrDefault(key) is { } name)
        {
            return name;
        }

        var known = text["Unit" + key.TrimStart('@')];
        return known.ResourceNotFound ? key : known.Value;
    }

    /// <summary>Unit keys that only the host can name.</summary>
    public static IEnumerable<string> UnitsIn(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.AllActivities().Select(node => Literal(node, "unit")).OfType<string>()
            .Where(key => UnitKey.AreaOf(key) is not null || UnitKey.DepartmentOf(key) is not null).Distinct();
    }

    private static string Given(ActivityNode node) =>
        node.DisplayText.ToString() is { Length: > 0 } text ? text : node.Name == node.Id ? "" : node.Name;

    public static WorkItemForm? FormOf(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        try
        {
            return StepKind.Of(node.Type).Shape == StepShape.Task ? WorkItemForm.Of(node) : null;
        }
        catch (JsonException)
        {
            // The validator says so; a picture can do without.
            return null;
        }
    }

    private static string? Literal(ActivityNode node, string name) =>
        node.Inputs.TryGetValue(name, out var input) && input is { ExpressionType: "Literal", Value.ValueKind: JsonValueKind.String } ? input.Text : null;
}
