using System.Net.Mail;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Cases;

/// <summary>
/// Sends what the outbox holds: to the notice board of a unit, to the resident's e-mail where one was given. At least once; the
/// notice board and mail readers recognise a repeat by its id.
/// </summary>
internal sealed class OutboxLoop(IDbContextFactory<GridFlowDbContext> database, WriteGate gate, MailSender mail, IOptions<MailOptions> options, TimeProvider time, ILogger<OutboxLoop> logger)
    : BackgroundService
{
    private const int Batch = 50;
    private const int LastAttempt = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                while (await SendDueAsync(stoppingToken) == Batch)
                {
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.LoopFailed(logger, problem, nameof(OutboxLoop));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var due = await db.Outbox.Where(row => row.NextAttemptAt <= now).OrderBy(row => row.NextAttemptAt).Take(Batch).ToListAsync(cancellationToken);
        foreach (var row in due)
        {
            row.Attempts++;
            try
            {
                await SendAsync(db, row, cancellationToken);
                (row.SentAt, row.NextAttemptAt, row.Error) = (now, null, null);
            }
            catch (Exception problem) when (problem is SmtpException or IOException)
            {
                Log.MessageFailed(logger, problem, row.Id, row.CaseNumber);
                row.Error = problem.Message.Length > 500 ? problem.Message[..500] : problem.Message;
                // One minute, then twice as long each time; after a good two hours it stays for a person to see.
                row.NextAttemptAt = row.Attempts < LastAttempt ? now + TimeSpan.FromMinutes(1 << (row.Attempts - 1)) : null;
            }
        }

        if (due.Count > 0)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return due.Count;
    }

    private async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
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
            await mail.SendAsync(address, row, cancellationToken);
        }
    }
}
