using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Cases;

public sealed class IncidentWordsTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    public IncidentWordsTests() => CultureInfo.CurrentUICulture = new CultureInfo("zh-CN");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("上门处理", "Visit", "visit1", "上门处理")]
    [InlineData("", "", "到现场处理", "到现场处理")]
    public async Task A_step_that_failed_is_called_by_its_name_in_item_place_and_history(string zh, string en, string name, string called)
    {
        await PublishAsync(node => node.Id != "handle" ? node : node with
        {
            Name = name,
            DisplayText = new LocalizedText(zh, en),
            Inputs = node.Inputs.SetItem("unit", new ActivityInput("String", "JavaScript", JsonSerializer.SerializeToElement("outputs.nobody.unit"))),
        });
        var report = new NewReport { Title = "", Detail = "垃圾堆了三天没人清运，臭味很大。", AreaCode = DemoOrganisation.CountyCode + "101001001", HasReporter = true };
        await using var scope = _application.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var number = Assert.IsType<ReportResult.Accepted>(await services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;

        var item = Assert.Single((await services.GetRequiredService<CaseQueries>().FindAsync(number, CurrentUser.Operator, Cancel))!.OpenItems);
        var told = await services.GetRequiredService<TimelineQueries>().FindAsync(number, CurrentUser.Operator, Cancel);

        Assert.Equal($"流程故障：{called}", item.Title);
        Assert.EndsWith($" › {called}", item.Where, StringComparison.Ordinal);
        Assert.Contains(told!, entry => entry.Kind == HistoryKind.Incident && entry.Text.Contains($"“{called}”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_failed_without_a_case_speaks_of_no_place_and_no_resident_and_ends_when_it_is_ended()
    {
        await using var scope = _application.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var boom = new ActivityNode { Id = "boom", Type = "Elsa.WriteLine", Inputs = ImmutableDictionary<string, ActivityInput>.Empty.Add("text", new ActivityInput("String", "JavaScript", JsonSerializer.SerializeToElement("nobody.name"))) };
        var bundles = services.GetRequiredService<BundleStore>();
        var current = await bundles.GetCurrentAsync(Cancel);
        var small = current.FindDefinition("small")!;
        var loose = small with { Id = "loose:1", DefinitionId = "loose", Name = LocalizedText.Same("巡检"), Root = new ActivityNode { Id = "root", Type = "Elsa.Sequence", Activities = [boom] } };
        Assert.IsType<PublishResult.Published>(await bundles.PublishAsync(new Bundle(0, current.Definitions.Append(loose), current.Routing, current.Categories, current.Calendar), "test", CurrentUser.Operator, null, Cancel));
        Assert.IsType<ActResult.Done>(await services.GetRequiredService<WorkflowClient>().StartAsync(new Stimulus.Start("loose-1", "loose", null, ImmutableDictionary<string, object?>.Empty, Actor.System), null, null, Cancel));

        var row = Assert.Single((await services.GetRequiredService<InboxQueries>().ListAsync(CurrentUser.Operator, InboxTab.Reach, new InboxFilter { Incidents = true }, cancellationToken: Cancel)).Rows);
        var queries = services.GetRequiredService<CaseQueries>();
        var form = await queries.GetFormAsync((await queries.FindLooseItemAsync(row.Id, CurrentUser.Operator, Cancel))!, Cancel);
        var ended = await services.GetRequiredService<CaseCommands>().CompleteAsync(row.Id, "Cancel", ImmutableDictionary<string, object?>.Empty, "不再需要", CurrentUser.Operator);

        Assert.Equal("", row.Place);
        Assert.DoesNotContain("居民", form.Instructions.Zh, StringComparison.Ordinal);
        Assert.Equal("流程已结束。", await services.GetRequiredService<ActWords>().NowAsync(Assert.IsType<ActResult.Done>(ended).Checkpoint, Cancel));
    }

    public void Dispose() => _application.Dispose();

    private async Task PublishAsync(Func<ActivityNode, ActivityNode> edit)
    {
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var current = await bundles.GetCurrentAsync(Cancel);
        var edited = current.Definitions.Select(definition => definition.DefinitionId != "small" ? definition : definition with { Root = definition.Root with { Activities = [.. definition.Root.Activities.Select(edit)] } });
        Assert.IsType<PublishResult.Published>(await bundles.PublishAsync(new Bundle(0, edited, current.Routing, current.Categories, current.Calendar), "test", CurrentUser.Operator, null, Cancel));
    }
}
