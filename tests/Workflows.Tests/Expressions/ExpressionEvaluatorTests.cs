using System.Globalization;
using System.Text.Json;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Tests.Expressions;

public sealed class ExpressionEvaluatorTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Now = new DateTimeOffset(2026, 11, 16, 1, 30, 0, TimeSpan.Zero),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        Variables = new Dictionary<string, object?>
        {
            ["counter"] = 2,
            ["Employee"] = JsonSerializer.SerializeToElement(new { name = "李雷", Email = "li@example.org", tags = new[] { "a", "b" } }),
            ["Unset"] = null,
            ["Price"] = 2.5m,
            ["households"] = new[] { 3, 5, 8 },
            ["handlers"] = new Dictionary<string, string> { ["urban"] = "city" },
            ["Strange"] = new object(),
            ["long"] = new string('x', 60_000),
            ["many"] = Enumerable.Repeat<object?>(1.0, 9_000).ToList(),
        },
        Input = new Dictionary<string, object?> { ["Kind"] = "road", ["Input1"] = "hello" },
        Roots = new Dictionary<string, object?>
        {
            ["case"] = new Dictionary<string, object?> { ["tier"] = "hard", ["dueAt"] = new DateTimeOffset(2026, 11, 17, 9, 0, 0, TimeSpan.FromHours(8)) },
            ["correlationId"] = "GF2026-000123",
        },
    };

    // Values are given as JSON.
    [Theory]
    [InlineData("1", "1")]
    [InlineData(".5 + 1e2", "100.5")]
    [InlineData("'it\\'s \\u4f60'", "\"it's 你\"")]
    [InlineData("\"a\\nb\"", "\"a\\nb\"")]
    [InlineData("[1, 'a', [true, null], undefined]", "[1,\"a\",[true,null],null]")]
    [InlineData("({ Message: 'hi', 'b c': 1, 2: [] , })", "{\"Message\":\"hi\",\"b c\":1,\"2\":[]}")]
    [InlineData("return { a: 1 };", "{\"a\":1}")]
    [InlineData("// why\n 1 /* so */ + 1;;", "2")]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("7 % 4 / 3", "1")]
    [InlineData("-2 * -3", "6")]
    [InlineData("!true == false", "true")]
    [InlineData("1 + 2 > 2 && 3 < 2 || true", "true")]
    [InlineData("true || false && false", "true")]
    [InlineData("false ? 1 : true ? 2 : 3", "2")]
    [InlineData("true?.5:1", "0.5")]
    [InlineData("null ?? 'first'", "\"first\"")]
    [InlineData("0 ?? 1", "0")]
    [InlineData("0 || 'zero'", "\"zero\"")]
    [InlineData("'a' && ''", "\"\"")]
    [InlineData("1 == '1'", "true")]
    [InlineData("1 === '1'", "false")]
    [InlineData("true == 1", "true")]
    [InlineData("null == undefined", "true")]
    [InlineData("null == 0", "false")]
    [InlineData("null === ''", "false")]
    [InlineData("NaN == NaN", "false")]
    [InlineData("[1, { a: 2 }] === [1, { a: 2 }]", "true")]
    [InlineData("'b' > 'a' && 'Z' < 'a'", "true")]
    [InlineData("'10' > 9", "true")]
    [InlineData("null >= 0 || null <= 0", "false")]
    [InlineData("'x' > 1 || 'x' <= 1", "false")]
    [InlineData("1 + '1'", "\"11\"")]
    [InlineData("'a' + null + 1.50 + true + [1, 2]", "\"a1.5true1,2\"")]
    [InlineData("null + 1", "1")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("'' + 1e21 + ' ' + 1e20 + ' ' + 0.0000001 + ' ' + 0.00001", "\"1e+21 100000000000000000000 1e-7 0.00001\"")]
    [InlineData("1 / 0 > 1e300", "true")]
    [InlineData("typeof 1 + typeof 'a' + typeof true + typeof null + typeof []", "\"numberstringbooleanundefinedobject\"")]
    [InlineData("`Hi ${getEmployee().name}, ${1 + 1}${`!${'?'}`} \\` $5`", "\"Hi 李雷, 2!? ` $5\"")]
    [InlineData("`${{ a: 1 }.a}`", "\"1\"")]
    [InlineData("variables.counter", "2")]
    [InlineData("variables['counter'] + variables['coun' + 'ter']", "4")]
    [InlineData("getVariable('counter') > 1 && input.Kind === 'road'", "true")]
    [InlineData("getVariable('coun' + 'ter')", "2")]
    [InlineData("getCounter() + 1", "3")]
    [InlineData("getInput(\"Kind\")", "\"road\"")]
    [InlineData("getInput1()", "\"hello\"")]
    [InlineData("getInput('Absent') ?? input.Absent ?? 'none'", "\"none\"")]
    [InlineData("getCorrelationId()", "\"GF2026-000123\"")]
    [InlineData("case.tier == 'hard' ? 'big' : 'small'", "\"big\"")]
    [InlineData("getEmployee().tags[1] + getEmployee()['name']", "\"b李雷\"")]
    [InlineData("getEmployee().missing", "null")]
    [InlineData("getEmployee().tags[7]", "null")]
    [InlineData("getUnset()?.a.b.c", "null")]
    [InlineData("getUnset()?.a['b'].trim() ?? 'nothing'", "\"nothing\"")]
    [InlineData("variables.handlers.urban + variables.Price + variables.households.length", "\"city2.53\"")]
    [InlineData("variables.households[1] * 2", "10")]
    [InlineData("'你好ab'.length", "4")]
    [InlineData("' aB '.trim().toUpperCase() + 'AB'.toLowerCase()", "\"ABab\"")]
    [InlineData("'manhole'.includes('hole') && 'a'.startsWith('a') && 'a'.endsWith('')", "true")]
    [InlineData("'abcabc'.indexOf('c') + 'abc'.indexOf('z')", "1")]
    [InlineData("'abcdef'.substring(4, 1) + 'abcdef'.slice(-2) + 'abc'.slice(1, -1) + 'abc'.slice(2, 1)", "\"bcdefb\"")]
    [InlineData("'a-b-c'.replace('-', '+') + 'a-b-c'.replaceAll('-', '')", "\"a+b-cabc\"")]
    [InlineData("'a,b'.split(',').join(' ') + 'abc'.split('').length", "\"a b3\"")]
    [InlineData("'7'.padStart(3, '0') + '7'.padEnd(3) + '|'", "\"0077  |\"")]
    [InlineData("'abc'[1] + 'abc'.charAt(2) + 'abc'.charAt(9)", "\"bc\"")]
    [InlineData("[1, 2, 3].includes(2) && ![1].includes('1')", "true")]
    [InlineData("['a', 'b'].indexOf('b') + [].indexOf(1)", "0")]
    [InlineData("[1].concat([2, 3], 4).slice(1)", "[2,3,4]")]
    [InlineData("Math.min(3, 1, 2) + Math.max(1, 5) + Math.round(2.5) + Math.floor(-1.5) + Math.ceil(1.2) + Math.abs(-4)", "13")]
    [InlineData("Number('12.5') + Number('') + parseInt('15 households', 10) + parseFloat('1.5m')", "29")]
    [InlineData("isNaN(Number('1x')) && isNaN(parseInt('x'))", "true")]
    [InlineData("String(5) + Boolean('') + (2.345).toFixed(1) + (5).toString()", "\"5false2.35\"")]
    [InlineData("isEmpty('') && isEmpty([]) && isEmpty({}) && isEmpty(null) && !isEmpty(0)", "true")]
    [InlineData("JSON.stringify({ a: [1, 'x\"', null], b: now() })", "\"{\\\"a\\\":[1,\\\"x\\\\\\\"\\\",null],\\\"b\\\":\\\"2026-11-16T01:30:00.000Z\\\"}\"")]
    [InlineData("JSON.parse('{\"a\":[1]}').a[0]", "1")]
    [InlineData("addDays(now(), 1) < case.dueAt", "false")]
    [InlineData("hoursBetween(now(), case.dueAt)", "23.5")]
    [InlineData("case.dueAt - now() === 84600000", "true")]
    [InlineData("case.dueAt == date('2026-11-17T01:00:00Z')", "true")]
    [InlineData("hour(now()) * 100 + minute(now())", "930")]
    [InlineData("year(date('2026-12-31')) + month('2026-12-31') + day('2026-12-31') + dayOfWeek('2026-11-16')", "2070")]
    [InlineData("formatDate(addHours(now(), 15), 'yyyy-MM-dd HH:mm')", "\"2026-11-17 00:30\"")]
    [InlineData("now().toISOString()", "\"2026-11-16T01:30:00.000Z\"")]
    public void An_expression_has_the_value_that_is_expected(string text, string json) => Assert.Equal(json, Json(text));

    [Theory]
    [InlineData("1 + getMissing()", 4, "getMissing")]
    [InlineData("variables.mising > 1", 0, "'mising'")]
    [InlineData("getVariable('mising')", 0, "'mising'")]
    [InlineData("1 + foo", 4, "'foo' is unknown; known are variables, input, case")]
    [InlineData("getUnset().name", 11, "'getUnset()' is null, so 'name' cannot be read")]
    [InlineData("variables.Unset.name", 16, "'Unset' is null")]
    [InlineData("input.Absent.trim()", 13, "'Absent' is null")]
    [InlineData("(getUnset()?.a).b", 16, "null")]
    [InlineData("getCounter().name", 13, "a number, which has no member 'name'")]
    [InlineData("'a'.name", 4, "text, which has no member 'name'")]
    [InlineData("getCounter().trim()", 13, "a number, which has no method 'trim'")]
    [InlineData("true[0]", 4, "has no items")]
    [InlineData("'a'.trim(1)", 4, "no arguments, not 1")]
    [InlineData("now() + 1", 0, "addDays")]
    [InlineData("now() > 5", 0, "only be compared with a date")]
    [InlineData("addDays('x', 1)", 0, "needs a date as argument 1, not text")]
    [InlineData("addDays(now(), 1e300)", 0, "beyond the calendar")]
    [InlineData("date('0001-01-01')", 0, "")]
    [InlineData("'a'.includes([1])", 4, "needs text as argument 1, not a list")]
    [InlineData("JSON.parse('{')", 0, "not JSON")]
    [InlineData("formatDate(now(), '%')", 0, "not a date format")]
    [InlineData("variables.Strange", 0, "type Object cannot be used")]
    [InlineData("'a' + variables.long + variables.long", 0, "100000 characters")]
    [InlineData("`${variables.long}${variables.long}`", 20, "100000 characters")]
    [InlineData("'a'.padStart(1e9)", 4, "100000 characters")]
    [InlineData("variables.long.replaceAll('x', 'xx')", 15, "100000 characters")]
    [InlineData("variables.many.concat(variables.many)", 15, "10000 items")]
    [InlineData("variables.long.split('').length", 15, "10000 items")]
    public void What_cannot_be_worked_out_says_why_and_where(string text, int position, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => Evaluate(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void An_expression_may_not_take_more_than_its_steps()
    {
        var many = string.Join(",", Enumerable.Repeat("variables.many.includes(2)", 300));

        var error = Assert.Throws<ExpressionException>(() => Evaluate($"[{many}]"));

        Assert.Contains("10000 steps", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("0", false)]
    [InlineData("NaN", false)]
    [InlineData("''", false)]
    [InlineData("'0'", true)]
    [InlineData("[]", true)]
    [InlineData("now()", true)]
    public void Truth_is_that_of_JavaScript(string text, bool expected) =>
        Assert.Equal(expected, ExpressionValue.IsTruthy(Evaluate(text)));

    [Fact]
    public void The_part_that_is_not_taken_is_not_worked_out() =>
        Assert.Equal("[1,false,true,1]", Json("[true ? 1 : getMissing(), false && getMissing(), true || getMissing(), 1 ?? getMissing()]"));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.0, "0")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(-1.5e-7, "-1.5e-7")]
    [InlineData(1.25e-5, "0.0000125")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Numbers_are_written_as_JavaScript_writes_them(double number, string text) =>
        Assert.Equal(text, ExpressionValue.ToText((object)number));

    private static string Json(string text) => Assert.IsType<string>(
        ExpressionEvaluator.Evaluate(Parse("JSON.stringify(getValue())"), Scope with { Roots = new Dictionary<string, object?> { ["value"] = Evaluate(text) } }));

    private static object? Evaluate(string text) => ExpressionEvaluator.Evaluate(Parse(text), Scope);

    private static ExpressionNode Parse(string text)
    {
        var result = ExpressionParser.Parse(text);
        Assert.True(result.IsSuccess, string.Create(CultureInfo.InvariantCulture, $"{text}: {result.Error?.Message} at {result.Error?.Position}"));
        return result.Node;
    }
}
