namespace GridFlow.Workflows.Expressions;

/// <summary>
/// Works out an expression. Pure: reads the scope, changes nothing, and stops after 10,000 steps, at texts of more than
/// 100,000 characters and lists of more than 10,000 items.
/// </summary>
public sealed partial class ExpressionEvaluator
{
    private const int ItemsPerStep = 10;

    // What an optional member of nothing yields inside a chain, until the chain turns it into null.
    private static readonly object Skipped = new();

    private readonly ExpressionScope _scope;
    private readonly ExpressionBudget _budget = new();

    private ExpressionEvaluator(ExpressionScope scope) => _scope = scope;

    /// <summary>The expression's value, one of the kinds listed at <see cref="ExpressionValue"/>.</summary>
    /// <exception cref="ExpressionException">
    /// A name is unknown, a member of null is asked for without <c>?.</c>, a value is of the wrong kind, or a bound is passed.
    /// </exception>
    public static object? Evaluate(ExpressionNode node, ExpressionScope scope) => ExpressionResult.Keep(new ExpressionEvaluator(scope).Value(node), node.Position);

    private object? Value(ExpressionNode node)
    {
        _budget.Step(node.Position);
        return node switch
        {
            LiteralNode literal => literal.Value,
            TemplateNode template => template.Parts.Aggregate("", (text, part) => Concatenate(text, Text(Value(part), part), part.Position)),
            ListNode list => list.Items.Select(Value).ToList(),
            ObjectNode members => Members(members),
            NameNode name => Name(name),
            VariableNode variable => ExpressionScope.TryFind(_scope.Variables, variable.Name, out var value)
                ? From(value, node)
                : throw new ExpressionException($"There is no variable '{variable.Name}'.", node.Position),
            InputNode input => ExpressionScope.TryFind(_scope.Input, input.Name, out var value) ? From(value, node) : null,
            GetterNode getter => Getter(getter),
            MemberNode member => Member(member),
            IndexNode index => Index(index),
            ChainNode chain => Value(chain.Inner) is var value && ReferenceEquals(value, Skipped) ? null : value,
            FunctionNode function => Call(function.Function, null, function.Arguments, function.Position),
            MethodNode method => Method(method),
            UnaryNode unary => Unary(unary),
            BinaryNode binary => Binary(binary),
            BlockNode or BindNode or AssignNode or ReturnNode or IfNode or SetVariableNode or SetOutcomeNode => Statement(node),
            LambdaNode lambda => Closure(lambda),
            ConditionalNode choice => Value(ExpressionValue.IsTruthy(Value(choice.Condition)) ? choice.Then : choice.Else),
            _ => throw new InvalidOperationException($"{node.GetType().Name} is not evaluated."),
        };
    }

    private Dictionary<string, object?> Members(ObjectNode node)
    {
        var members = new Dictionary<string, object?>();
        foreach (var (name, member) in node.Members)
        {
            members[name] = Value(member);
        }

        return members;
    }

    private object? Name(NameNode node) => ExpressionBinding.Find(_bindings, node.Name) is { } bound ? bound.Value : node.Name switch
    {
        "variables" => _scope.Variables,
        "input" => _scope.Input,
        _ when _scope.Roots.TryGetValue(node.Name, out var root) => From(root, node),
        _ => throw new ExpressionException(
            $"The name '{node.Name}' is unknown; known are {string.Join(", ", _scope.Roots.Keys.Prepend("input").Prepend("variables"))}.", node.Position),
    };

    private object? Getter(GetterNode node) =>
        ExpressionScope.TryFind(_scope.Variables, node.Name, out var value)
        || ExpressionScope.TryFind(_scope.Input, node.Name, out value)
        || ExpressionScope.TryFind(_scope.Roots, node.Name, out value)
            ? From(value, node)
            : OutputFrom(node.Name) is { Found: true } output
            ? From(output.Value, node)
            : throw new ExpressionException($"There is no function 'get{node.Name}' and no variable or input '{node.Name}'.", node.Position);

    /// <summary><c>getResultFromCall1()</c>: Elsa makes such a function for every output of every activity.</summary>
    private (bool Found, object? Value) OutputFrom(string name)
    {
        for (var at = name.IndexOf("From", StringComparison.Ordinal); at > 0 && _scope.OutputOf is not null; at = name.IndexOf("From", at + 1, StringComparison.Ordinal))
        {
            if (_scope.OutputOf(name[(at + 4)..], name[..at]) is { Found: true } output)
            {
                return output;
            }
        }

        return (false, null);
    }

