using System.Globalization;
using GridFlow.Designer;
using GridFlow.Designer.Comparison;
using GridFlow.Server.Accounts;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Drafts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Drafts;

/// <summary>A draft as a whole: what is wrong with it, what it changes, and what is to become of it.</summary>
public sealed partial class DraftPage : IDisposable
{
    private const int ProblemsShown = 50;
    private const int EditsShown = 50;

    private static readonly (string Part, string Href, string Label, string Icon)[] Parts =
    [
        ("definitions", "/admin/flows", "PartFlows", "flow"), ("routing", "/admin/routing", "PartRouting", "routing"),
        ("categories", "/admin/categories", "PartCategories", "cases"), ("calendar", "/admin/calendar", "PartCalendar", "clock"),
        ("rules", "/admin/rules", "PartRules", "flag"),
    ];

    private readonly HashSet<string> _mine = [];
    private readonly HashSet<string> _theirs = [];
    private Draft? _draft;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<EditConflict> _conflicts = [];
    private IReadOnlyList<(int Version, DateTimeOffset At, string Name, IReadOnlyList<CellChange> Changes)> _edits = [];
    private IReadOnlyList<DraftVisitor> _visitors = [];
    private PeopleNames _people = PeopleNames.AsWritten;
    private Dictionary<string, int> _changesByPart = [];
    private DraftQuestion? _question;
    private IDisposable? _visit;
    private string? _done;
    private string? _refusal;
    private string _me = "";
    private bool _mayPublish;
    private int _changes;
    private int _inForce;

    [Inject]
    public required DraftStore Store { get; init; }

    [Inject]
    public required DraftPublisher Publisher { get; init; }

    [Inject]
    public required BundleStore Bundles { get; init; }

    [Inject]
    public required AccountQueries Accounts { get; init; }

