namespace GridFlow.Server.Tests;

/// <summary>Real data that is not part of the repository: named by GRIDFLOW_SHARED, or beside the checkout.</summary>
internal static class SharedMaterial
{
    /// <summary>Null when there is none; the tests that want it say so and are skipped.</summary>
    public static string? Directory { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GRIDFLOW_SHARED") is { Length: > 0 } given)
        {
            return System.IO.Directory.Exists(given) ? given : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
            {
                var beside = Path.Combine(folder.FullName, "..", "shared");
                return System.IO.Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
