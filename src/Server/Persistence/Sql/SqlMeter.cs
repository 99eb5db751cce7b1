using System.Diagnostics.Metrics;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>Counts what the engine's store asks of the database, for operators' telemetry and for <c>bench</c>.</summary>
internal static class SqlMeter
{
    public const string Name = "GridFlow.Store";
    private static readonly Meter Meter = new(Name);

    /// <summary>Statements executed, a combined one counted once.</summary>
    public static readonly Counter<long> Statements = Meter.CreateCounter<long>("gridflow.store.statements");

    /// <summary>Transactions committed.</summary>
    public static readonly Counter<long> Commits = Meter.CreateCounter<long>("gridflow.store.commits");
}
