using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Tests.Persistence;
using GridFlow.Tests;

namespace GridFlow.Server.Tests.Cases;

public sealed class CaseNumbersTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly ManualTimeProvider _time = new(CaseScript.Begin);

    public ValueTask InitializeAsync()
    {
        _database.Create();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task On_a_quiet_day_no_number_is_left_out_even_when_the_program_is_started_again()
    {
        var given = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            using var numbers = new CaseNumbers(new Counters(_database.OpenSql()), _time);
            for (var report = 0; report < 2; report++)
            {
                _time.MoveTo(_time.GetUtcNow() + TimeSpan.FromMinutes(5));
                given.Add(await numbers.NextAsync(TestContext.Current.CancellationToken));
            }
        }

        Assert.Equal(["GF2026-000001", "GF2026-000002", "GF2026-000003", "GF2026-000004"], given);
    }

    [Fact]
    public async Task Two_programs_at_once_never_give_the_same_number()
    {
        using var first = new CaseNumbers(new Counters(_database.OpenSql()), _time);
        using var second = new CaseNumbers(new Counters(_database.OpenSql()), _time);

        var given = await Task.WhenAll(Enumerable.Range(0, 400).Select(index => (index % 2 == 0 ? first : second).NextAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(400, given.Distinct().Count());
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();
}
