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
            ["rules"] = JsonSerializer.SerializeToNode(bundle.Rules, Options),
        }.ToJsonString(Options);
    }

    /// <summary>Writes one part of a content, named as <see cref="Drafts.CellPath.PartOf"/> names it; null for a workflow there is none of.</summary>
    public static string? WritePart(Bundle bundle, string part)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return part switch
        {
            "routing" => JsonSerializer.Serialize(bundle.Routing.Rows, Options),
            "categories" => JsonSerializer.Serialize(bundle.Categories.All, Options),
            "calendar" => JsonSerializer.Serialize(bundle.Calendar, Options),
            "rules" => JsonSerializer.Serialize(bundle.Rules, Options),
            _ => bundle.FindDefinition(Drafts.CellPath.Split(part)[1]) is { } definition ? ElsaJson.Write(definition).ToJsonString(Options) : null,
        };
    }

    /// <summary>A bundle with some of its parts replaced by what <see cref="WritePart"/> wrote.</summary>
    public static Bundle With(Bundle bundle, IEnumerable<(string Part, string? Content)> parts)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(parts);
        var definitions = bundle.Definitions.ToList();
        var (routing, categories, calendar, rules) = (bundle.Routing, bundle.Categories, bundle.Calendar, bundle.Rules);
        foreach (var (part, content) in parts.OrderBy(given => given.Part, StringComparer.Ordinal))
        {
            switch (part)
            {
                case "routing":
                    routing = new RoutingTable(JsonSerializer.Deserialize<List<RoutingRow>>(content!, Options)!);
                    break;
                case "categories":
                    categories = new CategoryCatalogue(JsonSerializer.Deserialize<List<Category>>(content!, Options)!);
                    break;
                case "calendar":
                    calendar = JsonSerializer.Deserialize<WorkingCalendar>(content!, Options)!;
                    break;
                case "rules":
                    rules = JsonSerializer.Deserialize<CaseRules>(content!, Options)!;
                    break;
                default:
                    var id = Drafts.CellPath.Split(part)[1];
                    var index = definitions.FindIndex(definition => definition.DefinitionId == id);
                    if (index >= 0)
                    {
                        definitions.RemoveAt(index);
                    }

                    if (content is not null)
                    {
                        definitions.Insert(index < 0 ? definitions.Count : index, ElsaJson.Read(content));
                    }

                    break;
            }
        }

        return new Bundle(bundle.Number, definitions, routing, categories, calendar) { Rules = rules };
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
                root.GetProperty("calendar").Deserialize<WorkingCalendar>(Options)!)
            {
                // Bundles published before there were rules of their own follow the usual ones.
                Rules = root.TryGetProperty("rules", out var rules) ? rules.Deserialize<CaseRules>(Options)! : CaseRules.Default,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new DefinitionFormatException("$", exception switch
            {
                KeyNotFoundException => new LocalizedText("这不是发布版本的内容：缺少 definitions、routing、categories 或 calendar", "this is not the content of a bundle: definitions, routing, categories or calendar is missing"),
                JsonException { Path: { Length: > 1 } path } => new LocalizedText($"这不是发布版本的内容：{path} 处的格式不对", $"this is not the content of a bundle: {path} has the wrong form"),
                JsonException { LineNumber: { } line } => new LocalizedText($"不是有效的 JSON（第 {line + 1} 行有误）", $"not valid JSON at line {line + 1}"),
                _ => new LocalizedText("这不是发布版本的内容：其中有一部分格式不对", "this is not the content of a bundle: a part of it has the wrong form"),
            }, exception);
        }
    }
}
