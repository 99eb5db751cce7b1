namespace GridFlow.Workflows.Tests.Calendars;

/// <summary>Real data kept beside the repository: tests that need it are skipped where it is absent.</summary>
internal static class SharedFiles
{
    public static string Find(string path)
    {
        var roots = Environment.GetEnvironmentVariable("GRIDFLOW_SHARED") is { Length: > 0 } named ? [named] : Neighbours();
        var found = roots.Select(root => Path.Combine(root, path)).FirstOrDefault(Path.Exists);
        if (found is null)
        {
            Assert.Skip($"'{path}' is not beside the repository; set GRIDFLOW_SHARED to the folder that holds it.");
        }

        return found;
    }

    private static IEnumerable<string> Neighbours()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
            {
                yield return Path.Combine(folder.FullName, "..", "shared");
            }
        }
    }
}
