using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Radzen;

namespace GridFlow.Server.Routing;

public sealed partial class RoutingPage
{
    private const int PageSize = 20;
    private Bundle? _bundle;
    private RoutingDraft? _draft;
    private RoutingNames? _names;
    private RoutingWords? _words;
    private IReadOnlyList<Problem> _problems = [];
    private DraftRow? _edited;
    private string _search = "";
    private string? _done;
    private bool _onlyProblems;
    private bool _isPublishing;
    private int? _outdated;
    private int _skip;

    [Inject]
    public required RoutingQueries Queries { get; init; }

    [Inject]
    public required RoutingCommands Commands { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    private bool IsDirty => _draft is { Changes.IsEmpty: false };

    // Moving among some rows would jump over others unseen.
    private bool IsFiltered => _search.Trim().Length > 0 || _onlyProblems;

    private List<DraftRow> Found => [.. _draft!.Rows.Where(row =>
        (_search.Trim().Length == 0 || _words!.Searchable(row.Row).Contains(_search.Trim(), StringComparison.OrdinalIgnoreCase))
        && (!_onlyProblems || ProblemsOf(row).Count > 0))];

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _bundle = await Queries.GetCurrentAsync();
        _draft = new RoutingDraft(_bundle.Number, _bundle.Routing.Rows);
        _edited = null;
        _outdated = null;
        await RefreshAsync();
    }

    private async Task ReloadAsync()
    {
        _done = null;
        await LoadAsync();
    }

    private async Task KeepMineAsync()
    {
        _bundle = await Queries.GetCurrentAsync();
        _draft!.Rebase(_bundle.Number, _bundle.Routing.Rows);
        _outdated = null;
        _done = Text["KeptMine", _bundle.Number];
        await RefreshAsync();
    }

    // Names and checks follow every change.
    private async Task RefreshAsync()
    {
        var rows = _draft!.Rows.Select(row => row.Row).ToList();
        var changes = _draft.Changes;
        _names = await Queries.GetNamesAsync(_bundle!, [.. rows, .. changes.Removed, .. changes.Changed.Select(change => change.Before)]);
        _words = new RoutingWords(Text, _names);
        _problems = await Queries.CheckAsync(_bundle!, rows);
        _onlyProblems &= _problems.Count > 0;
        if (_skip >= rows.Count)
        {
            _skip = 0;
        }
    }

    private Task AddAsync()
    {
        (_search, _onlyProblems, _skip, _done) = ("", false, 0, null);
        _edited = _draft!.Add();
        return RefreshAsync();
    }

    private void Edit(DraftRow row)
    {
        _done = null;
        _edited = row;
    }

    private void ShowRow(int number)
    {
        if (_draft!.Rows.FirstOrDefault(row => row.Row.Number == number) is { } row)
        {
            Edit(row);
        }
    }

    private Task ChangeAsync(RoutingRow row)
    {
        _edited!.Row = row;
        return RefreshAsync();
    }

    private Task DuplicateAsync()
    {
        _edited = _draft!.Duplicate(_edited!);
        return RefreshAsync();
    }

    private Task DeleteAsync()
    {
        _draft!.Delete(_edited!);
        _edited = null;
        return RefreshAsync();
    }

    private void Move(DraftRow row, int by) => _draft!.Move(row, by);

    private async Task PublishAsync(string reason)
    {
        var result = await Commands.PublishAsync(_draft!.BaseNumber, [.. _draft.Rows.Select(row => row.Row)], reason, await AuthenticationState.GetUserAsync());
        _isPublishing = false;
        switch (result)
        {
            case PublishResult.Published published:
                await LoadAsync();
                _done = Text["Published", published.Number];
                break;
            case PublishResult.Outdated outdated:
                _outdated = outdated.InForce;
                break;
            case PublishResult.Refused refused:
                _problems = refused.Problems;
                break;
        }
    }

    private async Task GuardAsync(LocationChangingContext context)
    {
        if (IsDirty && !await Script.InvokeAsync<bool>("confirm", Text["Leave"].Value))
        {
            context.PreventNavigation();
        }
    }

    private DraftRow? RowOf(Problem problem) => problem.Path.StartsWith("routing/", StringComparison.Ordinal)
        ? _draft!.Rows.FirstOrDefault(row => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"routing/{row.Row.Number}") == problem.Path)
        : null;

    private List<string> ProblemsOf(DraftRow row) =>
        [.. _problems.Where(problem => problem.Path == string.Create(System.Globalization.CultureInfo.InvariantCulture, $"routing/{row.Row.Number}")).Select(problem => problem.Message.ToString())];

    private void Mark(RowRenderEventArgs<DraftRow> args) =>
        args.Attributes["class"] = args.Data == _edited ? "is-edited" : ProblemsOf(args.Data!).Count > 0 ? "has-problem" : "";

    private string Consequences(DraftRow row)
    {
        List<string?> parts =
        [
            row.Row.Assisting.IsEmpty ? null : $"{Text["ColAssisting"]} {_words!.Units(row.Row.Assisting)}",
            row.Row.StartTier is { } tier ? _words!.Tier(tier) : null,
            row.Row.Workflow is { } workflow ? _words!.Workflow(workflow) : null,
            row.Row.Limit is { } limit ? RoutingWords.Limit(limit) : null,
            row.Row.Priority is { } priority ? $"{Text["ColPriority"]} {priority}" : null,
            row.Row.Note.Length > 0 ? row.Row.Note : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }
}
