using System.Globalization;
using GridFlow.Server.Cases;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Replay;

public sealed partial class ReplayOutcome
{
    private const int Shown = 100;
    private ReplayWords? _words;
    private IReadOnlyList<LoadRow> _units = [];
    private IReadOnlyList<LoadRow> _categories = [];
    private IReadOnlyList<LoadRow> _rows = [];

    /// <summary>Workflows that the draft changes, by name, each with how many of the cases it would handle.</summary>
    [Parameter]
    public IReadOnlyList<(string Flow, int Cases)> ChangedFlows { get; set; } = [];

    [Parameter, EditorRequired]
    public required ReplayResult Result { get; set; }

    [Parameter, EditorRequired]
    public required int DraftId { get; set; }

    [Inject]
    public required NameLookup Lookup { get; init; }

    [Inject]
    public required CaseWords CaseWords { get; init; }

    // Of the others nothing can be said.
    private int Told => Tally.Cases - Tally.NotReplayed;

    private ReplayTally Tally => Result.Tally;

    protected override async Task OnInitializedAsync()
    {
        var changed = Changed(Tally.Units).ToList();
        var cases = Result.Differing.Take(ReplayRunner.MostKept).ToList();
        var keys = changed.Select(unit => unit.Key)
            .Concat(cases.SelectMany(row => row.Before.Assisting.Concat(row.After.Assisting).Append(row.Before.Lead ?? "").Append(row.After.Lead ?? "")))
            .Concat(Result.NeverHit.Take(Shown).Select(row => row.Lead)).Where(key => key.Length > 0).Distinct();
        var names = await Lookup.FindAsync(keys, []);
        _words = new ReplayWords(names, Result.Order.Content, CaseWords, Text);
        _units = [.. changed.Select(unit => new LoadRow(_words.Unit(unit.Key), unit.Value))];
        _categories = [.. Changed(Tally.Categories).Select(category => new LoadRow(_words.Category(category.Key), category.Value))];
        _rows = [.. Changed(Tally.Rows).Select(row => new LoadRow(Text["RowNumber", row.Key], row.Value))];
    }

    private static IEnumerable<KeyValuePair<TKey, BeforeAfter>> Changed<TKey>(IReadOnlyDictionary<TKey, BeforeAfter> counts)
        where TKey : notnull => counts.Where(count => count.Value.Change != 0).OrderByDescending(count => Math.Abs(count.Value.Change)).ThenBy(count => count.Key);

    private static string N(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Both(BeforeAfter figure) => figure.Change == 0 ? N(figure.Before) : $"{N(figure.Before)} → {N(figure.After)}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
