using System.Collections.Concurrent;

namespace GridFlow.Server.Drafts;

/// <summary>
/// Tells open pages that a draft was edited, and who else has it open. Within one process: on several machines the same
/// holds, only later, because an edit made from an old state is refused where it matters.
/// </summary>
public sealed class DraftFeed
{
    private readonly ConcurrentDictionary<long, (int DraftId, DraftVisitor Visitor)> _visitors = [];
    private long _last;

    /// <summary>Raised on the thread that committed; handlers must be quick and must not throw.</summary>
    public event Action<DraftEdited>? Edited;

    /// <summary>Somebody opened or left a draft; carries its number.</summary>
    public event Action<int>? VisitorsChanged;

    /// <summary>Notes that somebody has a draft open until what is returned is disposed.</summary>
    public IDisposable Enter(int draftId, DraftVisitor visitor)
    {
        var key = Interlocked.Increment(ref _last);
        _visitors[key] = (draftId, visitor);
        VisitorsChanged?.Invoke(draftId);
        return new Visit(this, key, draftId);
    }

    /// <summary>Who has a draft open, each person and place once, in the order of their names.</summary>
    public IReadOnlyList<DraftVisitor> VisitorsOf(int draftId) =>
        [.. _visitors.Values.Where(entry => entry.DraftId == draftId).Select(entry => entry.Visitor).Distinct().OrderBy(visitor => visitor.Name, StringComparer.Ordinal).ThenBy(visitor => visitor.Part, StringComparer.Ordinal)];

    internal void Tell(DraftEdited edited) => Edited?.Invoke(edited);

    private sealed class Visit(DraftFeed feed, long key, int draftId) : IDisposable
    {
        public void Dispose()
        {
            if (feed._visitors.TryRemove(key, out _))
            {
                feed.VisitorsChanged?.Invoke(draftId);
            }
        }
    }
}
