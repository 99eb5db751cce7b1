using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Workflows.Tests.Definitions;

public sealed class ElsaJsonTests
{
    // Written anew in the form of today, so their text may change though their meaning does not.
    private static readonly HashSet<string> Normalised = ["connections", "metadata", "customProperties", "variables", "activities", "root", "name", "version"];

    [Fact]
    public void Every_sample_comes_back_with_the_same_meaning_and_nothing_lost()
    {
        var read = 0;
        foreach (var file in Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json").Where(IsDefinition))
        {
            var original = File.ReadAllText(file);
            var once = ElsaJson.Write(ElsaJson.Read(original));
            var twice = ElsaJson.Write(ElsaJson.Read(once.ToJsonString()));

            Assert.True(JsonNode.DeepEquals(once, twice), $"{file}: the second writing differs from the first");
            AssertKept((JsonObject)JsonNode.Parse(original.TrimStart('\uFEFF'))!, once, Path.GetFileName(file));
            read++;
        }

        Assert.Equal(85, read);
    }

    [Fact]
    public void Shipped_flows_come_back_as_they_were()
    {
        foreach (var definition in ShippedBundle.Read(1).Definitions)
        {
            var again = ElsaJson.Read(ElsaJson.Write(definition).ToJsonString());

            Assert.Equal(definition.Name, again.Name);
            Assert.Equal(definition.Root.Connections.Select(Text).Order(StringComparer.Ordinal), again.Root.Connections.Select(Text).Order(StringComparer.Ordinal));
            Assert.All(definition.AllActivities(), node => Assert.Equal(Meaning(node), Meaning(again.FindActivity(node.Id)!)));
        }
    }

    [Fact]
    public void Older_flat_connections_are_read_and_written_nested()
    {
        var definition = ElsaJson.Read("""
            {"id":"x-1","definitionId":"x","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.Start"},{"id":"b","type":"Elsa.End"}],
             "connections":[{"source":"a","sourcePort":"Done","target":"b"}]}}
            """);

        var connection = ElsaJson.Write(definition)["root"]!["connections"]![0]!;

        Assert.Equal("a", (string?)connection["source"]!["activity"]);
        Assert.Equal("In", (string?)connection["target"]!["port"]);
    }

    [Fact]
    public void Numbers_beyond_measure_and_deep_nesting_can_be_written_again()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        var definition = ElsaJson.Read($$$"""
            {"definitionId":"x","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.Start","version":{"id":"b","type":"Elsa.Start"},"deep":{{{deep}}},
             "metadata":{"designer":{"position":{"x":1e400,"y":1} } } }]} }
            """);

        var again = ElsaJson.Read(ElsaJson.Write(definition).ToJsonString());

        Assert.Equal(new CanvasPoint(0, 1), again.FindActivity("a")!.Position);
        Assert.Equal(2, again.AllActivities().Count());
        Assert.Single(BundleJson.Read(1, BundleJson.Write(new Bundle(1, [definition], ShippedBundle.Read(1).Routing, ShippedBundle.Read(1).Categories, ShippedBundle.Read(1).Calendar))).Definitions);
    }

    [Theory]
    [InlineData("""{"definitionId":"x","definitionId":"y","root":{"id":"f","type":"Elsa.Flowchart"}}""", "definitionId")]
    [InlineData("not json", "line 1")]
    [InlineData("[]", "$")]
    [InlineData("""{"definitionId":"x"}""", "$.root")]
    [InlineData("""{"definitionId":"x","root":{"type":"Elsa.Flowchart","id":"f","activities":[{"id":"a"}]}}""", "$.root.activities[0].type")]
    public void What_is_no_definition_is_refused_with_the_place(string json, string place)
    {
        var refusal = Assert.Throws<DefinitionFormatException>(() => ElsaJson.Read(json));

        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
    }

    private static bool IsDefinition(string file) => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal);

    private static string Text(Connection connection) => $"{connection.Source}:{connection.SourcePort} > {connection.Target}:{connection.TargetPort}";

    private static string Meaning(ActivityNode node) => string.Join('|',
        [node.Type, node.Name, node.DisplayText.Zh, node.DisplayText.En, $"{node.Position}", .. node.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => $"{input.Key}={input.Value.ExpressionType}:{JsonNode.Parse(input.Value.Value.GetRawText())?.ToJsonString()}")]);

    private static void AssertKept(JsonObject original, JsonObject written, string path)
    {
        foreach (var (name, value) in original)
        {
            Assert.True(written.ContainsKey(name) || value is null, $"{path}: '{name}' was lost");
            if (name is "root")
            {
                AssertKept((JsonObject)value!, (JsonObject)written[name]!, path + ".root");
            }
            else if (name is "activities")
            {
                foreach (var (before, after) in ((JsonArray)value!).Zip((JsonArray)written[name]!))
                {
                    AssertKept((JsonObject)before!, (JsonObject)after!, $"{path}/{before!["id"]}");
                }
            }
            else if (value is JsonObject inner && inner["type"] is JsonValue && inner["expression"] is null && inner["value"] is null && inner.ContainsKey("id"))
            {
                AssertKept(inner, (JsonObject)written[name]!, $"{path}.{name}");
            }
            else if (value is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject && (item["type"] is not null || item["activity"] is not null)))
            {
                foreach (var (before, after) in list.Zip((JsonArray)written[name]!))
                {
                    AssertKept((JsonObject)(before!["activity"] ?? before), (JsonObject)(after!["activity"] ?? after), $"{path}.{name}");
                }
            }
            else if (!Normalised.Contains(name))
            {
                Assert.True(JsonNode.DeepEquals(value, written[name]), $"{path}: '{name}' changed from {value?.ToJsonString()} to {written[name]?.ToJsonString()}");
            }
        }
    }
}
