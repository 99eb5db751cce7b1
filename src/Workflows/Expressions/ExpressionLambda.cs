namespace GridFlow.Workflows.Expressions;

/// <summary>An arrow function while its expression is worked out. It never leaves the expression.</summary>
/// <param name="Invoke">Works out its body for arguments.</param>
internal sealed record ExpressionLambda(Func<object?[], object?> Invoke);

/// <summary>A name bound within an expression, with those bound before it.</summary>
internal sealed class ExpressionBinding(string name, object? value, bool isConstant, ExpressionBinding? outer)
{
    public string Name { get; } = name;

    public object? Value { get; set; } = value;

    public bool IsConstant { get; } = isConstant;

    public ExpressionBinding? Outer { get; } = outer;

    public static ExpressionBinding? Find(ExpressionBinding? innermost, string name)
    {
        for (var binding = innermost; binding is not null; binding = binding.Outer)
        {
            if (binding.Name == name)
            {
                return binding;
            }
        }

        return null;
    }
}
