using System.Collections.Immutable;
using System.Net;
using System.Text;
using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Delivery;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Delivery;

/// <summary>The portal with workflows of a test's own, whose loops turn only when the test says so.</summary>
internal sealed class Flows : IDisposable
{
    private static readonly Type[] Loops = [typeof(OutboxLoop), typeof(TimerLoop), typeof(TriggerLoop)];
    private readonly GridFlowApplication _application = new();

    public Flows(params (string Key, string Value)[] settings)
    {
        var application = _application.WithWebHostBuilder(builder =>
        {
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureServices(services =>
            {
                foreach (var loop in services.Where(service => Loops.Contains(service.ImplementationType)).ToList())
                {
                    services.Remove(loop);
                }
            });
        });
        Services = application.Services;
        Outbox = ActivatorUtilities.CreateInstance<OutboxLoop>(Services);
        Client = application.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public IServiceProvider Services { get; }

    public OutboxLoop Outbox { get; }

    public HttpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task SignInAsync(string user) =>
        Client.DefaultRequestHeaders.Authorization = new("Bearer", await Services.GetRequiredService<ApiTokens>().CreateAsync(user, "test", Cancel));

    public async Task PublishAsync(params string[] definitions)
    {
        await SignInAsync("admin");
        foreach (var definition in definitions)
        {
            using var content = new StringContent(definition, Encoding.UTF8, "application/json");
            using var response = await Client.PostAsync("/api/flows?reason=test", content, Cancel);
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancel));
        }
    }

    public async Task StartAsync(string id, string definition, string? correlationId = null, params (string Name, object? Value)[] input) => Assert.IsType<ActResult.Done>(
        await Services.GetRequiredService<WorkflowClient>().StartAsync(
            new Stimulus.Start(id, definition, null, input.ToImmutableDictionary(given => given.Name, given => given.Value), Actor.System) { CorrelationId = correlationId }, null, null, Cancel));

    public async Task<WorkflowInstance> FindAsync(string id) => (await Services.GetRequiredService<IWorkflowStore>().FindAsync(id, Cancel))!;

    /// <summary>Brings everything, with all that follows from it.</summary>
    public async Task DeliverAsync()
    {
        while (await Outbox.SendDueAsync(Cancel) > 0)
        {
        }
    }

    /// <summary>Makes every message due again, whether it was sent or not.</summary>
    public async Task ForgetDeliveryAsync(bool sentToo)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        await db.Outbox.Where(row => sentToo || row.NextAttemptAt != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, DateTimeOffset.UnixEpoch), Cancel);
    }

    public async Task<List<InstanceRow>> InstancesAsync(string definition)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return await db.Instances.AsNoTracking().Where(row => row.DefinitionId == definition).ToListAsync(Cancel);
    }

    public static string Sequence(string id, params string[] steps) =>
        "{\"definitionId\":\"" + id + "\",\"root\":{\"id\":\"" + id + "-steps\",\"type\":\"Elsa.Sequence\",\"version\":1,\"activities\":[" + string.Join(',', steps) + "]}}";

    public static string Node(string id, string type, params (string Name, string Type, string Json)[] inputs) =>
        "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"version\":1"
        + string.Concat(inputs.Select(input => ",\"" + input.Name + "\":{\"typeName\":\"Object\",\"expression\":{\"type\":\"" + input.Type + "\",\"value\":" + input.Json + "}}")) + "}";

    public void Dispose()
    {
        Client.Dispose();
        _application.Dispose();
    }
}
