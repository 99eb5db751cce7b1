using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Workflows.Definitions;

/// <summary>
/// Activities that stand in a property of another instead of in its list: the branches of an If, the body of a loop, the
/// cases of a switch. Found by their shape, so that an activity we do not know keeps what it holds.
/// </summary>
internal static class ElsaSlots
{
    /// <summary>The activities in properties of <paramref name="json"/>, each with the way to it.</summary>
    public static IEnumerable<(string Slot, JsonElement Activity)> Of(JsonElement json)
    {
        foreach (var property in json.EnumerateObject().Where(property => !ElsaJson.NotInputs.Contains(property.Name)))
        {
            if (IsActivity(property.Value))
            {
                yield return (property.Name, property.Value);
            }
            else if (property.Value.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in property.Value.EnumerateArray())
                {
                    if (IsActivity(item))
                    {
                        yield return (string.Create(CultureInfo.InvariantCulture, $"{property.Name}/{index}"), item);
                    }
                    else if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("activity", out var activity) && IsActivity(activity))
                    {
                        yield return (string.Create(CultureInfo.InvariantCulture, $"{property.Name}/{index}/activity"), activity);
                    }

                    index++;
                }
            }
        }
    }

    /// <summary>Whether a property holds activities and nothing else, and so is no input.</summary>
    public static bool IsSlot(JsonElement value) =>
        IsActivity(value) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsActivity));

    /// <summary>Puts an activity where its slot says, if that place is still there.</summary>
    public static void Put(JsonObject parent, string slot, JsonObject activity)
    {
        var way = slot.Split('/');
        if (way.Length == 1)
        {
            parent[slot] = activity;
        }
        else if (int.TryParse(way[1], CultureInfo.InvariantCulture, out var index))
        {
            var list = parent[way[0]] as JsonArray ?? [];
            parent[way[0]] = list.Parent is null ? list : list.DeepClone();
            list = (JsonArray)parent[way[0]]!;
            while (list.Count <= index)
            {
                list.Add(null);
            }

            if (way.Length == 2)
            {
                list[index] = activity;
            }
            else
            {
                list[index] ??= new JsonObject();
                list[index]!["activity"] = activity;
            }
        }
    }

    private static bool IsActivity(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && !value.TryGetProperty("expression", out _)
        && (value.TryGetProperty("nodeId", out _) || value.TryGetProperty("version", out _) || value.TryGetProperty("activities", out _) || value.TryGetProperty("metadata", out _)
            || (value.TryGetProperty("id", out _) && !value.TryGetProperty("value", out _)));
}
