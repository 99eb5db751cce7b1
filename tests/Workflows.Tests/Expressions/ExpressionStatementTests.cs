using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Tests.Expressions;

public sealed class ExpressionStatementTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Now = new(2026, 11, 16, 1, 30, 0, TimeSpan.Zero),
        TimeZone = TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), "+8", "+8"),
        Variables = new Dictionary<string, object?>
        {
            ["people"] = new List<object?> { Person("An", 3), Person("Bo", 1), Person("Cy", 2) },
            ["n"] = 2d,
        },
        OutputOf = (activity, output) => (activity, output) switch
        {
            ("ask", null or "Result") => (true, "yes"),
            ("ask", "StatusCode") => (true, 200d),
            _ => (false, null),
        },
    };

    [Theory]
    [InlineData("const a = 1; const b = a + 1; return a + b;", "3")]
    [InlineData("const a = 1\nconst b = 2\nreturn a + b", "3")]
    [InlineData("let a = 1; if (variables.n > 1) { a = 5; } else { a = 6; } return a;", "5")]
    [InlineData("if (variables.n > 1) return 'many'; return 'one';", "many")]
    [InlineData("if (variables.n > 5) { return 'many'; } else if (variables.n == 2) { return 'two'; } return 'one';", "two")]
    [InlineData("const variables = 7; return variables;", "7")]
    [InlineData("const x = { a: [1, 2] }; x.a[1]", "2")]
    [InlineData("variables.people.map(p => p.name).join('-')", "An-Bo-Cy")]
    [InlineData("variables.people.map((p, i) => `${i}${p.name}`).join('')", "0An1Bo2Cy")]
    [InlineData("variables.people.filter(p => p.age > variables.n - 1).length", "2")]
    [InlineData("variables.people.find(p => p.age === 1)?.name ?? 'nobody'", "Bo")]
    [InlineData("variables.people.find(p => p.age === 9)?.name ?? 'nobody'", "nobody")]
    [InlineData("variables.people.some(p => p.name === 'Cy') && !variables.people.every(p => p.age > 1)", "true")]
    [InlineData("variables.people.reduce((sum, p) => sum + p.age, 0)", "6")]
    [InlineData("[1, 2, 3].reduce((a, b) => a * b)", "6")]
    [InlineData("variables.people.sort((a, b) => a.age - b.age).map(p => p.name).join('')", "BoCyAn")]
    [InlineData("[[1, 2], [3]].flatMap(x => x).join('')", "123")]
    [InlineData("const limit = 2; return variables.people.filter(p => { const old = p.age >= limit; return old; }).length;", "2")]
    [InlineData("[1, 2].map(x => [3, 4].map(y => x * y).join('+')).join(' ')", "3+4 6+8")]
    [InlineData("getOutputFrom('ask') + getOutputFrom('ask', 'StatusCode') + getStatusCodeFromask()", "yes200200")]
    [InlineData("Object.keys({ a: 1, b: 2 }).join('') + Object.values({ a: 1 })[0] + Array.isArray([])", "ab1true")]
    [InlineData("JSON.parse('{\"a\": [1]}').a[0] + JSON.stringify({ a: 1 })", "1{\"a\":1}")]
    [InlineData("new Date().getHours() + ':' + new Date('2026-01-31').getMonth()", "9:0")]
    [InlineData("parseGuid('6F9619FF-8B86-D011-B42D-00CF4FC964FF')", "6f9619ff-8b86-d011-b42d-00cf4fc964ff")]
    [InlineData("stringFromBase64(stringToBase64('网格'))", "网格")]
    [InlineData("({ a: 1 }).a", "1")]
    public void Statements_and_arrow_functions_mean_what_they_mean_in_JavaScript(string text, string value)
    {
        var parsed = ExpressionParser.Parse(text);

        Assert.True(parsed.IsSuccess, parsed.Error?.Message);
        Assert.Equal(value, ExpressionValue.ToText(ExpressionEvaluator.Evaluate(parsed.Node, Scope)));
    }

    [Theory]
    [InlineData("const f = 1; if (variables.n) { const f = 2; } return f.x;", "no member 'x'")]
    [InlineData("const a = 1; return b;", "The name 'b' is unknown")]
    [InlineData("if (true) { let a = 1; } let b = 2; a = 3; return b;", "no name 'a' to assign to")]
    [InlineData("variables.people.map(1)", "needs a function such as")]
    [InlineData("variables.people.join(x => x)", "takes values, not functions")]
    [InlineData("[].reduce((a, b) => a)", "needs a value to begin with")]
    [InlineData("variables.people.map(p => p.name.first)", "has no member 'first'")]
    [InlineData("getOutputFrom('nobody')", "no output of 'nobody'")]
    [InlineData("'a'.repeat(1000000)", "longer than")]
    public void What_goes_wrong_is_named(string text, string problem)
    {
        var parsed = ExpressionParser.Parse(text);
        Assert.True(parsed.IsSuccess, parsed.Error?.Message);

        Assert.Contains(problem, Assert.Throws<ExpressionException>(() => ExpressionEvaluator.Evaluate(parsed.Node, Scope)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_in_arrow_functions_counts_towards_the_bound()
    {
        const string Hundred = "'" + "0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9" + "'.split(',')";
        var parsed = ExpressionParser.Parse($"const l = {Hundred}; return l.map(a => l.map(b => l.map(c => l.map(d => 1))));");

        var problem = Assert.Throws<ExpressionException>(() => ExpressionEvaluator.Evaluate(parsed.Node!, Scope));

        Assert.Contains("steps", problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Position > 0);
    }

    [Fact]
    public void Only_scripts_set_variables_and_outcomes()
    {
        var set = new Dictionary<string, object?>();
        var outcomes = new List<string>();
        var script = ExpressionParser.ParseScript("setVariable('a', 1); setName('x'); variables.b = [1, 2].map(i => i * 2); setOutcomes(['One', 'Two']); 5");
        Assert.True(script.IsSuccess, script.Error?.Message);

        var value = ExpressionEvaluator.Evaluate(script.Node, Scope with { SetVariable = (name, given) => set[name] = given, SetOutcome = outcomes.Add });

        Assert.Equal(5d, value);
        Assert.Equal("{\"a\":1,\"Name\":\"x\",\"b\":[2,4]}", ExpressionValue.ToText(set));
        Assert.Equal(["One", "Two"], outcomes);
        Assert.False(ExpressionParser.Parse("setName('x')").IsSuccess);
        Assert.False(ExpressionParser.ParseScript("while (true) { }").IsSuccess);
    }

    private static Dictionary<string, object?> Person(string name, double age) => new() { ["name"] = name, ["age"] = age };
}
