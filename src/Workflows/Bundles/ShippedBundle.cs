using System.Text.Json;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Bundles;

/// <summary>
/// What GridFlow comes with: five workflows, a local extension of categories, a routing table that names units only by their
/// relation to the case, and the Chinese working calendar. Where it is first started this becomes bundle 1.
/// </summary>
public static class ShippedBundle
{
    /// <summary>The workflow every case begins with.</summary>
    public const string IntakeWorkflow = "intake";

    private static readonly string[] Workflows = [IntakeWorkflow, "small", "hard", "big", "callback", "part"];

    /// <summary>Reads it from the assembly.</summary>
    public static Bundle Read(int number) => new(
        number,
        Workflows.Select(name => ElsaJson.Read(Resource(name + ".json"))),
        new RoutingTable(JsonSerializer.Deserialize<List<RoutingRow>>(Resource("routing.json"), BundleJson.Options)!),
        new CategoryCatalogue(JsonSerializer.Deserialize<List<Category>>(Resource("categories.json"), BundleJson.Options)!),
        WorkingCalendar.China);

    private static string Resource(string name)
    {
        using var stream = typeof(ShippedBundle).Assembly.GetManifestResourceStream("Shipped." + name)
            ?? throw new InvalidOperationException($"The assembly does not carry the shipped file '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
