using GridFlow.Server.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.Caching.Memory;

namespace GridFlow.Server.Residents;

/// <summary>
/// Takes residents' reports in, each form once. The code cannot be read back from the database, and a browser shows only the
/// answer to the last of two quick clicks; so for a few minutes the second click gets the very answer of the first.
/// </summary>
public sealed class ReportDesk(CaseCommands commands) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly Lock _gate = new();

    public Task<ReportResult> SubmitAsync(NewReport report)
    {
        var answer = AnswerTo(report.Key!, report);
        return AwaitAsync(report.Key!, answer.Value);
    }

    public void Dispose() => _answers.Dispose();

    private Lazy<Task<ReportResult>> AnswerTo(string key, NewReport report)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out Lazy<Task<ReportResult>>? answer))
            {
                // Not cancelled with the first request: the second may be waiting for it.
                answer = new Lazy<Task<ReportResult>>(() => commands.ReportAsync(report, Actor.Reporter, CancellationToken.None));
                _answers.Set(key, answer, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
            }

            return answer!;
        }
    }

    private async Task<ReportResult> AwaitAsync(string key, Task<ReportResult> answer)
    {
        try
        {
            var result = await answer;
            if (result is not ReportResult.Accepted)
            {
                _answers.Remove(key);
            }

            return result;
        }
        catch
        {
            _answers.Remove(key);
            throw;
        }
    }
}
