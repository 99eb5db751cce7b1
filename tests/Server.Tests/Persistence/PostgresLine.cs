using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace GridFlow.Server.Tests.Persistence;

/// <summary>
/// The line between the portal and its PostgreSQL, which a test can cut: at once, as when the server is stopped, or after the server
/// did what it was told and before the portal hears of it.
/// </summary>
internal sealed class PostgresLine : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly List<Socket> _open = [];
    private readonly int _port;
    private Socket? _listener;
    private EndPoint _server = new IPEndPoint(IPAddress.None, 0);
    private byte[]? _last;

    public PostgresLine()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        _port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>The way to a server that leads through here.</summary>
    public string Detour(string connection)
    {
        var way = new NpgsqlConnectionStringBuilder(connection);
        _server = way.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint(Path.Combine(way.Host, $".s.PGSQL.{way.Port}")) : new DnsEndPoint(way.Host, way.Port);
        Mend();
        (way.Host, way.Port, way.SslMode) = ("127.0.0.1", _port, SslMode.Disable);
        return way.ConnectionString;
    }

    /// <summary>Nobody gets through any more, and who had is cut off.</summary>
    public void Cut()
    {
        _listener?.Dispose();
        _listener = null;
        lock (_open)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        _last = null;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        _listener.Listen();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Cuts when these words have been brought to the server and it has answered; the answer is the first thing lost.</summary>
    public void CutAfter(string words) => _last = Encoding.UTF8.GetBytes(words);

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _over.CancelAsync();
        _over.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptAsync(_over.Token));
            }
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is cut.
        }
    }

    private async Task CarryAsync(Socket portal)
    {
        var server = new Socket(_server.AddressFamily, SocketType.Stream, _server is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(_server, _over.Token);
            lock (_open)
            {
                _open.AddRange([portal, server]);
            }

            var isLast = false;
            await Task.WhenAny(
                CopyAsync(portal, server, sent => isLast |= _last is { } last && sent.Span.IndexOf(last) >= 0, _ => true),
                CopyAsync(server, portal, _ => { }, _ => !isLast));
            if (isLast)
            {
                Cut();
            }
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is cut.
        }
        finally
        {
            portal.Dispose();
            server.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Action<ReadOnlyMemory<byte>> see, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[65_536];
        while (await from.ReceiveAsync(buffer, _over.Token) is > 0 and var count)
        {
            var came = buffer.AsMemory(0, count);
            see(came);
            if (!passes(came))
            {
                return;
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(came[sent..], _over.Token);
            }
        }
    }
}
