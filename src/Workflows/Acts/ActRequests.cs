using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts;

/// <summary>What the work items that acts open have in common.</summary>
internal static class ActRequests
{
    public const string Agree = "Agree";
    public const string Refuse = "Refuse";
    public const string Done = "Done";
    public const string Level = "level";

    /// <summary>The account that asks; shown to nobody.</summary>
    public const string Asker = "asker";

    /// <summary>A form on which somebody says yes or no to what was asked.</summary>
    public static WorkItemForm YesOrNo(string zh, string en, LocalizedText instructions, params ImmutableArray<FormField> fields) => new(
        new LocalizedText(zh, en), instructions,
        [
            new WorkItemOutcome { Name = Agree, Label = new LocalizedText("同意", "Agree") },
            new WorkItemOutcome { Name = Refuse, Label = new LocalizedText("不同意", "Refuse"), NeedsComment = true },
        ],
        fields.IsDefault ? [] : fields);

    /// <summary>A form on which somebody says that something is done.</summary>
    public static WorkItemForm JustDone(string zh, string en, LocalizedText instructions, LocalizedText button, params ImmutableArray<FormField> fields) => new(
        new LocalizedText(zh, en), instructions, [new WorkItemOutcome { Name = Done, Label = button }], fields.IsDefault ? [] : fields);

    public static FormField Unit(string name, string zh, string en) => new() { Name = name, Kind = FieldKind.Unit, Required = true, Label = new LocalizedText(zh, en) };

    public static FormField Units(string name, string zh, string en, bool required = true) => new() { Name = name, Kind = FieldKind.Units, Required = required, Label = new LocalizedText(zh, en) };

    /// <summary>Which of the deciders has decided, from 0.</summary>
    public static int LevelOf(WorkItem request) => request.Asked?.GetValueOrDefault(Level) is { } level ? int.Parse(level, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>Takes back what was asked about a work item that is gone.</summary>
    public static void Cancel(Step step, string item) => CloseAll(step, request => request.About == item);

    /// <summary>A case that is over needs no decision any more; what only is to be read can still be read, and an appeal comes after the end.</summary>
    public static void CancelAll(Step step) =>
        CloseAll(step, item => item.Kind != WorkItemKind.Reading && CaseActCatalog.ActOf(item) != nameof(Clocks.Appeal));

    private static void CloseAll(Step step, Func<WorkItem, bool> which)
    {
        foreach (var item in step.Instance.WorkItems.Where(item => item.Run == 0 && which(item)).ToList())
        {
            step.Close(item, null, Actor.System, null);
            step.Record(HistoryKind.WorkItemCancelled, Actor.System, false, ("item", item.Id));
        }
    }
}
