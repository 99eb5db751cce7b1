using GridFlow.Server.Operations;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Organisation;

/// <summary>What an import of boundaries did. <c>Unknown</c> are codes of the file that name no area.</summary>
public sealed record BoundaryImportResult(int Set, int Unchanged, IReadOnlyList<string> Unknown);

/// <summary>Brings outlines of areas in from a GeoJSON file. Areas the file does not name keep theirs.</summary>
public sealed class BoundaryImport(IDbContextFactory<GridFlowDbContext> database, WriteGate gate)
{
    /// <exception cref="BadInputException">The file cannot be read as such.</exception>
    public async Task<BoundaryImportResult> RunAsync(string file, CancellationToken cancellationToken = default)
    {
        var outlines = Read(file);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var codes = outlines.Keys.ToList();
        var areas = await db.Areas.Where(area => EF.Parameter(codes).Contains(area.Code)).ToListAsync(cancellationToken);
        var changed = areas.Where(area => area.Boundary != outlines[area.Code]).ToList();
        foreach (var area in changed)
        {
            area.Boundary = outlines[area.Code];
        }

        await db.SaveChangesAsync(cancellationToken);
        return new BoundaryImportResult(changed.Count, areas.Count - changed.Count, [.. codes.Except(areas.Select(area => area.Code)).Order(StringComparer.Ordinal)]);
    }

    private static IReadOnlyDictionary<string, string> Read(string file)
    {
        try
        {
            using var content = File.OpenRead(file);
            var outlines = AreaBoundary.ReadGeoJson(content);
            return outlines.Count > 0 ? outlines : throw new BadInputException($"{file}: {OperationsText.Of("BoundariesNone")}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new BadInputException($"{file}: {(problem is FormatException ? OperationsText.Of("BoundariesNoGeoJson", problem.Message.ReplaceLineEndings(" ")) : problem.Message)}");
        }
    }
}
