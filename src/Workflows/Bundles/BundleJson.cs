using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Bundles;

/// <summary>Reads and writes the content of a bundle as one JSON document, the form in which it is stored and carried about.</summary>
public static class BundleJson
{
    private const int MaxDepth = ElsaJson.MaxDepth + 10;

    /// <summary>How values of the domain are written wherever they are stored as JSON: camel case, enums by name, nothing for nothing.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // A bundle holds definitions a little deeper than they are themselves.
        MaxDepth = MaxDepth,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Chinese text stays readable; the documents are never embedded in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the content; the number is not part of it.</summary>
    public static string Write(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return new JsonObject
        {
            ["definitions"] = new JsonArray([.. bundle.Definitions.Select(ElsaJson.Write)]),
            ["routing"] = JsonSerializer.SerializeToNode(bundle.Routing.Rows, Options),
            ["categories"] = JsonSerializer.SerializeToNode(bundle.Categories.All, Options),
            ["calendar"] = JsonSerializer.SerializeToNode(bundle.Calendar, Options),
        }.ToJsonString(Options);
    }

    /// <summary>Reads a content under a number.</summary>
    /// <exception cref="DefinitionFormatException">It is not the content of a bundle; the message says where.</exception>
    public static Bundle Read(int number, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = document.RootElement;
            return new Bundle(number,
                root.GetProperty("definitions").EnumerateArray().Select(definition => ElsaJson.Read(definition.GetRawText())),
                new RoutingTable(root.GetProperty("routing").Deserialize<List<RoutingRow>>(Options)!),
                new CategoryCatalogue(root.GetProperty("categories").Deserialize<List<Category>>(Options)!),
                root.GetProperty("calendar").Deserialize<WorkingCalendar>(Options)!);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new DefinitionFormatException("$", new LocalizedText("这不是发布版本的内容：" + exception.Message, "this is not the content of a bundle: " + exception.Message), exception);
        }
    }
}