    private object? Member(MemberNode node)
    {
        var target = Target(node.Target, node.IsOptional, $"'{node.Name}'", node.Position);
        return target switch
        {
            _ when ReferenceEquals(target, Skipped) => Skipped,
            IReadOnlyDictionary<string, object?> members => From(members.GetValueOrDefault(node.Name), node),
            string text when node.Name == "length" => (double)text.Length,
            IReadOnlyList<object?> items when node.Name == "length" => (double)items.Count,
            _ => throw new ExpressionException(
                $"{Described(node.Target)} is {ExpressionValue.KindOf(target)}, which has no member '{node.Name}'.", node.Position),
        };
    }

    private object? Index(IndexNode node)
    {
        var target = Target(node.Target, node.IsOptional, "an item", node.Position);
        if (ReferenceEquals(target, Skipped))
        {
            return Skipped;
        }

        var index = Value(node.Index);
        var at = index is double number && number >= 0 && number == Math.Truncate(number) && number < int.MaxValue ? (int)number : -1;
        return target switch
        {
            IReadOnlyDictionary<string, object?> members => From(members.GetValueOrDefault(Text(index, node)), node),
            IReadOnlyList<object?> items => at >= 0 && at < items.Count ? From(items[at], node) : null,
            string text => at >= 0 && at < text.Length ? text[at].ToString() : null,
            _ => throw new ExpressionException($"{Described(node.Target)} is {ExpressionValue.KindOf(target)}, which has no items.", node.Position),
        };
    }

    private object? Method(MethodNode node)
    {
        var target = Target(node.Target, node.IsOptional, $"'{node.Name}'", node.Position);
        if (ReferenceEquals(target, Skipped))
        {
            return Skipped;
        }

        var method = ExpressionMethods.Find(target, node.Name)
            ?? throw new ExpressionException(
                $"{Described(node.Target)} is {ExpressionValue.KindOf(target)}, which has no method '{node.Name}'.", node.Position);
        return method.Takes(node.Arguments.Count)
            ? Call(method, Weighed(target, node), node.Arguments, node.Position)
            : throw new ExpressionException(ExpressionRefusals.Arguments(method, node.Arguments.Count, node.Position).Message, node.Position);
    }

    private object? Target(ExpressionNode target, bool isOptional, string wanted, int position) => Value(target) switch
    {
        null when isOptional => Skipped,
        null => throw new ExpressionException($"{Described(target)} is null, so {wanted} cannot be read from it; write ?. if that may happen.", position),
        var value => value,
    };

    private object? Call(ExpressionFunction function, object? target, IReadOnlyList<ExpressionNode> arguments, int position)
    {
        var values = arguments.Select(Value).ToArray();
        try
        {
            Refuse(values, function, arguments);
            var made = function.Body(new ExpressionCall(function.Name, target, values, _scope, position));
            return _budget.Admit(ExpressionValue.From(made), position);
        }
        catch (ArgumentException problem)
        {
            throw new ExpressionException(problem.Message, position);
        }
    }

    private object? Unary(UnaryNode node)
    {
        var operand = Value(node.Operand);
        return node.Operator switch
        {
            UnaryOperator.Not => !ExpressionValue.IsTruthy(operand),
            UnaryOperator.Minus => -ExpressionValue.ToNumber(operand),
            UnaryOperator.Plus => ExpressionValue.ToNumber(operand),
            UnaryOperator.TypeOf => operand switch
            {
                null => "undefined",
                bool => "boolean",
                double => "number",
                string => "string",
                _ => "object",
            },
        };
    }

