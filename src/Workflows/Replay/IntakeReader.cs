using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Replay;

/// <summary>
/// Reads from a history how intake ended. Intake is over when the case has a lead unit and something of another workflow than
/// the one it began with happens; when the case ends; or where the history does. A workflow called before a unit is named, to
/// sort for example, belongs to intake.
/// </summary>
/// <param name="report">The report as it came in.</param>
/// <param name="intake">The workflow it began with.</param>
/// <param name="bundle">The bundle the history came about under, for its forms; null when it is not known.</param>
/// <param name="orElse">The bundle whose forms are taken where the other does not know a step.</param>
internal sealed class IntakeReader(CaseState report, string intake, Bundle? bundle, Bundle orElse)
{
    private readonly Dictionary<string, StepRef> _open = [];
    private readonly Dictionary<string, (StepRef Step, DateTimeOffset At)> _cancelled = [];
    private CaseState _case = report;
    private IntakeOutcome _outcome = new();
    private bool _isTakenBack;

    /// <summary>Intake is over; what comes after does not count.</summary>
    public bool IsOver => _isTakenBack || _outcome.Workflow is not null || _outcome.Ended;

    /// <summary>The case's facts as far as the history tells them.</summary>
    public CaseState Case => _case;

    /// <summary>Reads one entry more.</summary>
    public void Read(HistoryEntry entry)
    {
        if (IsOver)
        {
            return;
        }

        if (Begun(entry) is { } begun)
        {
            _outcome = _outcome with { Workflow = begun, Incident = entry.Kind == HistoryKind.Incident ? StepOf(entry) : _outcome.Incident };
            return;
        }

        switch (entry.Kind)
        {
            case HistoryKind.Classified:
                _case = _case with { Category = entry.Data.GetValueOrDefault(HistoryData.Category) };
                break;
            case HistoryKind.Routed:
                ReadRouting(entry);
                break;
            case HistoryKind.TierChanged:
                _case = _case with { Tier = TierOf(entry, "to") };
                break;
            case HistoryKind.WorkItemOpened:
                _open[ItemOf(entry)] = StepOf(entry);
                _outcome = _outcome with { AskedPerson = true };
                break;
            case HistoryKind.WorkItemCompleted:
                _open.Remove(ItemOf(entry));
                ReadAnswers(entry);
                break;
            case HistoryKind.WorkItemCancelled:
                if (_open.Remove(ItemOf(entry), out var cancelled))
                {
                    _cancelled[ItemOf(entry)] = (cancelled, entry.At);
                }

                break;
            case HistoryKind.Incident:
                _outcome = _outcome with { Incident = StepOf(entry) };
                break;
            case HistoryKind.Withdrawn:
                TakeBack(entry);
                break;
            case HistoryKind.Closed or HistoryKind.Reopened:
                _outcome = _outcome with { Ended = true };
                break;
        }
    }

    /// <summary>How it stands.</summary>
    public IntakeOutcome ToOutcome() => _outcome with
    {
        Category = _case.Category,
        Tier = _case.Tier,
        Lead = _case.LeadUnit,
        Assisting = _case.AssistingUnits,
        WaitsAt = _outcome.Workflow is not null || _outcome.Ended || _open.Count == 0 ? null : _open.Values.OrderBy(step => step.Activity, StringComparer.Ordinal).First(),
    };

    /// <summary>What a person answered in each field that fills a fact, by the fact.</summary>
    public static IEnumerable<FormField> FieldsOf(Bundle? bundle, Bundle orElse, StepRef step, string outcome)
    {
        var definition = bundle?.FindDefinition(step.Definition) is { } known && known.FindActivity(step.Activity) is not null ? known : orElse.FindDefinition(step.Definition);
        if (definition?.FindActivity(step.Activity) is not { } node)
        {
            return [];
        }

        var form = WorkItemForm.Of(node);
        return form.FindOutcome(outcome) is { } chosen ? form.FieldsOf(chosen) : [];
    }

    public static StepRef StepOf(HistoryEntry entry) => new(entry.Data.GetValueOrDefault(HistoryData.Definition, ""), entry.Data.GetValueOrDefault(HistoryData.Activity, ""));

    private static string ItemOf(HistoryEntry entry) => entry.Data.GetValueOrDefault(HistoryData.Item, "");

    private static CaseTier? TierOf(HistoryEntry entry, string name) => Enum.TryParse<CaseTier>(entry.Data.GetValueOrDefault(name), out var tier) ? tier : null;

    // The workflow that handles the case, if this entry is of it.
    private string? Begun(HistoryEntry entry)
    {
        if (_case.LeadUnit is null)
        {
            return null;
        }

        return PassedStep.Read(entry, HistoryData.Via).Select(step => step.Definition)
            .Append(entry.Data.GetValueOrDefault(HistoryData.Definition, ""))
            .Concat(PassedStep.Read(entry, HistoryData.Then).Select(step => step.Definition))
            .FirstOrDefault(definition => definition.Length > 0 && definition != intake);
    }

    // Who takes a waiting case back says nothing about the way it would have gone: it counts as it stood just before.
    private void TakeBack(HistoryEntry entry)
    {
        foreach (var (item, cancelled) in _cancelled.Where(item => item.Value.At == entry.At))
        {
            _open[item] = cancelled.Step;
        }

        _isTakenBack = _open.Count > 0;
        _outcome = _outcome with { Ended = !_isTakenBack };
    }

    private void ReadRouting(HistoryEntry entry)
    {
        var limit = entry.Data.GetValueOrDefault(HistoryData.Limit);
        _case = _case with
        {
            LeadUnit = entry.Data.GetValueOrDefault(HistoryData.Lead),
            AssistingUnits = [.. entry.Data.GetValueOrDefault(HistoryData.Assisting, "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Tier = TierOf(entry, HistoryData.Tier),
        };
        _outcome = _outcome with
        {
            Row = int.TryParse(entry.Data.GetValueOrDefault(HistoryData.Row), CultureInfo.InvariantCulture, out var row) ? row : null,
            Limit = limit == HistoryData.NoLimit ? null : limit,
            KnowsLimit = limit is not null,
            Due = DateTimeOffset.TryParse(entry.Data.GetValueOrDefault(HistoryData.Due), CultureInfo.InvariantCulture, out var due) ? due : null,
        };
    }

    private void ReadAnswers(HistoryEntry entry)
    {
        if (entry.Data.ContainsKey(HistoryData.Incident))
        {
            _outcome = _outcome with { Incident = null };
            return;
        }

        var category = _case.Category;
        foreach (var field in FieldsOf(bundle, orElse, StepOf(entry), entry.Data.GetValueOrDefault(HistoryData.Outcome, "")))
        {
            _case = CaseFields.Apply(_case, field, entry.Data.GetValueOrDefault(HistoryData.Field + field.Name, ""), bundle ?? orElse);
        }

        // Sorted anew, it is to be routed anew: the row that held for the other category says nothing any more.
        _outcome = _outcome with { Row = _case.Category == category ? _outcome.Row : null };
    }
}
