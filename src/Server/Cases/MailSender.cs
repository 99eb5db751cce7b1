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

/// <summary>A mail to send.</summary>
/// <param name="To">Addresses.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The text.</param>
/// <param name="Id">Tells a repeat from another mail.</param>
public sealed record OutgoingMail(IReadOnlyList<string> To, string Subject, string Body, string Id)
{
    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public bool IsHtml { get; init; }
}

/// <summary>Sends a message by SMTP. Its id travels as Message-ID, by which a mail reader drops a repeat.</summary>
public sealed class MailSender(IOptions<MailOptions> options)
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        }

        using var message = new MailMessage { From = new MailAddress(settings.From), Subject = mail.Subject.ReplaceLineEndings(" "), Body = mail.Body, IsBodyHtml = mail.IsHtml };
        Add(message.To, mail.To);
        Add(message.CC, mail.Cc);
        Add(message.Bcc, mail.Bcc);
        message.Headers.Add("Message-ID", $"<{mail.Id}@gridflow>");
        await client.SendMailAsync(message, cancellationToken);
    }

    private static void Add(MailAddressCollection addresses, IEnumerable<string> given)
    {
        foreach (var address in given)
        {
            addresses.Add(new MailAddress(address));
        }
    }
}
