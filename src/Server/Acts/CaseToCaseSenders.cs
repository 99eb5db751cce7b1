using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Delivery;
using GridFlow.Server.Drafts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Acts.Relating;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Acts;

/// <summary>Tells a case that another was merged into it, or that a part of it is over.</summary>
internal sealed class RelatedSender(WorkflowClient client) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Related];

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var told = MessagePayload.Of(row);
        var heard = new Stimulus.HearOfCase(Enum.Parse<RelatedEvent>(told.Text("event")!), told.Text("other")!, told["hasReporter"] is true);
        await client.SendAsync(row.Recipient, heard, cancellationToken);
    }
}

/// <summary>Takes in the parts of a case that was split. The part's number is its name at the source, so it is taken in once.</summary>
internal sealed class PartSender(WorkflowClient client, IWorkflowStore store, TimeProvider time) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Part];

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var order = MessagePayload.Of(row);
        var whole = (await store.FindAsync(row.CaseNumber, cancellationToken))?.Case ?? throw new InvalidOperationException($"There is no case '{row.CaseNumber}' to be a part of.");
        var number = order.Text("number")!;
        var part = CaseParts.PartOf(whole, number, order.Text("unit")!, order.Text("asks") ?? "", time.GetUtcNow());
        var by = new Actor(order.Text("byId") ?? Actor.System.Id, order.Text("by") ?? "", order.Text("byUnit"));
        var start = new Stimulus.Start(number, CaseParts.Workflow, part, ImmutableDictionary<string, object?>.Empty, by);
        if (await client.StartAsync(start, "part:" + number, reporter: null, cancellationToken) is ActResult.Refused refused)
        {
            throw new InvalidOperationException($"The part '{number}' could not be taken in: {refused.Reason} {refused.Detail}.");
        }
    }
}

/// <summary>Makes a draft of the routing row that a ruling proposes: for an administrator to look at and publish.</summary>
internal sealed class RoutingProposalSender(DraftStore drafts, BundleStore bundles) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.RoutingProposal];

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var proposal = MessagePayload.Of(row);
        var from = proposal.Text("from") is { Length: > 0 } day ? day : "—";
        var name = $"裁定 {proposal.Text("case")} · {from}";
        if (await db.Drafts.AnyAsync(draft => draft.Name == name, cancellationToken))
        {
            return;
        }

        var current = await bundles.GetCurrentAsync(cancellationToken);
        var added = new RoutingRow
        {
            Number = current.Routing.Rows.Select(existing => existing.Number).DefaultIfEmpty().Max() + 1,
            Category = proposal.Text("category"),
            Lead = proposal.Text("lead")!,
            Assisting = [.. (proposal.Text("assisting") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Note = $"{proposal.Text("case")} · {proposal.Text("by")} · {from}：{proposal.Text("ruling")}",
        };
        var content = current.Copy(routing: new RoutingTable([.. current.Routing.Rows, added]));
        await drafts.BeginAsync(name, content, CurrentUser.Operator, cancellationToken);
    }
}
