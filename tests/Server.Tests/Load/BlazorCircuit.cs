using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace GridFlow.Server.Tests.Load;

/// <summary>
/// A page held open as a browser holds it, without a browser: the script's part of the conversation, as far as the server needs
/// it to render. It draws nothing; it notes when something to draw arrives.
/// </summary>
internal sealed partial class BlazorCircuit : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Channel<(long At, int Bytes)> _drawn = Channel.CreateUnbounded<(long, int)>();
    private readonly TimeProvider _time;
    private Task _reading = Task.CompletedTask;

    private BlazorCircuit(TimeProvider time) => _time = time;

    /// <summary>What came to be drawn, with the moment it came.</summary>
    public ChannelReader<(long At, int Bytes)> Drawn => _drawn.Reader;

    /// <summary>What the server said went wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Opens the page as the browser with these cookies would.</summary>
    public static async Task<BlazorCircuit> OpenAsync(HttpClient browser, string cookies, string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var html = await browser.GetStringAsync(path, cancellationToken);
        var markers = Markers().Matches(html).Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement).Where(marker => marker.TryGetProperty("descriptor", out _)).ToList();
        Assert.NotEmpty(markers);
        var state = State().Match(html) is { Success: true } found ? found.Groups[1].Value : "";
        var circuit = new BlazorCircuit(time);
        var address = new Uri(browser.BaseAddress!, path);
        circuit._socket.Options.SetRequestHeader("Cookie", cookies);
        circuit._socket.Options.SetRequestHeader("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        circuit._socket.Options.SetBuffer(4096, 4096);
        await circuit._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor", Query = "" }.Uri, cancellationToken);
        await circuit._socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, cancellationToken);
        circuit._reading = Task.Run(circuit.ReadAsync, CancellationToken.None);
        await circuit.InvokeAsync("StartCircuit", "1", browser.BaseAddress.ToString(), address.ToString(), "[]", state);
        var operations = markers.Select((marker, index) => new { type = "add", ssrComponentId = index + 1, marker });
        await circuit.InvokeAsync("UpdateRootComponents", null, JsonSerializer.Serialize(new { batchId = 1, operations }), state);
        return circuit;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _over.Dispose();
    }

    private async Task ReadAsync()
    {
        var pending = new ArrayBufferWriter<byte>(1024);
        var isOpened = false;
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var result = await _socket.ReceiveAsync(pending.GetMemory(4096), _over.Token);
                pending.Advance(result.Count);
                var rest = pending.WrittenMemory;
                if (!isOpened)
                {
                    var end = rest.Span.IndexOf((byte)0x1e);
                    if (end < 0)
                    {
                        continue;
                    }

                    (isOpened, rest) = (true, rest[(end + 1)..]);
                }

                while (PackReader.TryTakeMessage(ref rest, out var message))
                {
                    await HandleAsync(message);
                }

                var left = rest.ToArray();
                pending.ResetWrittenCount();
                if (left.Length == 0 && pending.Capacity > 65536)
                {
                    pending = new ArrayBufferWriter<byte>(1024);
                }

                pending.Write(left);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            Problem ??= _over.IsCancellationRequested ? null : problem.Message;
        }

        _drawn.Writer.TryComplete();
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        var reader = new PackReader(message);
        reader.ReadArray();
        var kind = reader.ReadLong();
        if (kind == 6)
        {
            await SendAsync([0x91, 0x06]);
            return;
        }

        if (kind != 1)
        {
            return;
        }

        reader.Skip();
        reader.Skip();
        var target = reader.ReadText();
        var count = reader.ReadArray();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.ReadLong();
                _drawn.Writer.TryWrite((_time.GetTimestamp(), reader.ReadBytes()));
                await InvokeAsync("OnRenderCompleted", null, batch, null);
                break;
            case "JS.BeginInvokeJS":
                var call = reader.ReadLong();
                reader.Skip();
                reader.Skip();
                var wantsObject = count > 3 && reader.ReadLong() == 1;
                await InvokeAsync("EndInvokeJSFromDotNet", null, call, true, $"[{call},true,{(wantsObject ? "{\"__jsObjectId\":1}" : "null")}]");
                break;
            case "JS.Error":
                Problem = reader.ReadText();
                break;
            default:
                break;
        }
    }

    private Task InvokeAsync(string target, string? id, params object?[] arguments) => SendAsync(PackWriter.Invocation(target, id, arguments));

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_over.Token);
        try
        {
            await _socket.SendAsync(PackWriter.WithLength(message), WebSocketMessageType.Binary, true, _over.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
