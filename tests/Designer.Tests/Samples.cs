using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Designer.Tests;

/// <summary>The real Elsa definitions kept beside the repository.</summary>
internal static class Samples
{
    public static IEnumerable<WorkflowDefinition> Read() => Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json")
        .Where(file => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => ElsaJson.Read(File.ReadAllText(file)));
}
