using GridFlow.Server.Delivery;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>
/// Sends what the outbox holds, each kind by its sender. At least once: whoever receives a message recognises a repeat by its
/// id. What goes outside has a round of its own, so that a slow service holds up nobody in the house.
/// </summary>
internal sealed class OutboxLoop : Loop
{
    private const int Batch = 50;

    // As many as are sent beside each other, so that none waits in a hand whose lease runs out.
    private const int AtOnceOutside = 8;
    private const int MaxError = 500;
    private const int LongestPause = 7;

    // Longer than any sender may take, see the settings of their patience. A machine that dies with messages in its hands leaves them to another after that.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IDbContextFactory<GridFlowDbContext> _database;
    private readonly OutboxClaims _claims;
    private readonly WriteGate _gate;
    private readonly Dictionary<MessageKind, IMessageSender> _senders;

    public OutboxLoop(IDbContextFactory<GridFlowDbContext> database, OutboxClaims claims, WriteGate gate, IEnumerable<IMessageSender> senders, TimeProvider time, ILogger<OutboxLoop> logger)
        : base(Pause, time, logger)
    {
        (_database, _claims, _gate) = (database, claims, gate);
        _senders = senders.SelectMany(sender => sender.Kinds.Select(kind => (kind, sender))).ToDictionary(pair => pair.kind, pair => pair.sender);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RepeatAsync(token => SendAllAsync(outside: false, token), stoppingToken), RepeatAsync(token => SendAllAsync(outside: true, token), stoppingToken));

    protected override Task TakeTurnAsync(CancellationToken cancellationToken) => SendDueAsync(cancellationToken);

    /// <summary>Sends what is due in and outside the house; tells how many messages that were.</summary>
    internal async Task<int> SendDueAsync(CancellationToken cancellationToken) => await SendDueAsync(outside: false, cancellationToken) + await SendDueAsync(outside: true, cancellationToken);

    private async Task SendAllAsync(bool outside, CancellationToken cancellationToken)
    {
        while (await SendDueAsync(outside, cancellationToken) > 0)
        {
        }
    }

    private async Task<int> SendDueAsync(bool outside, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var kinds = _senders.Where(sender => sender.Value.IsOutside == outside).Select(sender => sender.Key);
        var claimed = await _claims.ClaimDueAsync(kinds, now, Lease, outside ? AtOnceOutside : Batch, cancellationToken);
        if (claimed.Count == 0)
        {
            return 0;
        }

        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var due = await db.Outbox.Where(row => claimed.Contains(row.Id)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        if (outside)
        {
            await Task.WhenAll(due.Select(row => SendAsync(db, row, now, cancellationToken)));
        }
        else
        {
            foreach (var row in due)
            {
                await SendAsync(db, row, now, cancellationToken);
            }
        }

        using var turn = await _gate.EnterAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return due.Count;
    }

    private async Task SendAsync(GridFlowDbContext db, OutboxRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sender = _senders[row.Kind];
        row.Attempts++;
        try
        {
            await sender.SendAsync(db, row, cancellationToken);
            (row.SentAt, row.NextAttemptAt, row.Error) = (now, null, null);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MessageFailed(Logger, problem, row.Id, row.CaseNumber);
            row.Error = problem.Message.Length > MaxError ? problem.Message[..MaxError] : problem.Message;
            // One minute, then twice as long each time; after the last it stays for a person to see.
            row.NextAttemptAt = row.Attempts < sender.Attempts || !await GaveUpAsync(sender, row, problem, cancellationToken)
                ? now + TimeSpan.FromMinutes(1 << Math.Min(row.Attempts - 1, LongestPause))
                : null;
        }
    }

    private async Task<bool> GaveUpAsync(IMessageSender sender, OutboxRow row, Exception problem, CancellationToken cancellationToken)
    {
        try
        {
            await sender.GiveUpAsync(row, problem, cancellationToken);
            return true;
        }
        catch (Exception another) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MessageFailed(Logger, another, row.Id, row.CaseNumber);
            return false;
        }
    }
}
