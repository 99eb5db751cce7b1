using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Server.Inbox;

/// <summary>What keeps an open inbox awake: changes of the cases in its reach, and the keys of its reader.</summary>
public sealed class InboxLive(ChangeFeed feed, TimeProvider time, IJSRuntime browser)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Calls back when work of the reader's units changes; for who dispatches, when any work does.</summary>
    public LiveUpdates Listen(CurrentUser user, Func<Task> changed)
    {
        var units = user.UnitKeys.ToHashSet(StringComparer.Ordinal);
        var all = user.Can(Permission.Dispatch) || user.Can(Permission.Supervise) || user.Posts.Any(post => post.Role is Role.Administrator or Role.GridLeader);
        return new LiveUpdates(feed, time, change => all || change.Units.Any(units.Contains), changed);
    }

    /// <summary>Lets keys move through the rows and act on them, and the list grow as one scrolls.</summary>
    public async Task<IJSObjectReference> ListenToKeysAsync(string script, ElementReference list, DotNetObjectReference<InboxPage> page)
    {
        await using var module = await browser.InvokeAsync<IJSObjectReference>("import", "./" + script);
        return await module.InvokeAsync<IJSObjectReference>("listen", list, page);
    }
}
