using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Server.Inbox;

/// <summary>What keeps an open inbox awake: changes of the cases in its reach, and the keys of its reader.</summary>
public sealed class InboxLive(ChangeFeed feed, TimeProvider time, IJSRuntime browser)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Calls back when work of the reader's units changes; for who dispatches, when any work in their areas does.</summary>
    public LiveUpdates Listen(CurrentUser user, Func<Task> changed) => new(feed, time, Concerning(user), changed);

    /// <summary>Which changes show in somebody's inbox.</summary>
    public static Func<CaseChange, bool> Concerning(CurrentUser user)
    {
        var units = CaseScope.PartUnits(user).ToHashSet(StringComparer.Ordinal);
        var areas = user.ScopeOf(Permission.Dispatch).AreaPaths.Concat(user.ScopeOf(Permission.Supervise).AreaPaths).Distinct(StringComparer.Ordinal).ToList();
        return change => change.Units.Any(units.Contains) || areas.Exists(path => change.AreaPath.StartsWith(path, StringComparison.Ordinal));
    }

    /// <summary>Lets keys move through the rows and act on them, and the list grow as one scrolls.</summary>
    public async Task<IJSObjectReference> ListenToKeysAsync(string script, ElementReference list, DotNetObjectReference<InboxPage> page)
    {
        await using var module = await browser.InvokeAsync<IJSObjectReference>("import", "./" + script);
        return await module.InvokeAsync<IJSObjectReference>("listen", list, page);
    }
}
