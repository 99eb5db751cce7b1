using System.Globalization;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>
/// Gives out case numbers: <c>GF2026-000123</c>, counted per year of acceptance in the deployment's time zone. Numbers are
/// drawn from the database by the block, so one given out twice is impossible and one never used only a gap.
/// </summary>
public sealed class CaseNumbers(IDbContextFactory<GridFlowDbContext> database, WriteGate gate, TimeProvider time) : IDisposable
{
    private const int SmallestBlock = 20;
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
                // What lasted less than a second was too little: under load a block is drawn seldom, on a quiet day few are lost.
                var now = time.GetTimestamp();
                _block = time.GetElapsedTime(_drawnAt, now) < TimeSpan.FromSeconds(1) ? Math.Min(_block * 2, LargestBlock) : SmallestBlock;
                _drawnAt = now;
                _end = await ReserveAsync(string.Create(CultureInfo.InvariantCulture, $"case/{year}"), cancellationToken);
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

    private async Task<long> ReserveAsync(string name, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldAloneAsync(SqlLocks.CaseNumbers, cancellationToken);
        var counter = await db.Counters.FirstOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (counter is null)
        {
            db.Counters.Add(counter = new CounterRow { Name = name });
        }

        counter.Value += _block;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return counter.Value;
    }
}
