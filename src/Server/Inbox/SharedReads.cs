using System.Collections.Concurrent;
using GridFlow.Server.Cases;

namespace GridFlow.Server.Inbox;

/// <summary>
/// Lets open pages that ask the same share one answer: after a change, the colleagues of a unit all ask for the same list at the
/// same moment. An answer is given again only while nothing has changed, and no longer than a moment, for what other machines do
/// is not told here.
/// </summary>
public sealed class SharedReads : IDisposable
{
    private const int MostKept = 1_000;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;

    public SharedReads(ChangeFeed feed, TimeProvider time)
    {
        (_feed, _time) = (feed, time);
        _feed.Changed += Forget;
    }

    /// <summary>The answer to a question, asked by whoever is first.</summary>
    public Task<T> GetAsync<T>(string question, Func<Task<T>> ask)
    {
        var now = _time.GetTimestamp();
        if (_answers.Count > MostKept)
        {
            _answers.Clear();
        }

        while (true)
        {
            var answer = _answers.GetOrAdd(question, _ => new Answer(now, new Lazy<Task>(ask)));
            if (_time.GetElapsedTime(answer.At, now) < Moment && !answer.Task.Value.IsFaulted && !answer.Task.Value.IsCanceled)
            {
                return (Task<T>)answer.Task.Value;
            }

            _answers.TryRemove(KeyValuePair.Create(question, answer));
            if (answer.At == now)
            {
                return (Task<T>)answer.Task.Value;
            }
        }
    }

    public void Dispose() => _feed.Changed -= Forget;

    private void Forget(CaseChange change) => _answers.Clear();

    private sealed record Answer(long At, Lazy<Task> Task);
}
