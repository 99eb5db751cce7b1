using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Server.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Board;

public sealed partial class LatePage
{
    private const int PageSize = 50;

    /// <summary>What the page is for, so that something can still be done.</summary>
    private const string Usual = "tomorrow";

    // Each takes in what the one before it has.
    private static readonly string[] Whens = ["overdue", "today", Usual, "week"];

    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private CurrentUser? _user;
    private CaseList? _list;
    private ActReport? _said;
    private string _when = Usual;
    private bool _isBusy;
    private (string?, string, int)? _shown;

    [Inject]
    public required BoardQueries Queries { get; init; }

    [Inject]
    public required BoardActs Acts { get; init; }

    [Inject]
    public required OrganisationQueries Organisation { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [SupplyParameterFromQuery(Name = "when")]
    public string? When { get; set; }

    [SupplyParameterFromQuery(Name = "area")]
    public string? AreaCode { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    /// <summary>Everything that is late already or will be by then: the beginning of the day after, or now.</summary>
    internal static DateTimeOffset By(string when, DateTimeOffset now)
    {
        var today = FigureCounter.DayOf(now);
        return when switch
        {
            "overdue" => now,
            "today" => FigureCounter.StartOf(today + 1),
            "week" => FigureCounter.StartOf(today + 8),
            _ => FigureCounter.StartOf(today + 2),
        };
    }

    protected override async Task OnParametersSetAsync()
    {
        _user ??= await AuthenticationState.GetUserAsync();
        _when = Whens.Contains(When) ? When! : Usual;
        var asked = (AreaCode, _when, Math.Max(1, QueryNumber.Of(PageNumber) ?? 1));
        if (_shown != asked)
        {
            _shown = asked;
            _said = null;
            _picked.Clear();
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var path = string.IsNullOrEmpty(AreaCode) ? null : (await Organisation.FindAreaAsync(AreaCode))?.Path ?? "-";
        _list = await Queries.ListDueAsync(_user!, path, By(_when, Time.GetUtcNow()), _shown!.Value.Item3, PageSize);
    }

    private void Pick(string number, bool isPicked) => _ = isPicked ? _picked.Add(number) : _picked.Remove(number);

    private void PickAll(bool isPicked)
    {
        _picked.Clear();
        if (isPicked)
        {
            _picked.UnionWith(_list!.Rows.Select(row => row.Number));
        }
    }

    private async Task ActAsync(Func<IReadOnlyCollection<string>, CurrentUser, CancellationToken, Task<ActReport>> act)
    {
        _isBusy = true;
        try
        {
            // In the order of the list, so that the most pressing are told first.
            _said = await act([.. _list!.Rows.Select(row => row.Number).Where(_picked.Contains)], _user!, CancellationToken.None);
            _picked.Clear();
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
