namespace GridFlow.Server.Persistence;

/// <summary>Where this installation keeps its data: the database, its keys, later its files.</summary>
public sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>
    /// Setting <c>Data:Directory</c>, option <c>--data</c>; a relative path counts from the working directory.
    /// Default: <c>data</c> beside the solution when run from a checkout, else beside the program.
    /// </summary>
    public string Directory { get; set; } = DefaultDirectory();

    public string DatabaseFile => Path.Combine(Directory, "gridflow.db");

    public string KeysDirectory => Path.Combine(Directory, "keys");

    private static string DefaultDirectory()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
            {
                return Path.Combine(folder.FullName, "data");
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "data");
    }
}
