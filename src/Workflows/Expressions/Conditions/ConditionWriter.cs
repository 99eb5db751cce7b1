using System.Text;

namespace GridFlow.Workflows.Expressions.Conditions;

/// <summary>Rows as an expression.</summary>
internal static class ConditionWriter
{
    public static string Write(ConditionGroup group) => group.Items.IsEmpty
        ? group.IsAny ? "false" : "true"
        : string.Join(group.IsAny ? " || " : " && ", group.Items.Select(Item));

    public static string Subject(ConditionSubject subject)
    {
        var dot = subject.IsOptional ? "?." : "";
        return subject.Source switch
        {
            ConditionSource.Case => "case" + Member(subject.Name, dot),
            ConditionSource.Variable => "variables" + Member(subject.Name, ""),
            ConditionSource.Input => "input" + Member(subject.Name, ""),
            ConditionSource.Output => "outputs" + Member(subject.Name, "") + Member(subject.Field, dot),
            ConditionSource.Getter => $"get{subject.Name}()",
            ConditionSource.Clock => $"{subject.Name}(now())",
        };
    }

    private static string Item(ConditionItem item) => item is ConditionGroup group ? $"({Write(group)})" : Row((ConditionRow)item);

    private static string Row(ConditionRow row)
    {
        var subject = Subject(row.Subject);
        var value = row.Value is null ? "null" : Operand(row.Value);
        return row.Test switch
        {
            ConditionTest.Is => $"{subject} {(row.IsLoose ? "==" : "===")} {value}",
            ConditionTest.IsNot => $"{subject} {(row.IsLoose ? "!=" : "!==")} {value}",
            ConditionTest.More => $"{subject} > {value}",
            ConditionTest.AtLeast => $"{subject} >= {value}",
            ConditionTest.Less => $"{subject} < {value}",
            ConditionTest.AtMost => $"{subject} <= {value}",
            ConditionTest.OneOf => $"{value}.includes({subject})",
            ConditionTest.NoneOf => $"!{value}.includes({subject})",
            ConditionTest.Contains => $"{subject}?.includes({value})",
            ConditionTest.ContainsNot => $"!{subject}?.includes({value})",
            ConditionTest.Under => $"isUnder({subject}, {value})",
            ConditionTest.NotUnder => $"!isUnder({subject}, {value})",
            ConditionTest.InArea => $"isInArea({subject}, {value})",
            ConditionTest.NotInArea => $"!isInArea({subject}, {value})",
            ConditionTest.Holds => subject,
            ConditionTest.HoldsNot => $"!{subject}",
            ConditionTest.Empty => $"isEmpty({subject})",
            ConditionTest.NotEmpty => $"!isEmpty({subject})",
            ConditionTest.Missing => $"{subject} === null",
            ConditionTest.Known => $"{subject} !== null",
        };
    }

    private static string Operand(ConditionOperand operand) => operand switch
    {
        ConditionSubject subject => Subject(subject),
        ConditionList list => $"[{string.Join(", ", list.Values.Select(Literal))}]",
        ConditionLiteral literal => Literal(literal.Value),
        _ => throw new ArgumentException($"{operand.GetType().Name} is no value of a condition.", nameof(operand)),
    };

    private static string Literal(object value) => value switch
    {
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        double number => ExpressionValue.ToText(number),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a condition.", nameof(value)),
    };

    private static string Member(string name, string dot) => IsName(name) ? $"{(dot.Length > 0 ? dot : ".")}{name}" : $"{dot}[{Quoted(name)}]";

    private static bool IsName(string name) => name.Length > 0 && Begins(name[0]) && name.All(letter => Begins(letter) || char.IsDigit(letter));

    private static bool Begins(char letter) => char.IsLetter(letter) || letter is '_' or '$';

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in text)
        {
            quoted.Append(letter switch
            {
                '\'' => "\\'",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('\'').ToString();
    }
}
