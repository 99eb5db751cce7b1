using System.Text.Json;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>
/// Variables and inputs that expressions use and nobody declares: mostly a slip of the pen, which would surface as an incident of
/// some case.
/// </summary>
internal static class ReferenceCheck
{
    // What loops give to their bodies without being declared.
    private static readonly string[] OfLoops = ["CurrentValue", "CurrentIndex"];

    public static void Run(Findings findings)
    {
        var inputs = findings.Definition.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        Visit(findings.Definition.Root, [.. Keys(findings.Definition.Variables), .. OfLoops]);

        void Visit(ActivityNode node, HashSet<string> variables)
        {
            var visible = node.Variables.IsEmpty ? variables : [.. variables, .. Keys(node.Variables)];
            foreach (var (name, input) in InputCheck.Expressions(node))
            {
                foreach (var (kind, key) in References(node, name, input).Distinct())
                {
                    var isKnown = kind switch
                    {
                        Reference.Variable => IsIn(visible, key),
                        Reference.Input => IsIn(inputs, key),
                        // getXFromY() reads what the activity Y gave out.
                        Reference.Either => IsIn(visible, key) || IsIn(inputs, key) || key.Contains("From", StringComparison.Ordinal),
                    };
                    if (!isKnown)
                    {
                        findings.Add(kind == Reference.Input ? ProblemKind.UnknownInput : ProblemKind.UnknownVariable, node, name, name, key);
                    }
                }
            }

            foreach (var child in node.Activities)
            {
                Visit(child, visible);
            }
        }
    }

    private static IEnumerable<(Reference Kind, string Key)> References(ActivityNode node, string name, ActivityInput input)
    {
        switch (input.ExpressionType)
        {
            case "Variable" when Named(input) is { Length: > 0 } variable:
                return [(Reference.Variable, variable)];
            case "Input" when Named(input) is { Length: > 0 } wanted:
                return [(Reference.Input, wanted)];
            case "JavaScript" when ExpressionParser.Parse(input.Text).Node is { } expression:
                return ExpressionReferences.Of(expression).Select(reference => (reference.IsVariable, reference.IsInput) switch
                {
                    (true, true) => (Reference.Either, reference.Name),
                    (true, false) => (Reference.Variable, reference.Name),
                    _ => (Reference.Input, reference.Name),
                });
            case "Literal" when node.Type == "Elsa.SetVariable" && name == "variable" && Named(input) is { Length: > 0 } set:
                return [(Reference.Variable, set)];
            default:
                return [];
        }
    }

    private static string Named(ActivityInput input)
    {
        if (input.Value.ValueKind != JsonValueKind.Object)
        {
            return input.Text;
        }

        // By its name where there is one; an id alone is how newer files refer to it.
        return Text("name") ?? Text("id") ?? "";

        string? Text(string property) => input.Value.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static IEnumerable<string> Keys(IEnumerable<Variable> variables) => variables.SelectMany(variable => new[] { variable.Id, variable.Name });

    // As expressions find them: the first letter may be of the other case.
    private static bool IsIn(HashSet<string> names, string key) => names.Contains(key) || (key.Length > 0
        && names.Contains((char.IsUpper(key[0]) ? char.ToLowerInvariant(key[0]) : char.ToUpperInvariant(key[0])) + key[1..]));

    private enum Reference
    {
        Variable,
        Input,
        Either,
    }
}
