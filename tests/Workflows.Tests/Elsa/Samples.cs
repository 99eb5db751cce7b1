using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Workflows.Tests.Elsa;

/// <summary>The real Elsa definitions kept beside the repository, by a short name.</summary>
internal static class Samples
{
    private const string Tests = "elsa-core__test__integration__";
    private static readonly string[] Prefixes = [Tests + "Elsa.Workflows.IntegrationTests__Scenarios__", Tests + "Elsa.Workflows.IntegrationTests__Activities__", Tests, "elsa-core__"];

    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    /// <summary>All of them, in the order of their names.</summary>
    public static SortedDictionary<string, WorkflowDefinition> Read()
    {
        var files = Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json").Where(file => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal));
        return new SortedDictionary<string, WorkflowDefinition>(files.ToDictionary(NameOf, file => ElsaJson.Read(File.ReadAllText(file))), StringComparer.Ordinal);
    }

    /// <summary>A bundle of a sample, the samples of its folder, and whatever else it calls.</summary>
    public static Bundle BundleOf(SortedDictionary<string, WorkflowDefinition> all, string name, IEnumerable<WorkflowDefinition> others)
    {
        var folder = name[..(name.LastIndexOf('/') + 1)];
        var neighbours = all.Where(sample => folder.Length > 0 && sample.Key.StartsWith(folder, StringComparison.Ordinal)).Select(sample => sample.Value);
        return new Bundle(1, others.Prepend(all[name]).Concat(neighbours).DistinctBy(definition => definition.DefinitionId), new RoutingTable([]), new CategoryCatalogue([]), WorkingCalendar.China);
    }

    /// <summary>What keeps a sample from being published, though all it calls were there; empty for nothing.</summary>
    public static string Lacks(WorkflowDefinition definition)
    {
        var problems = DefinitionValidator.Validate(definition, _ => true, _ => true).Where(problem => problem.IsError);
        return string.Join("; ", problems.Select(problem => problem.Code switch
        {
            "unknown-type" => definition.FindActivity(problem.Path.Split('/')[^1])!.Type,
            "unknown-expression" => problem.Message.En[(problem.Message.En.LastIndexOf(' ') + 1)..].Trim('\''),
            _ => problem.Message.En,
        }).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>What the document says of a sample: what it lacks, or that it runs, and with which workflows beside the samples.</summary>
    public static string Told(SortedDictionary<string, WorkflowDefinition> all, WorkflowDefinition definition)
    {
        if (Lacks(definition) is { Length: > 0 } lacks)
        {
            return lacks;
        }

        var called = Called(definition);
        var absent = called.Where(id => all.Values.All(other => other.DefinitionId != id)).Select(id => $"`{id}`").ToList();
        var incomplete = all.Values.Where(other => other.DefinitionId != definition.DefinitionId && called.Contains(other.DefinitionId)
            && (Lacks(other).Length > 0 || Called(other).Any(id => all.Values.All(known => known.DefinitionId != id)))).Select(other => $"`{other.DefinitionId}`").ToList();
        return (absent.Count, incomplete.Count) switch
        {
            (0, 0) => "runs",
            (0, _) => $"runs, with what {string.Join(", ", incomplete)} calls",
            _ => $"runs, with what it calls: {string.Join(", ", absent)}",
        };
    }

    private static SortedSet<string> Called(WorkflowDefinition definition)
    {
        var called = new SortedSet<string>(StringComparer.Ordinal);
        DefinitionValidator.Validate(definition, id => called.Add(id) || true, _ => true);
        return called;
    }

    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        name = Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } found ? name[found.Length..] : name;
        return name.Replace("__Workflows__", "__", StringComparison.Ordinal).Replace("__", "/", StringComparison.Ordinal);
    }
}
