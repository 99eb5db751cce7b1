using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridFlow.Workflows.Calendars;

internal sealed class TimeLimitJsonConverter : JsonConverter<TimeLimit>
{
    public override TimeLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return TimeLimit.TryParse(text, out var limit)
            ? limit
            : throw new JsonException("A time limit is a string such as \"2uh\", \"4wh\", \"15wm\", \"5wd\" or \"3nd\".");
    }

    public override void Write(Utf8JsonWriter writer, TimeLimit value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
