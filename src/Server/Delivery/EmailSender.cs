using System.Net.Mail;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Delivery;

/// <summary>Sends the e-mails that workflows write (<c>Elsa.SendEmail</c>).</summary>
internal sealed class EmailSender(MailSender mail, IOptions<MailOptions> options) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Email];

    public bool IsOutside => true;

    public Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            throw new SmtpException("No mail server is set (Mail:Host, Mail:From).");
        }

        var message = MessagePayload.Of(row);
        return mail.SendAsync(
            new OutgoingMail([.. message.List("to")], message.Text("subject") ?? "", message.Text("body") ?? "", row.Id) { Cc = [.. message.List("cc")], Bcc = [.. message.List("bcc")], IsHtml = true },
            cancellationToken);
    }
}