    [Inject]
    public required DraftFeed Feed { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [Parameter]
    public int Id { get; set; }

    private static string Separator => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "、" : ", ";

    public void Dispose()
    {
        Feed.Edited -= NoteEdit;
        Feed.VisitorsChanged -= NoteVisitors;
        _visit?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var user = await AuthenticationState.GetUserAsync();
        (_me, _mayPublish) = (user.AccountId, user.Can(Permission.Publish));
        await LoadAsync();
        if (_draft is null)
        {
            Navigator.NotFound();
            return;
        }

        if (RendererInfo.IsInteractive && _visit is null)
        {
            Feed.Edited += NoteEdit;
            Feed.VisitorsChanged += NoteVisitors;
            _visit = Feed.Enter(Id, new DraftVisitor(user.AccountId, user.DisplayName, ""));
        }
    }

    private async Task LoadAsync()
    {
        _draft = await Store.FindAsync(Id);
        if (_draft is not { } draft)
        {
            return;
        }

        _inForce = (await Bundles.GetCurrentAsync(CancellationToken.None)).Number;
        _problems = draft.Status is DraftStatus.Published or DraftStatus.Discarded ? [] : await Bundles.CheckAsync(draft.Content);
        _edits = await Store.EditsAsync(Id, EditsShown);
        _people = await Accounts.GetNamesOfAsync([draft.Author, draft.ChangedBy, draft.Publication.RequestedBy, .. _edits.Select(edit => edit.Name)]);
        var changes = draft.Changes;
        _changes = changes.Count;
        _changesByPart = changes.GroupBy(change => CellPath.PartOf(change.Path)).ToDictionary(group => group.Key, group => group.Count());
        _visitors = [.. Feed.VisitorsOf(Id).Where(visitor => visitor.AccountId != _me).DistinctBy(visitor => visitor.AccountId)];
    }

    private void NoteEdit(DraftEdited edited)
    {
        if (edited.DraftId == Id)
        {
            _ = InMyLanguageAsync(LoadAsync);
        }
    }

    private void NoteVisitors(int draftId)
    {
        if (draftId == Id)
        {
            _ = InMyLanguageAsync(() =>
            {
                _visitors = [.. Feed.VisitorsOf(Id).Where(visitor => visitor.AccountId != _me).DistinctBy(visitor => visitor.AccountId)];
                return Task.CompletedTask;
            });
        }
    }

    private void Ask(DraftQuestion question) => (_question, _done, _refusal) = (question, null, null);

    private async Task AnswerAsync(DraftAnswer answer)
    {
        var user = await AuthenticationState.GetUserAsync();
        var outcome = (_question, _mayPublish) switch
        {
            (DraftQuestion.Publish, true) => await Publisher.PublishAsync(Id, answer.Reason, answer.At, user),
            (DraftQuestion.Publish, false) => await Publisher.RequestAsync(Id, answer.Reason, answer.At, user),
            (DraftQuestion.Request, _) => await Publisher.RequestAsync(Id, answer.Reason, answer.At, user),
            (DraftQuestion.Reopen, _) => await Publisher.ReopenAsync(Id, answer.Reason, user),
            _ => await Publisher.DiscardAsync(Id, user),
        };
        var asked = _question;
        _question = null;
        (_done, _refusal) = outcome switch
        {
            DraftOutcome.Published published => (Text["DonePublished", published.Number].Value, null),
            DraftOutcome.Scheduled scheduled => (Text["DoneScheduled", Local(scheduled.At)].Value, null),
            DraftOutcome.Done => (Text["Done" + asked].Value, null),
            DraftOutcome.Outdated outdated => (null, Text["Outdated", outdated.InForce].Value),
            DraftOutcome.Faulty faulty => (null, Text["Faulty", faulty.Problems.Count(problem => problem.IsError)].Value),
            DraftOutcome.Refused refused => ((string?)null, Text["Refusal" + refused.Why, DraftPublisher.LongestReason].Value),
            _ => (null, null),
        };
        await LoadAsync();
    }

    private void Choose(string path, bool isMine)
    {
        (isMine ? _mine : _theirs).Add(path);
        (isMine ? _theirs : _mine).Remove(path);
    }

    private async Task TakeInAsync()
    {
        switch (await Store.RebaseAsync(Id, _mine, _theirs, await AuthenticationState.GetUserAsync()))
        {
            case EditResult.Conflicting conflicting:
                _conflicts = [.. _conflicts, .. conflicting.Conflicts.Where(found => !_conflicts.Any(known => known.Wanted.Path == found.Wanted.Path))];
                break;
            case EditResult.Kept:
                (_conflicts, _done) = ([], Text["TakenIn", _inForce]);
                _mine.Clear();
                _theirs.Clear();
                break;
        }

        await LoadAsync();
    }

    private static string Short(string? json) => FlowComparison.Readable(json) ?? "…";

    private static string StatusBadge(DraftStatus status) => status switch
    {
        DraftStatus.Open => "badge badge-info",
        DraftStatus.Published => "badge badge-ok",
        DraftStatus.Discarded => "badge",
        _ => "badge badge-warn",
    };

    private string HrefOf(Problem problem) => problem.Path.Split('/') switch
    {
        ["definitions", var flow, var node, ..] => $"/admin/flows/{Uri.EscapeDataString(flow)}?draft={Id}&step={Uri.EscapeDataString(node)}",
        ["definitions", var flow] => $"/admin/flows/{Uri.EscapeDataString(flow)}?draft={Id}",
        ["routing", var row, ..] => $"/admin/routing?draft={Id}&row={Uri.EscapeDataString(row)}",
        ["categories", ..] => $"/admin/categories?draft={Id}&at={Uri.EscapeDataString(problem.Path["categories/".Length..])}",
        _ => $"/admin/calendar?draft={Id}",
    };

    private string WhereOf(Problem problem) => problem.Path.Split('/') switch
    {
        ["definitions", var flow, var node, ..] when _draft!.Content.FindDefinition(flow) is { } definition => $"{definition.Name} › {(definition.FindActivity(node) is { } found ? StepWords.Title(found) : node)}",
        ["routing", var row, ..] => Text["RowNumbered", row],
        ["categories", ..] => _draft!.Content.Categories.Find(problem.Path["categories/".Length..])?.Name.ToString() ?? Text["PartCategories"],
        _ => problem.Path,
    };

    private string NameOfPart(string part) => CellPath.Split(part) switch
    {
        ["definitions", var flow] => _draft!.Content.FindDefinition(flow)?.Name.ToString() ?? flow,
        ["routing"] => Text["PartRouting"],
        ["categories"] => Text["PartCategories"],
        _ => Text["PartCalendar"],
    };

    private string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _draft!.Base.Calendar.Zone).ToString(
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "M月d日 HH:mm" : "d MMM HH:mm", CultureInfo.CurrentCulture);
}
