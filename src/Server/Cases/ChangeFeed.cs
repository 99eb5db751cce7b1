using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>
/// Tells open pages that a case has changed, after the commit. It carries no content: whoever listens asks the database, with
/// their own rights. A page that misses one is only late, never wrong.
/// </summary>
public sealed class ChangeFeed
{
    /// <summary>Raised on the thread that committed; handlers must be quick and must not throw.</summary>
    public event Action<CaseChange>? Changed;

    internal void Publish(Checkpoint checkpoint)
    {
        if (Changed is null)
        {
            return;
        }

        var items = checkpoint.Opened.Concat(checkpoint.Changed).Concat(checkpoint.Closed.Select(closed => closed.Item));
        Changed.Invoke(new CaseChange(checkpoint.Instance.Id, items.Select(item => item.Unit).Distinct().ToList(), checkpoint.Instance.Case?.AreaPath ?? "/"));
    }
}

/// <summary>That a case has changed.</summary>
/// <param name="CaseNumber">Which.</param>
/// <param name="Units">The units whose inboxes changed with it.</param>
/// <param name="AreaPath">Where it is.</param>
public sealed record CaseChange(string CaseNumber, IReadOnlyList<string> Units, string AreaPath);
