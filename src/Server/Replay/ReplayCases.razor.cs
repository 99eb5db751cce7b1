using System.Globalization;
using GridFlow.Workflows.Replay;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Replay;

public sealed partial class ReplayCases
{
    private const int PageSize = 20;
    private const int UnitsOffered = 100;
    private IReadOnlyList<ReplayedRow> _found = [];
    private IReadOnlyList<ReplayedRow> _page = [];
    private IReadOnlyList<(string Key, string Value, int Count)> _units = [];
    private IReadOnlyDictionary<string, string> _titles = new Dictionary<string, string>();
    private ReplayDifference _kind;
    private string? _unit;
    private int _skip;

    [Parameter, EditorRequired]
    public required ReplayResult Result { get; set; }

    [Parameter, EditorRequired]
    public required ReplayWords Words { get; set; }

    [Parameter, EditorRequired]
    public required int DraftId { get; set; }

    [Inject]
    public required RecordedCases Cases { get; init; }

    private string Export => string.Create(CultureInfo.InvariantCulture, $"/admin/bundles/drafts/{DraftId}/replay.csv");

    protected override Task OnInitializedAsync()
    {
        _units = [.. Result.Differing.Where(row => row.After.Lead is not null && row.After.Lead != row.Before.Lead).GroupBy(row => row.After.Lead!)
            .OrderByDescending(group => group.Count()).Take(UnitsOffered).Select(group => (group.Key, Words.Unit(group.Key), group.Count()))];
        return FindAsync();
    }

    private static string N(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private Task ChooseAsync(ReplayDifference kind)
    {
        _kind = kind;
        return FindAsync();
    }

    private Task ChooseUnitAsync(string? unit)
    {
        _unit = string.IsNullOrEmpty(unit) ? null : unit;
        return FindAsync();
    }

    private Task FindAsync()
    {
        _found = [.. Result.Differing.Where(row => row.Differences.HasFlag(_kind) && (_unit is null || (row.After.Lead == _unit && row.Before.Lead != _unit)))];
        _skip = 0;
        return TurnAsync(0);
    }

    private async Task TurnAsync(int by)
    {
        _skip = Math.Clamp(_skip + by, 0, Math.Max(0, _found.Count - 1));
        var page = _found.Skip(_skip).Take(PageSize).ToList();
        _titles = await Cases.TitlesAsync([.. page.Select(row => row.Number)], Result.Order.Reader, CancellationToken.None);
        _page = page;
    }
}
