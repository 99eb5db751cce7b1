namespace GridFlow.Workflows.Expressions;

/// <summary>Statements and arrow functions.</summary>
public sealed partial class ExpressionEvaluator
{
    private ExpressionBinding? _bindings;
    private bool _hasReturned;

    private object? Statement(ExpressionNode node)
    {
        switch (node)
        {
            case BlockNode block:
                return Block(block);
            case BindNode bind:
                _bindings = new ExpressionBinding(bind.Name, Value(bind.Value), bind.IsConstant, _bindings);
                return null;
            case AssignNode assign:
                return Assign(assign);
            case ReturnNode returned:
                var value = Value(returned.Value);
                _hasReturned = true;
                return value;
            case IfNode choice:
                return ExpressionValue.IsTruthy(Value(choice.Condition)) ? Value(choice.Then) : choice.Else is null ? null : Value(choice.Else);
            case SetVariableNode set:
                var given = ExpressionResult.Keep(Value(set.Value), node.Position);
                (_scope.SetVariable ?? throw new ExpressionException("Only scripts may set variables.", node.Position))(Text(Value(set.Name), set.Name), given);
                return given;
            case SetOutcomeNode outcome:
                SetOutcomes(outcome);
                return null;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} is not a statement.");
        }
    }

    private object? Block(BlockNode block)
    {
        var outer = _bindings;
        object? value = null;
        foreach (var statement in block.Statements)
        {
            value = Value(statement);
            if (_hasReturned)
            {
                break;
            }
        }

        _bindings = outer;
        return value;
    }

    private object? Assign(AssignNode node)
    {
        var binding = ExpressionBinding.Find(_bindings, node.Name)
            ?? throw new ExpressionException($"There is no name '{node.Name}' to assign to; bind it with let.", node.Position);
        return binding.IsConstant
            ? throw new ExpressionException($"'{node.Name}' is bound with const and cannot be assigned again.", node.Position)
            : binding.Value = Value(node.Value);
    }

    private void SetOutcomes(SetOutcomeNode node)
    {
        var add = _scope.SetOutcome ?? throw new ExpressionException("Only scripts may set outcomes.", node.Position);
        var value = Value(node.Value);
        foreach (var outcome in value as IReadOnlyList<object?> ?? [value])
        {
            add(Text(From(outcome, node), node));
        }
    }

    // A closure sees the names bound where it stands, and those it is called with.
    private ExpressionLambda Closure(LambdaNode node)
    {
        var around = _bindings;
        return new ExpressionLambda(arguments =>
        {
            var (outer, returned) = (_bindings, _hasReturned);
            _bindings = around;
            for (var i = 0; i < node.Parameters.Count; i++)
            {
                _bindings = new ExpressionBinding(node.Parameters[i], i < arguments.Length ? From(arguments[i], node) : null, isConstant: false, _bindings);
            }

            var value = Value(node.Body);
            (_bindings, _hasReturned) = (outer, returned);
            return value;
        });
    }

    private static void Refuse(object?[] values, ExpressionFunction function, IReadOnlyList<ExpressionNode> arguments)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is ExpressionLambda != (function.TakesLambda && i == 0) && (values[i] is ExpressionLambda || function.Fewest > i))
            {
                throw new ExpressionException(
                    function.TakesLambda ? $"'{function.Name}' needs a function such as item => item.name." : $"'{function.Name}' takes values, not functions.", arguments[i].Position);
            }
        }
    }
}
