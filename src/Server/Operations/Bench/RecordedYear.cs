using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Operations.Bench;

/// <summary>
/// Cases as a county takes them in, through the engine: each a text made of the words of some category, one in seven too vague
/// to be sorted, which a dispatcher then confirms, sorts anew or declines. The same for the same number.
/// </summary>
internal sealed class RecordedYear(WorkflowClient client, Bundle bundle, DateTimeOffset begin)
{
    /// <summary>Rows of the table the cases are routed by, besides the shipped ones: what a county has.</summary>
    public const int Rows = 200;

    /// <summary>Cases accepted on one day.</summary>
    public const int PerDay = 1_000;

    private const int Callers = 32;
    private const int Places = 30;
    private static readonly Actor Dispatcher = new("bench-dispatcher", "bench");
    private readonly ImmutableArray<Category> _categories = [.. bundle.Categories.All.Where(category => !category.IsGroup && category.Keywords.Length > 0)];

    /// <summary>The shipped bundle with a table as long as a county's: by category, nature, channel and hour.</summary>
    public static Bundle WithRows(Bundle shipped)
    {
        var leaves = shipped.Categories.All.Where(category => !category.IsGroup).ToList();
        var rows = Enumerable.Range(0, Rows).Select(index => new RoutingRow
        {
            Number = 100 + index,
            Category = leaves[index % leaves.Count].Key,
            Nature = index / leaves.Count % 2 == 1 ? CaseNature.Complaint : null,
            Channel = index / leaves.Count % 4 > 1 ? CaseChannel.Hotline : null,
            From = index / leaves.Count > 3 ? new TimeOnly(22, 0) : null,
            Until = index / leaves.Count > 3 ? new TimeOnly(6, 0) : null,
            Lead = (index % 3) switch { 0 => "@village", 1 => "@town", _ => "@county" },
            StartTier = index % 7 == 0 ? CaseTier.Hard : null,
        });
        return new Bundle(0, shipped.Definitions, new RoutingTable([.. shipped.Routing.Rows, .. rows]), shipped.Categories, shipped.Calendar);
    }

    public async Task<bool> RecordAsync(int cases, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var begun = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(
            async () =>
            {
                int number;
                while ((number = Interlocked.Increment(ref begun)) <= cases)
                {
                    await RecordAsync(number, cancellationToken);
                    if (number % 1000 == 0)
                    {
                        progress.Report((double)number / cases);
                    }
                }
            },
            cancellationToken)));
        return true;
    }

    /// <summary>The day case number so and so is accepted on, counted from the first.</summary>
    public static int DayOf(int number) => (number - 1) / PerDay;

    private static string TownOf(int index) => string.Create(CultureInfo.InvariantCulture, $"990101{index % Places:D3}");

    private async Task RecordAsync(int number, CancellationToken cancellationToken)
    {
        var report = Report(number);
        var start = new Stimulus.Start(report.Number, ShippedBundle.IntakeWorkflow, report, ImmutableDictionary<string, object?>.Empty, Actor.Reporter);
        if (await client.StartAsync(start, null, null, cancellationToken) is ActResult.Done { Checkpoint.Instance: var instance }
            && instance.WorkItems.Find(item => item.ActivityId == "check") is { } check && number % 4 != 0)
        {
            await client.SendAsync(report.Number, Answer(number, check, instance.Case!), cancellationToken);
        }
    }

    private CaseState Report(int number)
    {
        var random = new Random(number);
        var category = _categories[random.Next(_categories.Length)];
        var words = category.Keywords.Select(word => word.Split('^')[0]).ToList();
        var other = _categories[random.Next(_categories.Length)].Keywords[0].Split('^')[0];
        var isVague = random.Next(7) == 0;
        var town = TownOf(random.Next(Places));
        var village = town + random.Next(1, 20).ToString("D3", CultureInfo.InvariantCulture);
        return new CaseState
        {
            Number = string.Create(CultureInfo.InvariantCulture, $"B-{number:D9}"),
            Title = isVague ? "有件事想反映一下" : $"{words[0]}的问题一直没有解决",
            Detail = isVague
                ? "您好，我是附近的居民，这件事已经说过几次了，希望有人来看一看，谢谢。"
                : $"您好，我家附近{words[random.Next(words.Count)]}已经好几个星期了，{(random.Next(3) == 0 ? other + "也有一点，" : "")}老人和孩子进出都不方便，邻居们也反映过，一直没有人来处理，请尽快安排。",
            ReportedAt = begin,
            AcceptedAt = begin.AddDays(DayOf(number)).AddSeconds((number - 1) % PerDay * 80),
            Channel = random.Next(2) == 0 ? CaseChannel.Hotline : CaseChannel.Web,
            Nature = random.Next(3) == 0 ? CaseNature.Complaint : CaseNature.Request,
            AreaPath = $"/99/9901/990101/{town}/{village}/",
            HasReporter = true,
        };
    }

    private Stimulus.CompleteWorkItem Answer(int number, WorkItem check, CaseState @case)
    {
        var fields = ImmutableDictionary<string, object?>.Empty;
        return (number % 10) switch
        {
            0 => new Stimulus.CompleteWorkItem(check.Id, "NotOurs", fields, "不属于受理范围", Dispatcher),
            1 or 2 or 3 => new Stimulus.CompleteWorkItem(check.Id, "Resort", fields.Add("category", _categories[number % _categories.Length].Key), null, Dispatcher),
            4 => new Stimulus.CompleteWorkItem(check.Id, "Confirmed", fields.Add("lead", "@county").Add("tier", "Hard"), null, Dispatcher),
            _ => new Stimulus.CompleteWorkItem(check.Id, "Confirmed", fields.Add("lead", @case.LeadUnit).Add("tier", @case.Tier?.ToString()), null, Dispatcher),
        };
    }
}
