using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Tests.Expressions;

internal static class Fuzz
{
    /// <summary>Fails on any exception but the one that explains itself.</summary>
    public static void EvaluateOrExplain(ExpressionNode node, ExpressionScope scope)
    {
        try
        {
            ExpressionValue.ToText(ExpressionEvaluator.Evaluate(node, scope));
        }
        catch (ExpressionException explained)
        {
            Assert.NotEmpty(explained.Message);
        }
    }

    /// <summary>Removes, inserts, repeats or replaces a few pieces of a text.</summary>
    public static string Mangle(string text, string pieces, Random random)
    {
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(8, text.Length - at) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, pieces[random.Next(pieces.Length)].ToString()),
                2 => text.Insert(at, string.Concat(Enumerable.Repeat(text.Substring(at, length), random.Next(1, 40)))),
                _ => text.Remove(at, length).Insert(at, pieces[random.Next(pieces.Length)].ToString()),
            };
        }

        return text;
    }
}
