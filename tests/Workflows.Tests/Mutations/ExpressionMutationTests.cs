using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Tests.Mutations;

public sealed class ExpressionMutationTests
{
    private const int Count = 10_000;
    private const long MostBytes = 50_000_000;

    private static readonly string[] Pieces =
        ["(", ")", "[", "]", "{", "}", "`", "${", "'", "\"", "\\", "\\u00", ".", "?.", "...", "=>", "=", "===", "&&", "||", "??", "!", "-", "+", "*", "%", "/", "?", ":", ",", ";", "\n", "\0", "\ud800", "中", "1e400", "0x", "null", "new ", "function", "return ", "variables", "input", "getVariable('x')", ".length", ".repeat(99999)", ".padStart(1e9)", "concat(", "constructor", "__proto__", "now()", "1", "x"];

    private static readonly List<string> Originals =
    [
        .. ShippedBundle.Read(1).Definitions.SelectMany(definition => definition.AllActivities()).SelectMany(node => node.Inputs.Values)
            .Where(input => input is { ExpressionType: "JavaScript", Value.ValueKind: JsonValueKind.String }).Select(input => input.Text).Distinct(),
        "getVariable(\"x\") > 5 && input.Kind === 'road'",
        "variables.list.map",
        "`No. ${variables.number}: ${input.title.trim().toUpperCase()} ${1 + 2 * 3}`",
        "variables.list[0] ?? variables.object?.name ?? 'none'",
        "input.a ? input.b : (input.c || !input.d) && input.e <= 4 % 3",
        "[1, 2, [3, {a: 'b', \"c\": getX()}]].includes(variables.x)",
        "variables.text.split(',').join('-').substring(1, 4).padStart(10, '0').replace('a', 'b').length >= 3",
        "Math.max(1, Math.round(variables.x / 3)) + parseInt('12') - Number('4.5')",
        "date('2026-01-31').getDay === now()",
        "return variables.x;",
    ];

    private static readonly ExpressionScope Scope = new()
    {
        Now = new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero),
        Variables = new Dictionary<string, object?>
        {
            ["x"] = 7d,
            ["text"] = new string('a', 1000) + ",b",
            ["number"] = "GF1",
            ["list"] = Enumerable.Range(0, 200).Select(index => (object?)(double)index).ToList(),
            ["object"] = new Dictionary<string, object?> { ["name"] = "n", ["list"] = new List<object?> { "a", null, true } },
        },
        Input = new Dictionary<string, object?> { ["title"] = " t ", ["a"] = true, ["Kind"] = "road" },
        Roots = new Dictionary<string, object?> { ["case"] = new Dictionary<string, object?> { ["tier"] = "Small" }, ["outputs"] = new Dictionary<string, object?>() },
    };

    [Fact]
    public async Task Ten_thousand_spoilt_expressions_are_worked_out_or_refused_with_a_message()
    {
        var fates = await Mutants.GoThroughAsync(Count, MostBytes, Mutate, Judge, TestContext.Current.CancellationToken);

        Assert.All((string[])["refused", "worked out", "failed"], fate => Assert.True(fates.GetValueOrDefault(fate) > fates.Values.Sum() / 100, $"{fate}: {fates.GetValueOrDefault(fate)}"));
    }

    private static string Judge(string text)
    {
        var parsed = ExpressionParser.Parse(text);
        if (!parsed.IsSuccess)
        {
            Assert.NotEmpty(parsed.Error.Message);
            Assert.InRange(parsed.Error.Position, 0, text.Length);
            return "refused";
        }

        try
        {
            ExpressionEvaluator.Evaluate(parsed.Node, Scope);
            return "worked out";
        }
        catch (ExpressionException explained)
        {
            Assert.NotEmpty(explained.Message);
            return "failed";
        }
    }

    private static string Mutate(Random random)
    {
        var text = Originals[random.Next(Originals.Count)];
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            text = random.Next(4) == 0 ? Characters(text, random) : Tokens(text, random);
        }

        return text.Length > 30_000 ? text[..30_000] : text;
    }

    private static string Characters(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = random.Next(Math.Min(12, text.Length - at) + 1);
        return random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, ((char)random.Next(1, 0x3000)).ToString()),
            2 => text.Insert(at, string.Concat(Enumerable.Repeat(text.Substring(at, length), random.Next(1, 200)))),
            _ => text[..at],
        };
    }

    // Tokens are runs of letters and digits, and single signs.
    private static string Tokens(string text, Random random)
    {
        var tokens = new List<string>();
        foreach (var character in text)
        {
            if (tokens.Count > 0 && char.IsLetterOrDigit(character) && char.IsLetterOrDigit(tokens[^1][^1]))
            {
                tokens[^1] += character;
            }
            else
            {
                tokens.Add(character.ToString());
            }
        }

        if (tokens.Count == 0)
        {
            return Pieces[random.Next(Pieces.Length)];
        }

        var at = random.Next(tokens.Count);
        switch (random.Next(6))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 2:
                tokens[at] = Pieces[random.Next(Pieces.Length)];
                break;
            case 3:
                (tokens[at], tokens[^1]) = (tokens[^1], tokens[at]);
                break;
            case 4:
                tokens.InsertRange(at, Enumerable.Repeat(tokens[at], random.Next(1, 150)));
                break;
            default:
                return string.Concat(Enumerable.Repeat("(", random.Next(1, 150))) + text + string.Concat(Enumerable.Repeat(")", random.Next(1, 150)));
        }

        return string.Concat(tokens);
    }
}
