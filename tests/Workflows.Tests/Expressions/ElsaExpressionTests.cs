using System.Text.Json;
using GridFlow.Workflows.Expressions;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Workflows.Tests.Expressions;

public sealed class ElsaExpressionTests
{
    private static readonly ExpressionScope Empty = new() { Now = new(2026, 11, 16, 1, 30, 0, TimeSpan.Zero) };

    [Fact]
    public void Expressions_of_real_definitions_are_read_or_refused_with_the_reason()
    {
        var refused = new List<string>();
        var read = 0;
        foreach (var text in Expressions())
        {
            var result = ExpressionParser.Parse(text);
            if (result.IsSuccess)
            {
                read++;
                Fuzz.EvaluateOrExplain(result.Node, Empty);
            }
            else
            {
                refused.Add($"{text}: {result.Error.Message}");
            }
        }

        Assert.All(refused, refusal => Assert.Contains("'new' is supported for dates only", refusal, StringComparison.Ordinal));
        Assert.Single(refused);
        Assert.True(read > 40, $"{read} read");
    }

    [Fact]
    public void However_an_expression_is_mangled_it_is_read_or_refused()
    {
        string[] seeds =
        [
            "getVariable('x') > 5 && input.Kind === 'road'", "`Hi ${getEmployee()?.name ?? 'you'}, ${1 + 2}`", "({ a: [1, 2.5e3, \"x\"], 'b': !true })",
            "return variables.list.slice(-2).join(', ') + case.tier;", "Math.max(1, -2) % 3 <= 4 ? now() : addDays(now(), 1)", "'abc'.padStart(9, '\\u4f60').replaceAll('a', 'b')[1]",
            "const a = [3, 1, 2].map((x, i) => x * i).filter(x => x > 0); if (a.length > 1) { return a.reduce((s, x) => s + x, 0); } else return a[0];",
            "let n = 1; n = n + 1; setX(n); variables.x = { n }; return [n].sort((a, b) => a - b).some(y => y === 2) ? new Date('2026-01-31').getTime() : 0",
        ];
        const string Pieces = "`${}()[]'\"\\.?:!=<>&|+-*/%,;xX1e9 \n你getnew";
        var random = new Random(20261116);
        var scope = Empty with { SetVariable = (_, _) => { }, SetOutcome = _ => { }, Variables = new Dictionary<string, object?> { ["x"] = 7, ["list"] = new List<object?> { 1, "a" }, ["Employee"] = null } };

        var read = 0;
        for (var round = 0; round < 10_000; round++)
        {
            var text = Fuzz.Mangle(seeds[random.Next(seeds.Length)], Pieces, random);

            var result = round % 2 == 0 ? ExpressionParser.Parse(text) : ExpressionParser.ParseScript(text);

            if (result.IsSuccess)
            {
                read++;
                Fuzz.EvaluateOrExplain(result.Node, scope);
            }
            else
            {
                Assert.InRange(result.Error.Position, 0, text.Length);
                Assert.NotEmpty(result.Error.Message);
            }
        }

        // Both ways must have been walked for this to prove anything.
        Assert.InRange(read, 500, 9_500);
    }

    private static SortedSet<string> Expressions()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json"))
        {
            using var definition = JsonDocument.Parse(File.ReadAllText(file));
            Collect(definition.RootElement, found);
        }

        return found;
    }

    private static void Collect(JsonElement element, SortedSet<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, found);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("JavaScript")
                && element.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String)
            {
                found.Add(value.GetString()!);
            }

            foreach (var member in element.EnumerateObject())
            {
                Collect(member.Value, found);
            }
        }
    }
}