    private object? Binary(BinaryNode node)
    {
        var left = Value(node.Left);
        return node.Operator switch
        {
            BinaryOperator.Coalesce => left ?? Value(node.Right),
            BinaryOperator.Or => ExpressionValue.IsTruthy(left) ? left : Value(node.Right),
            BinaryOperator.And => ExpressionValue.IsTruthy(left) ? Value(node.Right) : left,
            BinaryOperator.Equal => AreEqual(node, left),
            BinaryOperator.NotEqual => !AreEqual(node, left),
            BinaryOperator.StrictEqual => AreIdentical(node, left),
            BinaryOperator.StrictNotEqual => !AreIdentical(node, left),
            BinaryOperator.Less => Compare(node, left, Value(node.Right)) < 0,
            BinaryOperator.LessOrEqual => Compare(node, left, Value(node.Right)) <= 0,
            BinaryOperator.Greater => Compare(node, left, Value(node.Right)) > 0,
            BinaryOperator.GreaterOrEqual => Compare(node, left, Value(node.Right)) >= 0,
            BinaryOperator.Add => Add(node, left, Value(node.Right)),
            BinaryOperator.Subtract => Arithmetic(node, left, Value(node.Right), (one, other) => one - other),
            BinaryOperator.Multiply => Arithmetic(node, left, Value(node.Right), (one, other) => one * other),
            BinaryOperator.Divide => Arithmetic(node, left, Value(node.Right), (one, other) => one / other),
            BinaryOperator.Remainder => Arithmetic(node, left, Value(node.Right), (one, other) => one % other),
        };
    }

    private bool AreEqual(BinaryNode node, object? left) => ExpressionValue.AreEqual(Weighed(left, node), Value(node.Right));

    private bool AreIdentical(BinaryNode node, object? left) => ExpressionValue.AreIdentical(Weighed(left, node), Value(node.Right));

    /// <summary>Looking through a list is work too.</summary>
    private object? Weighed(object? value, ExpressionNode node)
    {
        _budget.Step(node.Position, value is IReadOnlyList<object?> items ? items.Count / ItemsPerStep : 0);
        return value;
    }

    /// <summary>Below, at or above zero as left is below, equal to or above right; null, and so always false, when they have no order.</summary>
    private static int? Compare(BinaryNode node, object? left, object? right)
    {
        switch (left, right)
        {
            case (null, _) or (_, null):
                return null;
            case (string one, string other):
                return string.CompareOrdinal(one, other);
            case (DateTimeOffset one, DateTimeOffset other):
                return one.CompareTo(other);
            case (DateTimeOffset, _) or (_, DateTimeOffset):
                throw new ExpressionException("A date can only be compared with a date; write date('2026-01-31').", node.Position);
            default:
                var (first, second) = (ExpressionValue.ToNumber(left), ExpressionValue.ToNumber(right));
                return double.IsNaN(first) || double.IsNaN(second) ? null : first.CompareTo(second);
        }
    }

    private object? Add(BinaryNode node, object? left, object? right) =>
        left is string || right is string || left is IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>
        || right is IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>
            ? Concatenate(Text(left, node.Left), Text(right, node.Right), node.Position)
            : Arithmetic(node, left, right, (one, other) => one + other);

    private static double Arithmetic(BinaryNode node, object? left, object? right, Func<double, double, double> compute) =>
        left is DateTimeOffset != right is DateTimeOffset || (left is DateTimeOffset && node.Operator != BinaryOperator.Subtract)
            ? throw new ExpressionException("Dates cannot be used as numbers; write addDays(date, 1), addHours or daysBetween.", node.Position)
            : compute(ExpressionValue.ToNumber(left), ExpressionValue.ToNumber(right));

    private string Concatenate(string one, string other, int position)
    {
        ExpressionBudget.DemandText(one.Length + (double)other.Length, position);
        var text = one + other;
        _budget.Admit(text, position);
        return text;
    }

    private static string Text(object? value, ExpressionNode node)
    {
        try
        {
            return ExpressionValue.ToText(value);
        }
        catch (ArgumentException problem)
        {
            throw new ExpressionException(problem.Message, node.Position);
        }
    }

    private static object? From(object? value, ExpressionNode node)
    {
        try
        {
            return ExpressionValue.From(value);
        }
        catch (ArgumentException problem)
        {
            throw new ExpressionException(problem.Message, node.Position);
        }
    }

    private static string Described(ExpressionNode node) => node switch
    {
        NameNode name => $"'{name.Name}'",
        VariableNode variable => $"The variable '{variable.Name}'",
        InputNode input => $"The input '{input.Name}'",
        GetterNode getter => $"'get{getter.Name}()'",
        MemberNode member => $"The member '{member.Name}'",
        MethodNode method => $"The result of '{method.Name}'",
        FunctionNode function => $"The result of '{function.Function.Name}'",
        _ => "The value",
    };
}
