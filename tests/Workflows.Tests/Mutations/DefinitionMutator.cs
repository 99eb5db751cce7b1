using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Workflows.Tests.Mutations;

/// <summary>Spoils the JSON of a definition: its bytes, or its tree, a few times over.</summary>
internal static class DefinitionMutator
{
    private static readonly string[] Numbers = ["1e400", "-1e400", "99999999999999999999999999", "-1", "0.1", "1e-400", "2147483648", "NaN"];
    private static readonly string[] Words =
        ["Elsa.Flowchart", "Elsa.FlowJoin", "Elsa.FlowSwitch", "Elsa.FlowDecision", "GridFlow.HumanTask", "Elsa.ExecuteWorkflow", "Elsa.Delay", "JavaScript", "Liquid", "Literal", "Object", "Variable", "WaitAll", "WaitAny", "", "True", "Done", "\0", "\ud800", "{0}", "{{", "definitions/x"];

    public static string Mutate(string json, Random random) => random.Next(3) == 0 ? Bytes(json, random) : Tree(json, random);

    private static string Bytes(string json, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(json).ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\"0\\,:"[random.Next(7)], random.Next(1, 300)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Tree(string json, Random random)
    {
        var root = new JsonObject { ["$"] = JsonNode.Parse(json) };
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var places = Places(root).ToList();
            if (places.Count == 0)
            {
                break;
            }

            Spoil(places[random.Next(places.Count)], places, random);
        }

        // A number such as 1e400 stands in the tree as a text with a mark.
        return (root["$"]?.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000 }) ?? "null").Replace("\"#number ", "", StringComparison.Ordinal).Replace("#\"", "", StringComparison.Ordinal);
    }

    private static void Spoil(Place place, List<Place> places, Random random)
    {
        switch (random.Next(9))
        {
            case 0:
                place.Remove();
                break;
            case 1:
                place.Duplicate();
                break;
            case 2:
                var other = places[random.Next(places.Count)];
                var (mine, theirs) = (place.Value?.DeepClone(), other.Value?.DeepClone());
                place.Set(theirs);
                other.Set(mine);
                break;
            case 3:
                place.Set(Retyped(place.Value, random));
                break;
            case 4:
                var deep = place.Value?.DeepClone();
                for (var levels = random.Next(1, 70); levels > 0; levels--)
                {
                    deep = random.Next(2) == 0 ? new JsonArray(deep) : new JsonObject { ["type"] = "Elsa.Flowchart", ["id"] = "n", ["activities"] = new JsonArray(deep) };
                }

                place.Set(deep);
                break;
            case 5:
                place.Set($"#number {Numbers[random.Next(Numbers.Length)]}#");
                break;
            case 6:
                place.Set(new string("x1(中["[random.Next(5)], random.Next(1, 60_000)));
                break;
            case 7:
                place.Set(Words[random.Next(Words.Length)]);
                break;
            default:
                place.Set(places[random.Next(places.Count)].Value?.DeepClone());
                break;
        }
    }

    private static JsonNode? Retyped(JsonNode? value, Random random) => random.Next(6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-2, 1000),
        3 => new JsonArray(value?.DeepClone()),
        4 => new JsonObject { ["value"] = value?.DeepClone() },
        _ => value?.ToJsonString(),
    };

    private static IEnumerable<Place> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(member => Places(member.Value).Prepend(new Place(members, member.Key, -1))),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(index => Places(items[index]).Prepend(new Place(items, "", index))),
        _ => [],
    };

    // A change may have taken the place itself away: then nothing is left to change there.
    private sealed record Place(JsonNode Parent, string Name, int Index)
    {
        public JsonNode? Value => Parent is JsonArray items ? Index < items.Count ? items[Index] : null : Parent[Name];

        public void Set(JsonNode? value)
        {
            if (Parent is JsonArray items && Index < items.Count)
            {
                items[Index] = value;
            }
            else if (Parent is JsonObject)
            {
                Parent[Name] = value;
            }
        }

        public void Remove()
        {
            if (Parent is JsonArray items && Index < items.Count)
            {
                items.RemoveAt(Index);
            }
            else if (Parent is JsonObject members && Name != "$")
            {
                members.Remove(Name);
            }
        }

        public void Duplicate()
        {
            if (Parent is JsonArray items)
            {
                items.Add(Value?.DeepClone());
            }
            else
            {
                Parent[Name + "2"] = Value?.DeepClone();
            }
        }
    }
}
