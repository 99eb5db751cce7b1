using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Delivery;

/// <summary>Brings messages of some kinds to where they go. A new kind is a class here and a line in <see cref="DeliveryRegistration"/>.</summary>
internal interface IMessageSender
{
    /// <summary>The kinds it brings.</summary>
    IReadOnlyCollection<MessageKind> Kinds { get; }

    /// <summary>It waits for something that is not ours, and so must not hold up the others.</summary>
    bool IsOutside => false;

    /// <summary>How often it is tried.</summary>
    int Attempts => 8;

    /// <summary>
    /// Brings a message. May happen again with the same message, whose id tells the receiver so. What it adds to
    /// <paramref name="db"/> is saved together with the note that the message is sent.
    /// </summary>
    Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken);

    /// <summary>The last attempt has failed.</summary>
    Task GiveUpAsync(OutboxRow row, Exception problem, CancellationToken cancellationToken) => Task.CompletedTask;
}
