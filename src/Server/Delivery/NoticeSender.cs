using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Delivery;

/// <summary>Tells people: units on their notice board, residents by e-mail where an address was given.</summary>
internal sealed class NoticeSender(MailSender mail, IOptions<MailOptions> options) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Notice, MessageKind.Reminder, MessageKind.Overdue, MessageKind.Escalated, MessageKind.RatingRequest];

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        if (row.Recipient != UnitKey.Reporter)
        {
            if (!await db.Notices.AnyAsync(notice => notice.Id == row.Id, cancellationToken))
            {
                db.Notices.Add(new NoticeRow { Id = row.Id, CaseNumber = row.CaseNumber, Kind = row.Kind, Unit = row.Recipient, Role = row.Role, Zh = row.Zh, En = row.En, At = row.CreatedAt });
            }

            return;
        }

        // A resident without an e-mail address reads it on the page of the case, where the history shows it.
        var address = await db.Reporters.AsNoTracking().Where(reporter => reporter.CaseNumber == row.CaseNumber).Select(reporter => reporter.Email).FirstOrDefaultAsync(cancellationToken);
        if (!string.IsNullOrEmpty(address) && options.Value.IsConfigured)
        {
            await mail.SendAsync(new OutgoingMail([address], row.CaseNumber, row.Zh == row.En ? row.Zh : $"{row.Zh}\n\n{row.En}", row.Id), cancellationToken);
        }
    }
}
