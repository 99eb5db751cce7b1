using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridFlow.Server.Tests.Recovery;

/// <summary>People who take acts; what was not acknowledged they send again, with the key it had.</summary>
internal sealed class ActLoad(IReadOnlyDictionary<string, string> tokens)
{
    private readonly ConcurrentQueue<Life> _lives = [];
    private readonly ConcurrentQueue<Life> _waiting = [];
    private int _begun;
    private int _repeated;

    /// <summary>Acknowledged acts: key, with the act and its case.</summary>
    public ConcurrentDictionary<string, (string Act, string Case)> Taken { get; } = [];

    /// <summary>Acknowledged completions, by work item, with the case.</summary>
    public ConcurrentDictionary<string, string> Completed { get; } = [];

    /// <summary>Acknowledged mergers: the later case, and the one it went into.</summary>
    public ConcurrentDictionary<string, string> Merged { get; } = [];

    /// <summary>Moves sent again because nobody had said what became of them.</summary>
    public int Repeated => _repeated;

    public bool IsOver => _lives.IsEmpty && _waiting.IsEmpty;

    public async Task RunUntilKilledAsync(ServerProcess server, int acknowledgements, int callers)
    {
        var left = acknowledgements;
        await RunAsync(server, callers, () => Volatile.Read(ref left) > 0, () => Next() ?? Life.Begin(Interlocked.Increment(ref _begun)), () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                server.Kill();
            }
        });
    }

    /// <summary>Brings what was begun to its end; what waits for a part that is not there yet stays.</summary>
    public Task FinishAsync(ServerProcess server, int callers) => RunAsync(server, callers, () => true, Next, () => { });

    /// <summary>Lets those go on that waited for another case.</summary>
    public void Wake()
    {
        while (_waiting.TryDequeue(out var life))
        {
            _lives.Enqueue(life);
        }
    }

    private Life? Next() => _lives.TryDequeue(out var life) ? life : null;

    private async Task RunAsync(ServerProcess server, int callers, Func<bool> goesOn, Func<Life?> next, Action acknowledge)
    {
        var clients = tokens.ToDictionary(token => token.Key, token => server.CreateClient(token.Value));
        try
        {
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync, Cancel)));
        }
        finally
        {
            foreach (var client in clients.Values)
            {
                client.Dispose();
            }
        }

        async Task CallAsync()
        {
            while (goesOn() && next() is { } life)
            {
                var home = _lives;
                try
                {
                    while (home == _lives && goesOn() && life.Next is not null)
                    {
                        if (await MoveAsync(clients, life))
                        {
                            acknowledge();
                        }
                        else
                        {
                            home = _waiting;
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    // The server is gone in the middle of an answer, as it should be.
                    home.Enqueue(life);
                    return;
                }

                if (life.Next is not null)
                {
                    home.Enqueue(life);
                }
            }
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Does what comes next; false when it is about a case that is not there yet.</summary>
    private async Task<bool> MoveAsync(Dictionary<string, HttpClient> clients, Life life)
    {
        if (life.Numbers.Count < life.Cases)
        {
            await ReportAsync(clients["county"], life);
            return true;
        }

        var (move, number) = (life.Next!, life.Next!.Case(life));
        if (move.Item is not null && life.Item is null)
        {
            using var found = await clients["county"].GetAsync($"/api/cases/{number}", Cancel);
            if (found.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }

            var items = (await ReadAsync(found)).GetProperty("openItems").EnumerateArray();
            life.Item = items.First(item => item.GetProperty("activityId").GetString() == move.Item && (move.Unit is null || item.GetProperty("unit").GetProperty("key").GetString() == move.Unit)).GetProperty("id").GetString();
        }

        var wasUnsure = life.IsUnsure;
        life.IsUnsure = true;
        using var answer = move.Outcome is null
            ? await clients[move.By].PostAsJsonAsync($"/api/cases/{number}/acts/{move.What}", new { workItem = life.Item, fields = move.Fields(life), comment = life.Key, key = life.Key }, Cancel)
            : await clients[move.By].PostAsJsonAsync($"/api/work-items/{life.Item}/complete", new { outcome = move.Outcome, fields = move.Fields(life), comment = life.Key }, Cancel);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        _ = wasUnsure ? Interlocked.Increment(ref _repeated) : 0;

        // A completion has no key: whoever sends it again is told that it is done already, and by whom.
        Assert.True(answer.StatusCode == HttpStatusCode.OK || (answer.StatusCode == HttpStatusCode.Conflict && wasUnsure && move.Outcome is not null), $"{life.Name}, {move.By}: {move.What} {answer.StatusCode} {said}");
        if (move.Outcome is null)
        {
            Taken[life.Key] = (move.What, number);
            _ = move.What == "Merge" ? Merged[number] = life.Earlier : null;
        }
        else
        {
            Completed[life.Item!] = number;
        }

        life.Acknowledge();
        return true;
    }

    private static async Task ReportAsync(HttpClient client, Life life)
    {
        using var answer = await client.PostAsJsonAsync("/api/cases", new
        {
            detail = "村口垃圾堆了三天没人清运，臭味很大。",
            areaCode = "990101101001",
            category = "local/1/matter/06001",
            key = $"act:{life.Id}:{life.Numbers.Count}",
        }, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        life.Numbers.Add((await ReadAsync(answer)).GetProperty("number").GetString()!);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
