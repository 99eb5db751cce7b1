using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridFlow.Workflows.Calendars;

/// <summary>The form in which a deadline is kept: camel-case JSON without the members that say nothing.</summary>
public static class DeadlineJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        // Chinese names stay readable in the database and take a third of the room.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a deadline.</summary>
    public static string Write(Deadline deadline) => JsonSerializer.Serialize(deadline, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a deadline.</exception>
    public static Deadline Read(string json) =>
        JsonSerializer.Deserialize<Deadline>(json, Options) ?? throw new JsonException("A deadline is a JSON object, not null.");
}
