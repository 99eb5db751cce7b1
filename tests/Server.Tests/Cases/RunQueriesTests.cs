using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using GridFlow.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Cases;

public sealed class RunQueriesTests : IDisposable
{
    private static readonly Actor Clerk = new("x", "周大梅");
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_run_tells_who_did_what_how_often_why_this_way_and_hides_numbers_of_phones()
    {
        var number = await ReportAsync();
        await CompleteAsync(number, "Handled", ("answer", "已清运，电话 13812345678，身份证 110101199003071234，a.b@example.org"));
        await CompleteAsync(number, "Failed");

        var run = (await FindAsync(number, new CurrentUser("a", "a", null, [new UserPost(UnitKey.ForArea(DemoOrganisation.CountyCode), Role.Administrator, "/")])))!;

        var tasks = run.Lines.Where(line => line.Kind == RunLineKind.Task).ToList();
        Assert.Equal([1, 1, 2], tasks.Select(line => line.Nth));
        Assert.Equal([false, false, true], tasks.Select(line => line.IsOpen));
        Assert.Equal(tasks[0].Title, tasks[2].Title);
        Assert.Equal("周大梅", tasks[0].By.Split(' ')[0]);
        var said = string.Join('\n', tasks[0].Lines);
        Assert.Contains("138****5678", said, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", said, StringComparison.Ordinal);
        Assert.DoesNotContain("199003071234", said, StringComparison.Ordinal);
        Assert.DoesNotContain("a.b@example.org", said, StringComparison.Ordinal);
        var decision = run.Lines.First(line => line.Kind == RunLineKind.Decision && line.Why.Count == 2);
        Assert.Contains("case.round > 1", decision.Why[0], StringComparison.Ordinal);
        Assert.Contains("round = 1", decision.Why[1], StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.Passed.Count > 0);

        var small = run.Flows.Single(flow => flow.Definition.DefinitionId == "small");
        Assert.Equal(["handle"], small.Here);
        Assert.Contains("verify:Failed", small.Taken);
        Assert.DoesNotContain("verify:Passed", small.Taken);
        Assert.Contains("small", run.Flows.Single(flow => flow.Definition.DefinitionId == "intake").Taken);
    }

    [Fact]
    public async Task What_was_done_before_a_move_keeps_the_names_it_had()
    {
        var number = await ReportAsync();
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var current = await bundles.GetCurrentAsync(Cancel);
        var renamed = current.Definitions.Select(definition => definition.DefinitionId != "intake" ? definition : definition with
        {
            Root = definition.Root with { Activities = [.. definition.Root.Activities.Select(node => node with { DisplayText = new("新", "New " + node.Id) })] },
        });
        var published = Assert.IsType<PublishResult.Published>(await bundles.PublishAsync(
            new Bundle(0, renamed, current.Routing, current.Categories, current.Calendar), "改名", CurrentUser.Operator, null, Cancel));
        var target = await bundles.GetAsync(published.Number, Cancel);
        var before = (await FindAsync(number))!.Lines;

        var client = _application.Services.GetRequiredService<WorkflowClient>();
        Assert.IsType<ActResult.Done>(await client.SendAsync(number, new Stimulus.MoveToBundle(current.Number, target, MappingProposal.Between(current, target).ToMapping(), "r", "改名", Clerk), Cancel));

        var after = (await FindAsync(number))!.Lines;
        Assert.Equal(before.Select(line => line.Title), after.Take(before.Count).Select(line => line.Title));
        Assert.Equal(RunLineKind.Milestone, after[^1].Kind);
        Assert.Equal(published.Number, (await _application.Services.GetRequiredService<WorkflowClient>().SendAsync(number, new Stimulus.AddComment("x", false, Clerk), Cancel) as ActResult.Done)!.Checkpoint.Instance.Bundle);
    }

    [Fact]
    public async Task Who_answers_for_cases_but_draws_no_workflows_reads_no_expressions()
    {
        var number = await ReportAsync();
        await CompleteAsync(number, "Handled", ("answer", "已清运"));
        await CompleteAsync(number, "Failed");

        var run = (await FindAsync(number))!;

        Assert.Contains(run.Lines, line => line.Kind == RunLineKind.Decision && line.Result.Length > 0);
        Assert.All(run.Lines, line => Assert.Empty(line.Why));
        Assert.DoesNotContain(run.Lines.SelectMany(line => line.Lines.Concat(line.Passed)), said => said.Contains(" = ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_handles_cases_is_not_told()
    {
        var number = await ReportAsync();
        var handler = new CurrentUser("h", "h", null, [new UserPost(UnitKey.ForArea(DemoOrganisation.CountyCode), Role.GridWorker, "/")]);

        Assert.Null(await FindAsync(number, handler));
    }

    public void Dispose() => _application.Dispose();

    private async Task<CaseRun?> FindAsync(string number, CurrentUser? user = null)
    {
        var reader = user ?? new CurrentUser("d", "d", null, [new UserPost(UnitKey.ForArea(DemoOrganisation.CountyCode), Role.Dispatcher, "/")]);
        var found = (await _application.Services.GetRequiredService<CaseQueries>().FindAsync(number, reader, Cancel))!;
        return await _application.Services.GetRequiredService<RunQueries>().FindAsync(found, reader, Cancel);
    }

    private async Task<string> ReportAsync()
    {
        var report = new NewReport { Title = "", Detail = "垃圾堆了三天没人清运，臭味很大。", AreaCode = DemoOrganisation.CountyCode + "101001001", HasReporter = true };
        return Assert.IsType<ReportResult.Accepted>(await _application.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }

    private async Task CompleteAsync(string number, string outcome, params (string Name, string Answer)[] answers)
    {
        var item = Assert.Single((await _application.Services.GetRequiredService<IWorkflowStore>().FindAsync(number, Cancel))!.WorkItems);
        var fields = answers.ToImmutableDictionary(answer => answer.Name, answer => (object?)answer.Answer);
        var actor = item.ActivityId == "verify" ? new Actor("y", "李明") : Clerk;
        Assert.IsType<ActResult.Done>(await _application.Services.GetRequiredService<WorkflowClient>().SendAsync(number, new Stimulus.CompleteWorkItem(item.Id, outcome, fields, "说明", actor), Cancel));
    }
}
