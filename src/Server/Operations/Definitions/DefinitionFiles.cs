using System.Globalization;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>Files with workflow definitions, as they are named on the command line: files, directories, or patterns with * and ?.</summary>
internal static class DefinitionFiles
{
    /// <summary>In bytes; as much as the page takes.</summary>
    private const int Largest = Flows.FlowCommands.LargestDefinition;

    /// <summary>The files meant, each once: those of a directory and of a pattern in the order of their names.</summary>
    /// <exception cref="BadInputException">There is none of that name.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> named)
    {
        var found = new List<string>();
        foreach (var name in named)
        {
            var files = Expand(name);
            found.AddRange(files.Count > 0 ? files : throw new BadInputException(OperationsText.Of("DefinitionsNoFile", name)));
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="DefinitionFormatException">It is none.</exception>
    /// <exception cref="BadInputException">It cannot be read, or is too large.</exception>
    public static WorkflowDefinition Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > Largest)
            {
                throw new BadInputException(OperationsText.Of("DefinitionsTooLarge", file, Largest / 1024 / 1024));
            }

            return ElsaJson.Read(File.ReadAllText(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(OperationsText.Of("DefinitionsUnreadable", file, problem.Message));
        }
    }

    /// <summary>Reads one that must be a definition.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static WorkflowDefinition Demand(string file, CultureInfo language)
    {
        try
        {
            return Read(file);
        }
        catch (DefinitionFormatException problem)
        {
            throw new BadInputException($"{file}: {problem.Path}: {problem.Problem.For(language)}");
        }
    }

    private static List<string> Expand(string name)
    {
        try
        {
            if (Directory.Exists(name))
            {
                return [.. Directory.EnumerateFiles(name, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            }

            var pattern = Path.GetFileName(name);
            var directory = Path.GetDirectoryName(name) is { Length: > 0 } given ? given : ".";
            return pattern.AsSpan().IndexOfAny('*', '?') < 0 || File.Exists(name)
                ? File.Exists(name) ? [name] : []
                : Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException(OperationsText.Of("DefinitionsUnreadable", name, problem.Message));
        }
    }
}
