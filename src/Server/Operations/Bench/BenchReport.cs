using System.Globalization;

namespace GridFlow.Server.Operations.Bench;

/// <summary>Commits of one insert and one update per second: with as many connections as callers, with one, and on SQLite a hundred operations to a commit.</summary>
internal sealed record Floor(double AllConnections, double OneConnection, double? Grouped);

/// <summary>What <c>bench</c> prints. Times are of this process; the server's own processor time on PostgreSQL is not in them.</summary>
internal sealed record BenchReport
{
    public required string Database { get; init; }

    public required int Callers { get; init; }

    public required int Cases { get; init; }

    public required double OperationsPerSecond { get; init; }

    public required double CasesPerSecond { get; init; }

    public required double FloorOperationsPerSecond { get; init; }

    public required double RatioToFloor { get; init; }

    public required double FloorOneConnection { get; init; }

    public required double RatioToFloorOneConnection { get; init; }

    public double? FloorGroupedBy100 { get; init; }

    public required double CpuMsPerCase { get; init; }

    public required double BytesPerCase { get; init; }

    public required double StatementsPerOperation { get; init; }

    public required double CommitsPerOperation { get; init; }

    public required double P50Ms { get; init; }

    public required double P95Ms { get; init; }

    public required IReadOnlyList<BenchStretch> Stretches { get; init; }

    public static BenchReport Of(string database, int callers, LoadResult load, long bytes, Floor before, Floor after)
    {
        var operations = load.Operations / load.Seconds;
        var floor = (before.AllConnections + after.AllConnections) / 2;
        var one = (before.OneConnection + after.OneConnection) / 2;
        return new BenchReport
        {
            Database = database,
            Callers = callers,
            Cases = load.Cases,
            OperationsPerSecond = Round(operations, 1),
            CasesPerSecond = Round(load.Cases / load.Seconds, 1),
            FloorOperationsPerSecond = Round(floor, 1),
            RatioToFloor = Round(operations / floor, 3),
            FloorOneConnection = Round(one, 1),
            RatioToFloorOneConnection = Round(operations / one, 3),
            FloorGroupedBy100 = before.Grouped is { } first && after.Grouped is { } second ? Round((first + second) / 2, 1) : null,
            CpuMsPerCase = Round(load.CpuMs / load.Cases, 3),
            BytesPerCase = Round((double)bytes / load.Cases, 0),
            StatementsPerOperation = Round((double)load.Statements / load.Operations, 3),
            CommitsPerOperation = Round((double)load.Commits / load.Operations, 3),
            P50Ms = Round(load.P50Ms, 3),
            P95Ms = Round(load.P95Ms, 3),
            Stretches = [.. load.Stretches.Select(stretch => new BenchStretch(stretch.Cases, Round(stretch.Cases / stretch.Seconds, 1), Round(stretch.CpuMs / stretch.Cases, 3)))],
        };
    }

    public IEnumerable<string> Lines()
    {
        yield return OperationsText.Of("BenchTitle", Database, Callers, Cases);
        yield return OperationsText.Of("BenchSpeed", OperationsPerSecond, CasesPerSecond, P50Ms, P95Ms);
        yield return OperationsText.Of("BenchFloor", FloorOperationsPerSecond, RatioToFloor, FloorOneConnection, RatioToFloorOneConnection);
        if (FloorGroupedBy100 is { } grouped)
        {
            yield return OperationsText.Of("BenchFloorGrouped", grouped);
        }

        yield return OperationsText.Of("BenchCost", CpuMsPerCase, BytesPerCase, StatementsPerOperation, CommitsPerOperation);
        yield return OperationsText.Of("BenchStretches", string.Join("  ", Stretches.Select(stretch => stretch.CpuMsPerCase.ToString("0.00", CultureInfo.InvariantCulture))));
    }

    private static double Round(double value, int digits) => Math.Round(value, digits);
}

/// <summary>One tenth of the run, in order: whether a case costs more as the database grows.</summary>
internal sealed record BenchStretch(int Cases, double CasesPerSecond, double CpuMsPerCase);
