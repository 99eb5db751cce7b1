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
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Notice, MessageKind.Reminder, MessageKind.Overdue, MessageKind.Escalated, MessageKind.Urge, MessageKind.RatingRequest];

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

        if (!options.Value.IsConfigured)
        {
            return;
        }

        // A resident without an e-mail address reads it on the page of the case, where the history shows it. Whoever reported a case that was
        // merged into this one is told what its own reporter is told, each by a mail of their own: they do not know of each other.
        var told = new List<string> { row.CaseNumber };
        for (var at = 0; at < told.Count; at++)
        {
            // What was merged into this one may have had others merged into it before; always into an earlier one, so that this ends.
            var into = told[at];
            told.AddRange(await db.Cases.Where(other => other.MergedInto == into).OrderBy(other => other.Number).Select(other => other.Number).ToListAsync(cancellationToken));
        }

        var addresses = await db.Reporters.AsNoTracking().Where(reporter => EF.Parameter(told).Contains(reporter.CaseNumber))
            .OrderBy(reporter => reporter.CaseNumber).Select(reporter => new { reporter.CaseNumber, reporter.Email }).ToListAsync(cancellationToken);
        foreach (var reporter in addresses.Where(reporter => reporter.Email.Length > 0).DistinctBy(reporter => reporter.Email))
        {
            var id = reporter.CaseNumber == row.CaseNumber ? row.Id : $"{row.Id}.{reporter.CaseNumber}";
            await mail.SendAsync(new OutgoingMail([reporter.Email], reporter.CaseNumber, row.Zh == row.En ? row.Zh : $"{row.Zh}\n\n{row.En}", id), cancellationToken);
        }
    }
}
