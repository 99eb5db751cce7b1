using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Server.Delivery;

/// <summary>Brings a published event to every instance that waits for it, and begins the workflows it starts.</summary>
internal sealed class EventSender(IWorkflowStore store, WorkflowClient client, BundleStore bundles, TimeProvider time) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Event];

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var told = MessagePayload.Of(row);
        var only = told.Text("onlyInstance");
        foreach (var found in await store.FindBookmarksAsync(row.Recipient, told.Text("correlationId"), cancellationToken))
        {
            if (only is null || found.InstanceId == only)
            {
                await client.SendAsync(found.InstanceId, new Stimulus.ResumeBookmark(found.Id, told["payload"], null, Actor.System), cancellationToken);
            }
        }

        if (only is not null)
        {
            return;
        }

        var bundle = await bundles.GetCurrentAsync(cancellationToken);
        foreach (var definition in bundle.Definitions)
        {
            foreach (var trigger in Triggers.Of(definition, time.GetUtcNow(), bundle.Calendar.Zone).Where(trigger => trigger.EventName == row.Recipient))
            {
                var input = ImmutableDictionary<string, object?>.Empty.Add("Payload", told["payload"]);
                var start = new Stimulus.Start(trigger.InstanceIdFor(row.Id), definition.DefinitionId, null, input, Actor.System) { Trigger = trigger.ActivityId, CorrelationId = told.Text("correlationId") };
                await client.StartAsync(start, key: null, reporter: null, cancellationToken);
            }
        }
    }
}
