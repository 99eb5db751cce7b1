using System.CommandLine;
using System.CommandLine.Parsing;

namespace GridFlow.Server.Operations;

/// <summary>What to say of a command line that cannot be read. The parser's own sentences name types of .NET, and no verbs.</summary>
internal static class Misuse
{
    public static string Of(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        if (error.SymbolResult is OptionResult { Tokens: [var value, ..] } given
            && (Nullable.GetUnderlyingType(given.Option.ValueType) ?? given.Option.ValueType) is var type && error.Message.Contains(type.ToString(), StringComparison.Ordinal))
        {
            return OperationsText.Of("MisuseOption", value.Value, given.Option.Name, Wanted(type));
        }

        var command = parsed.CommandResult.Command;
        return command is { Action: null, Subcommands: { Count: > 0 } verbs }
            ? OperationsText.Of("MisuseNoVerb", string.Join(", ", verbs.Select(verb => $"{command.Name} {verb.Name}")))
            : error.Message;
    }

    private static string Wanted(Type type) => type switch
    {
        { IsEnum: true } => OperationsText.Of("MisuseOneOf", string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))),
        _ when type == typeof(int) || type == typeof(long) => OperationsText.Of("MisuseWholeNumber"),
        _ when type == typeof(double) || type == typeof(decimal) => OperationsText.Of("MisuseNumber"),
        _ when type == typeof(bool) => OperationsText.Of("MisuseOneOf", "true, false"),
        _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly) => OperationsText.Of("MisuseDate"),
        _ => OperationsText.Of("MisuseOther"),
    };
}
