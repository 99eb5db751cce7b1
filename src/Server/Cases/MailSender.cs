using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Cases;

/// <summary>Where mail goes out; without a host none is sent.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The SMTP server; empty sends no mail.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 25;

    /// <summary>Ask for STARTTLS.</summary>
    public bool Tls { get; set; }

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    public bool IsConfigured => Host.Length > 0 && From.Length > 0;
}

/// <summary>Sends a message by SMTP. Its id travels as Message-ID, by which a mail reader drops a repeat.</summary>
public sealed class MailSender(IOptions<MailOptions> options)
{
    public async Task SendAsync(string address, OutboxRow row, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        }

        using var message = new MailMessage(settings.From, address) { Subject = row.CaseNumber, Body = row.Zh == row.En ? row.Zh : $"{row.Zh}\n\n{row.En}" };
        message.Headers.Add("Message-ID", $"<{row.Id}@gridflow>");
        await client.SendMailAsync(message, cancellationToken);
    }
}
