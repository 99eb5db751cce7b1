using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Organisation;

public sealed partial class AreasPage
{
    private IReadOnlyList<AreaRow>? _roots;
    private IReadOnlyList<AreaRow>? _found;
    private IReadOnlyList<Department> _departments = [];
    private HashSet<string> _line = [];
    private string _lineName = "";
    private Area? _area;
    private string _search = "";

    [Inject]
    public required OrganisationQueries Queries { get; init; }

    /// <summary>The selected area: a part of the address, so that a place in the tree can be sent as a link.</summary>
    [SupplyParameterFromQuery(Name = "area")]
    public string? Code { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _roots ??= await Queries.ListChildrenAsync(null);
        if (_area?.Code != Code)
        {
            await ShowAsync();
        }
    }

    private async Task ShowAsync()
    {
        var line = Code is null ? [] : await Queries.GetLineAsync(Code);
        _area = line.Count > 0 ? line[^1] : null;
        _line = [.. line.Select(area => area.Code)];
        _lineName = string.Join(" / ", line.SkipLast(1).Select(area => area.DisplayName));
        _departments = _area is null
            ? []
            : [.. (await Queries.ListDepartmentsAsync()).Where(department => department.AreaCode == _area.Code)];
    }

    private async Task ReloadAsync()
    {
        _roots = await Queries.ListChildrenAsync(null);
        await ShowAsync();
    }

    private async Task SearchAsync()
    {
        var asked = _search;
        var found = string.IsNullOrWhiteSpace(asked) ? null : await Queries.SearchAsync(asked);

        // A slower answer to what was typed before must not replace the newer one.
        if (asked == _search)
        {
            _found = found;
        }
    }
}
