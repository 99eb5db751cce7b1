namespace GridFlow.Workflows.Expressions;

/// <summary>
/// Makes of what an expression yields a value that can be kept: a copy of its own, so that it neither changes with the variables
/// it was taken from nor holds itself; without functions; and no larger or deeper than a state should become.
/// </summary>
internal static class ExpressionResult
{
    private const int MostParts = 50_000;
    private const int CharactersPerPart = 20;
    private const int Deepest = 30;

    public static object? Keep(object? value, int position)
    {
        var parts = 0;
        return Copy(value, 0);

        object? Copy(object? part, int depth)
        {
            if (part is ExpressionLambda)
            {
                throw new ExpressionException("A function is not a value.", position);
            }

            if (depth > Deepest)
            {
                throw new ExpressionException($"A value may not be nested more than {Deepest} levels deep.", position);
            }

            parts += 1 + (part is string text ? text.Length / CharactersPerPart : 0);
            if (parts > MostParts)
            {
                throw new ExpressionException($"A value may not have more than {MostParts} parts.", position);
            }

            return part switch
            {
                IReadOnlyDictionary<string, object?> members => members.ToDictionary(member => member.Key, member => Copy(ExpressionValue.From(member.Value), depth + 1)),
                IReadOnlyList<object?> items => items.Select(item => Copy(ExpressionValue.From(item), depth + 1)).ToList(),
                _ => part,
            };
        }
    }
}
