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

    /// <summary>How long the server is waited for; shorter than a message's lease.</summary>
    [Range(1, 100)]
    public int TimeoutSeconds { get; set; } = 15;

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
        // The client's own limit holds only where it blocks a thread.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server '{settings.Host}' did not take the message within {settings.TimeoutSeconds} seconds", problem);
        }
    }

    private static void Add(MailAddressCollection addresses, IEnumerable<string> given)
    {
        foreach (var address in given)
        {
            addresses.Add(new MailAddress(address));
        }
    }
}
