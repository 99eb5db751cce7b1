using System.Globalization;
using GridFlow.Server.Persistence;

namespace GridFlow.Server.Cases;

/// <summary>
/// Gives out case numbers: <c>GF2026-000123</c>, counted per year of acceptance in the deployment's time zone. Numbers are
/// drawn from the database, so one given out twice is impossible. On a quiet day each is drawn by itself and none is left out;
/// under load they are drawn by growing blocks, and a process that ends leaves what is left of its block as a gap.
/// </summary>
public sealed class CaseNumbers(Counters counters, TimeProvider time) : IDisposable
{
    private const int SmallestBlock = 1;
    private const int LargestBlock = 1280;
    private static readonly TimeZoneInfo Zone = Workflows.Calendars.WorkingCalendar.China.Zone;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _year;
    private long _next;
    private long _end;
    private int _block = SmallestBlock;
    private long _drawnAt;

    public async Task<string> NextAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var year = TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).Year;
            if (year != _year || _next >= _end)
            {
                // What lasted less than a second was too little.
                var now = time.GetTimestamp();
                _block = time.GetElapsedTime(_drawnAt, now) < TimeSpan.FromSeconds(1) ? Math.Min(_block * 2, LargestBlock) : Math.Max(_block / 2, SmallestBlock);
                _drawnAt = now;
                _end = await counters.DrawAsync(string.Create(CultureInfo.InvariantCulture, $"case/{year}"), _block, cancellationToken);
                (_year, _next) = (year, _end - _block);
            }

            return string.Create(CultureInfo.InvariantCulture, $"GF{year}-{++_next:D6}");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
