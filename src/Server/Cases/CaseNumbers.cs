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
    private const int Block = 20;
    private static readonly TimeZoneInfo Zone = Workflows.Calendars.WorkingCalendar.China.Zone;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _year;
    private long _next;
    private long _end;

    public async Task<string> NextAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var year = TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).Year;
            if (year != _year || _next >= _end)
            {
                _end = await ReserveAsync(string.Create(CultureInfo.InvariantCulture, $"case/{year}"), cancellationToken);
                (_year, _next) = (year, _end - Block);
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

        counter.Value += Block;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return counter.Value;
    }
}
