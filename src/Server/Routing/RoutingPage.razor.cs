using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Server.Drafts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Routing.Grid;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Routing;

public sealed partial class RoutingPage : IDisposable
{
    private const int PageSize = 50;
    private const int ProblemsShown = 12;
    private RoutingSession? _session;
    private Bundle? _bundle;
    private RoutingNames? _names;
    private RoutingWords? _words;
    private RoutingCells? _cells;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<CellProblem> _refused = [];
    private (string Name, ImmutableArray<RoutingRow> Rows)? _import;
    private (string Words, string Css, bool IsAlert)? _notice;
    private string _search = "";
    private bool _onlyProblems;
    private bool _isMissing;
    private int? _chosen;
    private int? _opened;
    private int? _loaded;
    private int _skip;
    private int _round;

    [Inject]
    public required RoutingQueries Queries { get; init; }

    [Inject]
    public required DraftStore Drafts { get; init; }

    [Inject]
    public required DraftFeed Feed { get; init; }

    [Inject]
    public required IDbContextFactory<GridFlowDbContext> Database { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    /// <summary>The draft that is edited; null for what is in force.</summary>
    [SupplyParameterFromQuery(Name = "draft")]
    public string? DraftText { get; set; }

    private int? DraftId => Shell.QueryNumber.Of(DraftText);

    /// <summary>The row to show first.</summary>
    [SupplyParameterFromQuery(Name = "row")]
    public string? RowText { get; set; }

    private int? RowNumber => Shell.QueryNumber.Of(RowText);

    private ImmutableArray<RoutingRow> Rows => _bundle!.Routing.Rows;

    private int Errors => _problems.Count(problem => problem.IsError);

    private RoutingRow? ChosenRow => _chosen is { } number ? Rows.FirstOrDefault(row => row.Number == number) : null;

    private List<Problem> Gaps => [.. _problems.Where(problem => !problem.Path.StartsWith("routing/", StringComparison.Ordinal))];

    private List<RoutingRow> Found => [.. Rows.Where(row =>
        (_search.Trim().Length == 0 || _words!.Searchable(row).Contains(_search.Trim(), StringComparison.OrdinalIgnoreCase))
        && (!_onlyProblems || ProblemsOf(row).Any()))];

    public void Dispose() => Feed.Edited -= OnEdited;

    protected override async Task OnParametersSetAsync()
    {
        if (_bundle is not null && _loaded == DraftId)
        {
            return;
        }

        _loaded = DraftId;
        _session = DraftId is { } id && await Drafts.FindAsync(id) is { } draft ? new RoutingSession(Drafts, draft, await AuthenticationState.GetUserAsync()) : null;
        _isMissing = DraftId is not null && _session is null;
        _chosen = RowNumber;
        _bundle = null;
        if (!_isMissing)
        {
            await ShowAsync();
            _skip = RowNumber is { } wanted && Rows.ToList().FindIndex(row => row.Number == wanted) is >= 0 and var index ? index / PageSize * PageSize : 0;
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Feed.Edited += OnEdited;
        }
    }

    private void OnEdited(DraftEdited edited)
    {
        if (_session is { } session && edited.DraftId == session.Draft.Id && edited.Version > session.Draft.Version)
        {
            _ = InMyLanguageAsync(async () =>
            {
                await session.RefreshAsync();
                await ShowAsync();
            });
        }
    }

    // Names and checks follow every change.
    private async Task ShowAsync()
    {
        _bundle = _session?.Draft.Content ?? await Queries.GetCurrentAsync();
        _names = await Queries.GetNamesAsync(_bundle, Rows);
        _words = new RoutingWords(Text, _names);
        _cells = await CellsAsync([]);
        _problems = await Queries.CheckAsync(_bundle, Rows);
        _onlyProblems &= _problems.Count > 0;
        if (_skip >= Rows.Length)
        {
            _skip = 0;
        }
    }

    private async Task<RoutingCells> CellsAsync(IEnumerable<string> texts)
    {
        var known = Rows.Select(row => row.Area).Concat(Rows.SelectMany(row => row.Assisting.Append(row.Lead)).Select(UnitKey.AreaOf)).OfType<string>();
        return new RoutingCells(_bundle!, await RoutingLookup.ReadAsync(Database, known.Concat(texts)), Text);
    }

    private IEnumerable<Problem> ProblemsOf(RoutingRow row)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"routing/{row.Number}");
        return _problems.Where(problem => problem.Path == path);
    }

    private RowMark? MarkOf(RoutingRow row)
    {
        var found = ProblemsOf(row).ToList();
        return found.Count > 0
            ? new RowMark(found.Exists(problem => problem.IsError) ? "has-problem" : "has-hint", string.Join(" ", found.Select(problem => problem.Message.ToString())))
            : _session?.Draft.Base.Routing.Rows.FirstOrDefault(old => old.Number == row.Number) is var before && _session is not null && (before is null || !RoutingChanges.AreSame(before, row))
                ? new RowMark("is-new", Text[before is null ? "NewRow" : "ChangedRow"])
                : null;
    }

    private void Choose(int number) => _chosen = number;

    private void OpenRow(int number) => (_chosen, _opened) = (number, number);

    private async Task AddAsync()
    {
        (_search, _onlyProblems, _skip) = ("", false, 0);
        var (edit, first) = await _session!.AddAsync(number => [new RoutingRow { Number = number, Lead = "" }]);
        await AfterAsync(edit);
        if (edit == TableEdit.Kept)
        {
            OpenRow(first);
        }
    }

    private async Task<string?> WriteAsync(RoutingRow row, RoutingColumn column, string written)
    {
        var (changed, problem) = (await CellsAsync(RoutingLookup.Parts(written).Append(written))).Read(row, column, written);
        if (changed is not null)
        {
            await AfterAsync(await _session!.EditAsync(rows => [.. rows.Select(one => one.Number == row.Number ? changed : one)]));
        }

        return problem;
    }

    private async Task PasteAsync(List<RoutingRow> shown, int line, RoutingColumn column, IReadOnlyList<IReadOnlyList<string>> block)
    {
        var reader = await CellsAsync(block.SelectMany(cells => cells).SelectMany(cell => RoutingLookup.Parts(cell).Append(cell)));
        var (_, problems) = RoutingBlock.Put(shown, line, column, block, reader, _session!.NextNumber);
        _refused = problems;
        if (problems.IsEmpty)
        {
            // Read again for each attempt: the numbers of new rows are only known then.
            var (edit, _) = await _session.AddAsync(
                number => [.. RoutingBlock.Put(shown, line, column, block, reader, number).Rows.Skip(Math.Max(0, shown.Count - line))],
                rows => Replace(rows, RoutingBlock.Put(shown, line, column, block, reader, int.MaxValue / 2).Rows),
                Rows.Length);
            await AfterAsync(edit);
        }

        StateHasChanged();
    }

    private static ImmutableArray<RoutingRow> Replace(ImmutableArray<RoutingRow> rows, ImmutableArray<RoutingRow> changed)
    {
        var byNumber = changed.ToDictionary(row => row.Number);
        return [.. rows.Select(row => byNumber.GetValueOrDefault(row.Number, row))];
    }

    private async Task ChangeAsync(RoutingRow changed) => await AfterAsync(await _session!.EditAsync(rows => Replace(rows, [changed])));

    private async Task DuplicateAsync(RoutingRow row)
    {
        var (edit, first) = await _session!.AddAsync(number => [row with { Number = number }], at: Rows.IndexOf(row) + 1);
        await AfterAsync(edit);
        _chosen = first;
        _opened = _opened is null ? null : first;
    }

    private async Task DeleteAsync(RoutingRow row)
    {
        (_opened, _chosen) = (null, null);
        await AfterAsync(await _session!.EditAsync(rows => [.. rows.Where(one => one.Number != row.Number)]));
    }

    private async Task MoveAsync(RoutingRow row, int by) => await AfterAsync(await _session!.EditAsync(rows =>
    {
        var from = rows.ToList().FindIndex(one => one.Number == row.Number);
        return from < 0 ? rows : rows.RemoveAt(from).Insert(Math.Clamp(from + by, 0, rows.Length - 1), rows[from]);
    }));

    private async Task UndoAsync() => await AfterAsync(await _session!.UndoAsync());

    private async Task RedoAsync() => await AfterAsync(await _session!.RedoAsync());

    private async Task AfterAsync(TableEdit edit)
    {
        _notice = edit switch
        {
            TableEdit.Refused => (Text["Conflict", string.Join(Text["ListSeparator"], _session!.Conflicts.Select(conflict => conflict.By).OfType<string>().Distinct().DefaultIfEmpty(Text["Somebody"]))], "notice-warn", true),
            TableEdit.Closed => (Text["DraftClosed"], "notice-warn", true),
            TableEdit.Kept => null,
        };
        await ShowAsync();
    }

    private string Download(string kind) => string.Create(CultureInfo.InvariantCulture, $"/admin/routing.{kind}{(DraftId is { } id ? $"?draft={id}" : "")}");

    private async Task ReadFileAsync(InputFileChangeEventArgs change)
    {
        var (block, problem) = await RoutingFiles.ReadAsync(change.File, Text);
        if (block is null)
        {
            _notice = (problem!, "notice-danger", true);
            return;
        }

        var reader = await CellsAsync(block.Lines.SelectMany(line => line.Cells).SelectMany(cell => RoutingLookup.Parts(cell).Append(cell)));
        var (rows, problems) = RoutingFiles.ToRows(block, Rows, reader, _session!.NextNumber, Text);
        (_refused, _notice) = (problems, null);
        _import = problems.IsEmpty ? (change.File.Name, rows) : null;
    }

    private async Task TakeImportAsync(bool removesOthers)
    {
        var rows = _import!.Value.Rows;
        _import = null;
        await AfterAsync(await _session!.EditAsync(now => removesOthers ? rows : [.. Replace(now, rows), .. rows.Where(row => now.All(one => one.Number != row.Number))]));
        _round++;
    }
}
