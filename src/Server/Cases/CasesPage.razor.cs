using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Cases;

public sealed partial class CasesPage
{
    private CaseFilter _filter = new();
    private CaseList? _list;
    private (CaseFilter, int)? _shown;
    private string? _step;
    private IReadOnlyList<KeyValuePair<string, string>> _statuses = [];
    private IReadOnlyList<KeyValuePair<string, string>> _stages = [];
    private IReadOnlyList<KeyValuePair<string, string>> _tiers = [];
    private IReadOnlyList<KeyValuePair<string, string>> _orders = [];
    private IReadOnlyList<KeyValuePair<string, string>> _groups = [];

    [Inject]
    public required CaseQueries Queries { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    public string? TextFilter { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "tier")]
    public string? Tier { get; set; }

    [SupplyParameterFromQuery(Name = "category")]
    public string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "area")]
    public string? Area { get; set; }

    [SupplyParameterFromQuery(Name = "unit")]
    public string? Unit { get; set; }

    [SupplyParameterFromQuery(Name = "overdue")]
    public string? Overdue { get; set; }

    [SupplyParameterFromQuery(Name = "flow")]
    public string? Flow { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    public string? Step { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    private bool HasMore => _filter is { Stage: not null } or { Category: not null } or { Area: not null } or { Unit: not null };

    protected override async Task OnInitializedAsync()
    {
        _statuses = [.. Enum.GetValues<CaseStatus>().Select(status => KeyValuePair.Create(status.ToString(), Words.Of(status)))];
        _stages = [.. Enum.GetValues<CaseStage>().Select(stage => KeyValuePair.Create(stage.ToString(), Words.Of(stage)))];
        _tiers = [.. Enum.GetValues<CaseTier>().Select(tier => KeyValuePair.Create(tier.ToString(), Words.Of(tier)))];
        _orders = [KeyValuePair.Create("due", Words["SortDue"])];
        _groups = await Queries.GetCategoryGroupsAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        _filter = new CaseFilter
        {
            Text = TextFilter,
            Status = Read<CaseStatus>(Status),
            Stage = Read<CaseStage>(Stage),
            Tier = Read<CaseTier>(Tier),
            Category = Category,
            Area = Area,
            Unit = Unit,
            Overdue = Overdue == "true",
            Flow = Flow,
            Step = Step,
            DueFirst = Sort == "due",
        };
        var asked = (_filter, Math.Max(1, PageNumber ?? 1));
        if (_shown != asked)
        {
            _shown = asked;
            _step = Flow is null ? null : await Queries.GetStepNameAsync(Flow, Step);
            _list = await Queries.ListAsync(await AuthenticationState.GetUserAsync(), _filter, asked.Item2);
        }
    }

    private void Narrow(string name, object? value) => Navigator.NavigateTo(Navigator.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = value is string { Length: > 0 } text ? text.Trim() : null, ["page"] = null }));

    private static T? Read<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
