using System.Collections.Concurrent;
using System.Security.Claims;

namespace GridFlow.Server.Security;

/// <summary>
/// From sign-in to sign-out in one browser is a session, with all its tabs. One that is over does nothing any more, whichever tab ended
/// it; the account's sessions in other browsers go on.
/// </summary>
public sealed class BrowserSessions(TimeProvider time)
{
    private const string SessionClaim = "gridflow:session";

    // The tab that signs out is on its way to the next page by then, and is not led elsewhere.
    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _over = new(StringComparer.Ordinal);

    /// <summary>A session is over, by its name: pages that still stand open can go. Handlers must be quick and must not throw.</summary>
    public event Action<string>? Ended;

    /// <summary>What the session of somebody who signed in is called; null without a browser, as with a token.</summary>
    public static string? NameOf(ClaimsPrincipal? user) => user?.FindFirstValue(SessionClaim);

    /// <summary>Whether nothing may be done in this session any more.</summary>
    public bool IsOver(ClaimsPrincipal? user) => NameOf(user) is { } name && _over.ContainsKey(name);

    /// <summary>Somebody signs in.</summary>
    internal static void Begin(ClaimsPrincipal? user) => Name(user, Guid.NewGuid().ToString("N"));

    /// <summary>A principal read anew from the books stays in the session of the former.</summary>
    internal static void GoOn(ClaimsPrincipal? former, ClaimsPrincipal? user)
    {
        if (NameOf(former) is { } name)
        {
            Name(user, name);
        }
    }

    /// <summary>Ends the session somebody is in, if any: what is sent from now on is refused, and soon its pages are led away.</summary>
    internal void End(ClaimsPrincipal? user)
    {
        var now = time.GetUtcNow();
        if (NameOf(user) is not { } name || !_over.TryAdd(name, now))
        {
            return;
        }

        // No cookie is older.
        foreach (var (old, _) in _over.Where(one => one.Value < now - SecurityRegistration.LongestSession))
        {
            _over.TryRemove(old, out _);
        }

        _ = TellAsync(name);
    }

    private static void Name(ClaimsPrincipal? user, string name) => user?.Identities.FirstOrDefault()?.AddClaim(new Claim(SessionClaim, name));

    private async Task TellAsync(string name)
    {
        await Task.Delay(Leave, time);
        Ended?.Invoke(name);
    }
}
