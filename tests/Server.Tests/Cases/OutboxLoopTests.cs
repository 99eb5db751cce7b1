using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Cases;

/// <summary>Mail to a real SMTP server of another make, on a port of this machine.</summary>
public sealed class OutboxLoopTests : IDisposable
{
    private readonly string _mailbox = Path.Combine(Path.GetTempPath(), "gridflow-mail-" + Guid.NewGuid().ToString("N"));
    private readonly int _port = FreePort();
    private readonly GridFlowApplication _application = new();
    private Process? _server;

    [Fact]
    public async Task A_resident_who_left_an_address_gets_the_message_in_both_languages_once()
    {
        await StartServerAsync();
        var (services, outbox) = Start();
        await ReportAsync(services, "resident@example.org");

        Assert.True(await outbox.SendDueAsync(Cancel) > 0);
        Assert.Equal(0, await outbox.SendDueAsync(Cancel));

        var mail = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(_mailbox, "new"))), Cancel);
        Assert.Contains("To: resident@example.org", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: GF", mail, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <GF", mail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task When_the_mail_server_is_down_the_message_waits_and_is_not_lost()
    {
        var (services, outbox) = Start();
        await ReportAsync(services, "resident@example.org");

        await outbox.SendDueAsync(Cancel);

        await using var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var row = await db.Outbox.AsNoTracking().SingleAsync(row => row.Recipient == "reporter", Cancel);
        Assert.Null(row.SentAt);
        Assert.NotNull(row.NextAttemptAt);
        Assert.Equal(1, row.Attempts);
        Assert.NotEmpty(row.Error!);
    }

    [Fact]
    public async Task A_mail_server_that_takes_the_call_and_says_nothing_is_given_up_on_and_asked_again_later()
    {
        using var silent = new TcpListener(IPAddress.Loopback, _port);
        silent.Start();
        var (services, outbox) = Start();
        await ReportAsync(services, "resident@example.org");

        await outbox.SendDueAsync(Cancel);

        await using var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var row = await db.Outbox.AsNoTracking().SingleAsync(row => row.Recipient == "reporter", Cancel);
        Assert.Null(row.SentAt);
        Assert.NotNull(row.NextAttemptAt);
        Assert.Contains("did not take the message within 1 seconds", row.Error!, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.Dispose();
        _application.Dispose();
        if (Directory.Exists(_mailbox))
        {
            Directory.Delete(_mailbox, recursive: true);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task ReportAsync(IServiceProvider services, string email) => Assert.IsType<ReportResult.Accepted>(
        await services.GetRequiredService<CaseCommands>().ReportAsync(
            new NewReport { Title = "垃圾堆了三天", Detail = "垃圾没人清运", AreaCode = DemoOrganisation.CountyCode + "101001001", HasReporter = true, ReporterEmail = email }, Actor.Reporter, Cancel));

    private (IServiceProvider Services, OutboxLoop Outbox) Start()
    {
        var application = _application.WithWebHostBuilder(builder => builder
            .UseSetting("Mail:Host", "127.0.0.1").UseSetting("Mail:Port", $"{_port}").UseSetting("Mail:From", "gridflow@example.org").UseSetting("Mail:TimeoutSeconds", "1")
            .ConfigureServices(services => services.Remove(services.Single(service => service.ImplementationType == typeof(OutboxLoop)))));
        return (application.Services, ActivatorUtilities.CreateInstance<OutboxLoop>(application.Services));
    }

    private async Task StartServerAsync()
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"))
        {
            Assert.Skip("No SMTP server here: install python3-aiosmtpd.");
        }

        _server = Process.Start(new ProcessStartInfo(Python, ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{_port}", "-c", "aiosmtpd.handlers.Mailbox", _mailbox]))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
