using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GridFlow.Workflows.Activities;

namespace GridFlow.Workflows.Engine;

/// <summary>Writes and reads the state of an instance: compact, and without type names, so that a renamed class breaks nothing.</summary>
public static class InstanceJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(), new ValueConverter() },
        // Deeper than any value that comes in: what a person or a service sent must not keep a step from being kept.
        MaxDepth = 256,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmpty } },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the state; version and case are kept beside it.</summary>
    public static string Write(WorkflowInstance instance) => JsonSerializer.Serialize(instance, Options);

    /// <summary>Reads a state.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static WorkflowInstance Read(string json) => JsonSerializer.Deserialize<WorkflowInstance>(json, Options) ?? throw new JsonException("The state of an instance is empty.");

    // Most lists of most runs are empty, and a list that is not written is read as an empty one.
    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        if (type.Type != typeof(WorkflowInstance) && type.Type != typeof(WorkflowScope) && type.Type != typeof(ActivityRun))
        {
            return;
        }

        foreach (var property in type.Properties.Where(property => property.PropertyType.IsAssignableTo(typeof(ICollection))))
        {
            property.ShouldSerialize = static (_, value) => value is ICollection { Count: > 0 };
        }
    }

    // Values of variables and answers: text, numbers, yes and no, lists, objects, as expressions know them.
    private sealed class ValueConverter : JsonConverter<object?>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => InputReader.FromJson(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
        {
            // As JavaScript writes them: what 1 / 0 yields is no number in JSON.
            if (value is double number && !double.IsFinite(number))
            {
                writer.WriteNullValue();
            }
            else if (value is null or "")
            {
                JsonSerializer.Serialize(writer, value as string);
            }
            else
            {
                JsonSerializer.Serialize(writer, value, value.GetType(), options);
            }
        }
    }
}
