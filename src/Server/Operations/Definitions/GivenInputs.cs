using System.Globalization;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>Inputs given on the command line, against those a workflow declares.</summary>
internal static class GivenInputs
{
    private static readonly string[] WholeNumbers = ["Int16", "Int32", "Int64", "Byte"];
    private static readonly string[] Numbers = ["Single", "Double", "Decimal"];

    /// <summary>A slip of the pen must not look like a run. A workflow that declares nothing takes anything.</summary>
    /// <exception cref="BadInputException">One is not declared, or its value does not fit.</exception>
    public static void Demand(WorkflowDefinition definition, IReadOnlyDictionary<string, object?> given)
    {
        if (definition.Inputs.IsEmpty)
        {
            return;
        }

        foreach (var (name, value) in given.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            if (definition.Inputs.FirstOrDefault(input => string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } declared)
            {
                throw new BadInputException(OperationsText.Of("DefinitionsInputUnknown", name, string.Join(", ", definition.Inputs.Select(input => input.Name))));
            }

            if (!Fits(declared.TypeName, value))
            {
                throw new BadInputException(OperationsText.Of("DefinitionsInputMisfit", name, value!, declared.TypeName));
            }
        }
    }

    // What the expressions would take as such; a type that is not here takes anything.
    private static bool Fits(string type, object? value) => value switch
    {
        null => true,
        _ when WholeNumbers.Contains(type) => Number(value) is { } number && number == Math.Floor(number),
        _ when Numbers.Contains(type) => Number(value) is not null,
        _ when type == "Boolean" => value is bool || (value is string text && bool.TryParse(text, out _)),
        _ when type is "DateTime" or "DateTimeOffset" => value is string text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    private static double? Number(object value) => value switch
    {
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
