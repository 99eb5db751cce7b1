namespace GridFlow.Server.Controls;

/// <summary>
/// What the pickers of a form still look up. Enter changes the last field and sends the form in one go, and the page handles both at once:
/// whoever sends waits until what was typed is known to name something or nothing.
/// </summary>
public sealed class Lookups
{
    private readonly HashSet<Task> _running = [];

    public async Task FollowAsync(Task lookup)
    {
        _running.Add(lookup);
        try
        {
            await lookup;
        }
        finally
        {
            _running.Remove(lookup);
        }
    }

    /// <summary>Ends when nothing is looked up any more; a lookup that failed is for the picker to tell.</summary>
    public async Task SettledAsync() =>
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
