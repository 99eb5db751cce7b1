using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>Areas as the index of words knows them, so that a search reads only what lies in them.</summary>
internal static class SearchAreas
{
    private const int CountyDepth = 3;

    /// <summary>The codes of the areas with these paths; null when they narrow nothing: there are none, or all cases lie in one of them.</summary>
    public static async Task<IReadOnlyList<string>?> OfAsync(GridFlowDbContext db, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths.Where(path => path.Count(sign => sign == '/') <= CountyDepth + 1))
        {
            var above = Enumerable.Range(0, path.Length).Where(at => path[at] == '/').Select(at => path[..(at + 1)]).ToList();
            var elsewhere = TextOrder.Begins<Area>(area => area.Path, path).Not().And(area => !above.Contains(area.Path));
            if (path == "/" || !await db.Areas.AnyAsync(elsewhere, cancellationToken))
            {
                return null;
            }
        }

        return paths.Count == 0 ? null : [.. paths.Select(CodeOf).OfType<string>()];
    }

    public static string? CodeOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
}
