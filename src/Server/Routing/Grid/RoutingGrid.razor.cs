using System.Collections.Immutable;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Server.Routing.Grid;

/// <summary>What is to be seen of a row before its number.</summary>
public sealed record RowMark(string Css, string Words);

public sealed partial class RoutingGrid
{
    private static readonly ImmutableArray<RoutingColumn> Columns = [.. Enum.GetValues<RoutingColumn>()];
    private readonly string _listId = $"offers-{Guid.NewGuid():N}";
    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _sheet;
    private DotNetObjectReference<RoutingGrid>? _self;
    private (int Number, RoutingColumn Column)? _editing;
    private IReadOnlyList<string> _offers = [];
    private string _given = "";
    private string? _problem;
    private bool _isFocusDue;

    /// <summary>The rows shown, in their order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RoutingRow> Rows { get; set; }

    /// <summary>How many rows there are, shown or not.</summary>
    [Parameter, EditorRequired]
    public required int Total { get; set; }

    /// <summary>How many rows lie before the first one shown.</summary>
    [Parameter]
    public int First { get; set; }

    [Parameter, EditorRequired]
    public required RoutingCells Cells { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>What is wrong with or new about a row; null for nothing.</summary>
    [Parameter, EditorRequired]
    public required Func<RoutingRow, RowMark?> Marks { get; set; }

    /// <summary>The number of the row that is looked at; null for none.</summary>
    [Parameter]
    public int? Chosen { get; set; }

    /// <summary>A cell was gone to.</summary>
    [Parameter]
    public EventCallback<int> OnChosen { get; set; }

    /// <summary>A row is to be edited in a form.</summary>
    [Parameter]
    public EventCallback<int> OnOpen { get; set; }

    /// <summary>A text is to be put into a cell; gives what is wrong with it, or null.</summary>
    [Parameter, EditorRequired]
    public required Func<RoutingRow, RoutingColumn, string, Task<string?>> OnWrite { get; set; }

    /// <summary>A block of cells is to be put from a cell on.</summary>
    [Parameter, EditorRequired]
    public required Func<int, RoutingColumn, IReadOnlyList<IReadOnlyList<string>>, Task> OnPaste { get; set; }

    [JSInvokable]
    public async Task ChooseAsync(int line)
    {
        if (line < Rows.Count)
        {
            await OnChosen.InvokeAsync(Rows[line].Number);
        }
    }

    [JSInvokable]
    public async Task<bool> BeginAsync(int line, int column, string? typed)
    {
        if (line >= Rows.Count)
        {
            return false;
        }

        if (IsReadOnly || column == (int)RoutingColumn.Number)
        {
            await OnOpen.InvokeAsync(Rows[line].Number);
            return false;
        }

        var place = (RoutingColumn)column;
        (_editing, _given, _problem, _offers) = ((Rows[line].Number, place), typed ?? Cells.Show(Rows[line], place), null, Cells.Offers(place));
        _isFocusDue = true;
        StateHasChanged();
        return true;
    }

    /// <summary>Ends the editing of a cell. False when the text cannot be read: then it stays open and says why.</summary>
    [JSInvokable]
    public async Task<bool> CommitAsync(string written)
    {
        if (_editing is not { } cell || Rows.FirstOrDefault(row => row.Number == cell.Number) is not { } row)
        {
            return true;
        }

        var problem = written == Cells.Show(row, cell.Column) ? null : await OnWrite(row, cell.Column, written);
        if (problem is not null)
        {
            (_given, _problem, _isFocusDue) = (written, problem, true);
        }
        else
        {
            Cancel();
        }

        StateHasChanged();
        return problem is null;
    }

    [JSInvokable]
    public void Cancel()
    {
        (_editing, _problem, _offers) = (null, null, []);
        StateHasChanged();
    }

    /// <summary>Empties a block of cells.</summary>
    [JSInvokable]
    public Task ClearAsync(int line, int column, int lines, int columns) =>
        PutAsync(line, column, [.. Enumerable.Repeat<IReadOnlyList<string>>([.. Enumerable.Repeat("", columns)], lines)]);

    /// <summary>Puts the first line of a block into all its lines; of one line, what stands above it.</summary>
    [JSInvokable]
    public Task FillAsync(int line, int column, int lines, int columns)
    {
        var from = lines > 1 ? line : line - 1;
        if (from < 0 || from >= Rows.Count)
        {
            return Task.CompletedTask;
        }

        IReadOnlyList<string> filling = [.. Enumerable.Range(column, columns).Select(place => Cells.Show(Rows[from], (RoutingColumn)place))];
        return PutAsync(from + 1, column, [.. Enumerable.Repeat(filling, lines > 1 ? lines - 1 : 1)]);
    }

    [JSInvokable]
    public Task PasteAsync(int line, int column, string pasted) => PutAsync(line, column, RoutingBlock.Split(pasted));

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_sheet is not null)
            {
                await _sheet.InvokeVoidAsync("dispose");
                await _sheet.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and with it what was to be taken back.
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Routing/Grid/RoutingGrid.razor.js"]);
            _sheet = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self);
        }

        if (_isFocusDue && _sheet is not null)
        {
            _isFocusDue = false;
            await _sheet.InvokeVoidAsync("edit");
        }
    }

    private Task PutAsync(int line, int column, IReadOnlyList<IReadOnlyList<string>> block) =>
        IsReadOnly || block.Count == 0 ? Task.CompletedTask : OnPaste(line, (RoutingColumn)column, block);

    private string? RowClass(RoutingRow row) => (row.Number == Chosen ? "is-chosen " : "") + Marks(row)?.Css;
}
