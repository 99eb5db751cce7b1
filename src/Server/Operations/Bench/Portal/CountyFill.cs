using System.Globalization;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Bulk;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Operations.Bench.Portal;

/// <summary>Writes a county and its cases into an empty database.</summary>
internal sealed class CountyFill(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, TimeProvider time)
{
    private const int AtOnce = 10_000;
    private static readonly (HistoryKind Kind, string Data)[] Story =
    [
        (HistoryKind.Accepted, "{}"), (HistoryKind.Routed, """{"lead":"dept:urban"}"""), (HistoryKind.WorkItemOpened, """{"item":"1"}"""), (HistoryKind.Claimed, """{"item":"1"}"""), (HistoryKind.WorkItemCompleted, """{"item":"1","outcome":"Handled"}"""),
    ];

    /// <summary>Tells how many of the cases are open.</summary>
    public async Task<int> FillAsync(County county, int cases, int open, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.AddRange(county.Areas);
        db.AddRange(county.Departments);
        await db.SaveChangesAsync(cancellationToken);

        var bundle = await bundles.GetCurrentAsync(cancellationToken);
        var source = new CountyCases(county, bundle, cases, open, time.GetUtcNow());
        var tables = new WorkflowTables(database);
        var isOpen = 0;
        await using var writer = await BulkWriter.OpenAsync(db, isLasting: false, cancellationToken);
        for (var first = 0; first < cases; first += AtOnce)
        {
            var some = Enumerable.Range(first, Math.Min(AtOnce, cases - first)).AsParallel().AsOrdered().Select(source.Of).ToList();
            isOpen += some.Count(one => one.Row.Status == CaseStatus.Open);
            await WriteAsync(writer, tables, some, bundle.Number, cancellationToken);
            progress.Report((double)(first + some.Count) / cases);
        }

        await writer.FinishAsync(cancellationToken);
        return isOpen;
    }

    private static async Task WriteAsync(BulkWriter writer, WorkflowTables tables, List<BenchCase> cases, int bundle, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(tables.Cases, cases.ConvertAll(one => one.Row), cancellationToken);
        await writer.WriteAsync(tables.Instances, cases.ConvertAll(one => InstanceOf(one, bundle)), cancellationToken);
        await writer.WriteAsync(tables.WorkItems, [.. cases.SelectMany(one => one.Items)], cancellationToken);
        await writer.WriteAsync(tables.Units, [.. cases.SelectMany(UnitsOf)], cancellationToken);
        await writer.WriteAsync(tables.Reporters, [.. cases.Where(one => one.Row.HasReporter).Select(ReporterOf)], cancellationToken);
        await writer.WriteAsync(tables.Timers, [.. cases.Where(one => one.Row is { Status: CaseStatus.Open, DueAt: not null }).Select(TimerOf)], cancellationToken);
        await writer.WriteAsync(tables.History, [.. cases.SelectMany(HistoryOf)], cancellationToken);
        await writer.WriteTextsAsync(cases.ConvertAll(one => one.Row), cancellationToken);
    }

    private static InstanceRow InstanceOf(BenchCase one, int bundle)
    {
        var isOpen = one.Row.Status == CaseStatus.Open;
        var instance = new WorkflowInstance { Id = one.Row.Number, DefinitionId = "intake", Bundle = bundle, Status = isOpen ? InstanceStatus.Running : InstanceStatus.Finished };
        return new InstanceRow { Id = instance.Id, DefinitionId = instance.DefinitionId, Bundle = bundle, Status = instance.Status, Version = Story.Length, State = InstanceJson.Write(instance) };
    }

    private static IEnumerable<CaseUnitRow> UnitsOf(BenchCase one) =>
        one.Items.Select(item => item.Unit).Append(one.Row.LeadUnit!).Where(unit => UnitKey.DepartmentOf(unit) is not null).Distinct().Select(unit => new CaseUnitRow { CaseNumber = one.Row.Number, Unit = unit });

    private static ReporterRow ReporterOf(BenchCase one) => new()
    {
        CaseNumber = one.Row.Number,
        Name = "居民",
        Phone = string.Create(CultureInfo.InvariantCulture, $"138{one.Seed % 100_000_000:D8}"),
        Email = "",
        Address = "",
        SecretHash = Hash(one.Seed),
    };

    private static TimerRow TimerOf(BenchCase one) => new() { Id = $"{one.Row.Number}-t", InstanceId = one.Row.Number, DueAt = one.Row.DueAt!.Value.AddYears(1) };

    private static IEnumerable<HistoryRow> HistoryOf(BenchCase one) =>
        Story.Take(one.Row.Status == CaseStatus.Open ? 3 : Story.Length).Select((entry, index) => new HistoryRow
        {
            InstanceId = one.Row.Number,
            Number = index + 1,
            At = one.Row.AcceptedAt.AddMinutes(index * 30),
            Kind = entry.Kind,
            ActorId = "system",
            ActorName = "王芳",
            IsPublic = index % 2 == 0,
            Data = entry.Data.Replace("\"1\"", $"\"{one.Row.Number}-1\"", StringComparison.Ordinal),
            Hash = Hash(one.Seed + index),
        });

    private static string Hash(int seed) => string.Create(CultureInfo.InvariantCulture, $"{seed:x8}{seed:x8}{seed:x8}{seed:x8}{seed:x8}{seed:x8}{seed:x8}{seed:x8}");
}
