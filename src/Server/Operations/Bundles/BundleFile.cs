using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Operations.Bundles;

/// <summary>A whole bundle as one file: what a page offers for download, and what a draft can be begun from.</summary>
internal static class BundleFile
{
    private static readonly JsonSerializerOptions Readable = new(BundleJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="BadInputException">There is no such file, or it may not be read.</exception>
    /// <exception cref="DefinitionFormatException">It is no bundle; the message says where.</exception>
    public static Bundle Read(string file)
    {
        try
        {
            return BundleJson.Read(0, File.ReadAllText(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException(OperationsText.Of("BundleUnreadable", file, problem.Message));
        }
    }

    /// <summary>The same, where a file that is no bundle is bad input like any other.</summary>
    public static Bundle Demand(string file)
    {
        try
        {
            return Read(file);
        }
        catch (DefinitionFormatException problem)
        {
            throw new BadInputException($"{file}: {problem.Path}: {problem.Problem}");
        }
    }

    /// <summary>Writes a bundle so that people can read it, and so that the same bundle gives the same file.</summary>
    public static async Task WriteAsync(string file, Bundle bundle, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, JsonNode.Parse(BundleJson.Write(bundle))!.ToJsonString(Readable) + "\n", new UTF8Encoding(false), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException(OperationsText.Of("DefinitionsUnwritable", file, problem.Message));
        }
    }
}
