using System.Collections.Immutable;
using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Demo;

/// <summary>Lets the demo's people handle the demo's cases through the real commands, on a clock of its own that runs through the last days.</summary>
internal sealed class DemoPlayer(
    IDbContextFactory<GridFlowDbContext> database, Counters counters, IWorkflowStore store, IBundleSource bundles, TimeProvider time, ILogger<DemoPlayer> logger)
{
    private readonly Clock _clock = new();
    private Dictionary<string, string> _ids = [];

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            // What they did is theirs when they sign in.
            _ids = await db.Users.AsNoTracking().ToDictionaryAsync(account => account.UserName!, account => account.Id, cancellationToken);
        }

        var client = new WorkflowClient(store, bundles, _clock);
        using var numbers = new CaseNumbers(counters, time);
        var commands = new CaseCommands(database, client, numbers, _clock);
        foreach (var demo in DemoCases.All.OrderByDescending(demo => demo.HoursAgo))
        {
            _clock.Now = now - TimeSpan.FromHours(demo.HoursAgo);
            var by = demo.Channel == CaseChannel.Patrol ? ActorOf(DemoAccounts.All.First(account => account.UnitKey == UnitKey.ForArea(demo.Area[..15]))) : Actor.Reporter;
            var report = new NewReport
            {
                Title = demo.Title,
                Detail = demo.Detail,
                Channel = demo.Channel,
                Nature = demo.Nature,
                AreaCode = demo.Area,
                Place = demo.Place,
                HasReporter = demo.Reporter.Length > 0,
                ReporterName = demo.Reporter,
                ReporterPhone = demo.Reporter.Length > 0 ? "13900000000" : "",
            };
            if (await commands.ReportAsync(report, by, cancellationToken) is ReportResult.Accepted accepted)
            {
                await GoAsync(client, accepted.Number, demo, now, cancellationToken);
            }
        }

        _clock.Now = now;
        await TimerLoop.RunDueAsync(store, client, _clock, logger, cancellationToken);
    }

    private async Task GoAsync(WorkflowClient client, string number, DemoCase demo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The steps share the time since the report; what is left over is the time the case has been waiting.
        var pace = (now - _clock.Now) / (demo.Course.Length + 1);
        foreach (var step in demo.Course)
        {
            _clock.Now += pace;
            var (activity, act) = (step.Split(':')[0], step.Split(':')[1]);
            do
            {
                await StepAsync(client, number, demo, activity, act == "all" ? "Done" : act, cancellationToken);
            }
            while (act == "all" && (await store.FindAsync(number, cancellationToken))!.WorkItems.Any(item => item.ActivityId == activity));
        }
    }

    private async Task StepAsync(WorkflowClient client, string number, DemoCase demo, string activity, string outcome, CancellationToken cancellationToken)
    {
        var instance = (await store.FindAsync(number, cancellationToken))!;
        if (instance.WorkItems.FirstOrDefault(item => item.ActivityId == activity) is not { } item)
        {
            var open = string.Join(", ", instance.WorkItems.Select(open => $"{open.ActivityId} {open.Problem}"));
            throw new InvalidOperationException($"Demo case '{demo.Title}': nothing open at '{activity}' but {open}.");
        }

        var actor = item.Kind == WorkItemKind.Rating ? Actor.Reporter : ActorOf(WhoHolds(item));
        var bundle = await bundles.GetAsync(instance.Bundle, cancellationToken);
        Stimulus act = outcome == "claim"
            ? new Stimulus.ClaimWorkItem(item.Id, actor)
            : new Stimulus.CompleteWorkItem(item.Id, outcome, Answers(bundle, instance, item, outcome, demo), Comment(outcome), actor);
        if (await client.SendAsync(number, act, cancellationToken) is not ActResult.Done)
        {
            throw new InvalidOperationException($"Demo case '{demo.Title}': '{activity}:{outcome}' was refused.");
        }

        // In this county, who approves a plan answers for it.
        if (item.Kind == WorkItemKind.Approval && outcome == "Approved")
        {
            await client.SendAsync(number, new Stimulus.TakeAct("Sponsorship", null, ImmutableDictionary<string, object?>.Empty, null, actor), cancellationToken);
        }
    }

    private static ImmutableDictionary<string, object?> Answers(Bundle bundle, WorkflowInstance instance, WorkItem item, string outcome, DemoCase demo)
    {
        var form = WorkItemForm.Of(bundle.FindDefinition(item.DefinitionId)!, item);
        var answers = ImmutableDictionary<string, object?>.Empty;
        foreach (var field in form.FieldsOf(form.FindOutcome(outcome)!))
        {
            object? answer = field.Name switch
            {
                "answer" => demo.Answer,
                "report" => "已到现场办理，本单位负责的部分已完成。",
                "plan" => "一、现场踏勘；二、分头办理；三、十五日内验收并答复群众。",
                "lead" => outcome is "Dispatched" ? "dept:urban" : instance.Case?.LeadUnit,
                "assisting" => instance.Case is { } facts ? facts.AssistingUnits.Select(unit => (object?)unit).ToList() : null,
                "category" => demo.Category,
                "reason" => "WrongUnit",
                "solved" => outcome == "Satisfied",
                "stars" => outcome == "Satisfied" ? 5.0 : 2.0,
                "tier" => instance.Case?.Tier?.ToString(),
                _ => null,
            };
            answers = answers.SetItem(field.Name, answer);
        }

        return answers;
    }

    private static string? Comment(string outcome) => outcome switch
    {
        "PassOn" => "需要专业设备，网格里办不了。",
        "Returned" => "不在本网格范围内。",
        "Failed" => "现场还有一半没清完。",
        "Rejected" => "请补充经费来源和完成时限。",
        "Dissatisfied" => "只清了路口，里面还是老样子。",
        "Satisfied" => "办得快，谢谢！",
        "More" => "还有一段需要再协调。",
        "NotOurs" => "此事已进入诉讼程序，请按法院通知办理。",
        "Raise" => "牵涉多个单位和资金，请县里统筹。",
        _ => null,
    };

    private static DemoAccount WhoHolds(WorkItem item) =>
        DemoAccounts.All.FirstOrDefault(account => account.UnitKey == item.Unit && (item.Role is null || account.Role == item.Role))
        ?? DemoAccounts.All.First(account => account.UserName == "county");

    private Actor ActorOf(DemoAccount account) => new(_ids.GetValueOrDefault(account.UserName, account.UserName), account.Name, account.UnitKey);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
