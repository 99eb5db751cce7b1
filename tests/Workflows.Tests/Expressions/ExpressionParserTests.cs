using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Tests.Expressions;

public sealed class ExpressionParserTests
{
    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("  ", 0, "empty")]
    [InlineData("return", 6, "ends here")]
    [InlineData("1 +", 3, "ends here")]
    [InlineData("(1", 2, "')' is expected")]
    [InlineData("1 2", 2, "not '2'")]
    [InlineData("1; 2", 3, "Only one expression")]
    [InlineData("a ? b", 5, "':' is expected")]
    [InlineData("[1 2]", 3, "',' or ']'")]
    [InlineData("{ a 1 }", 4, "':' is expected")]
    [InlineData("a.", 2, "name of a member")]
    [InlineData("'abc", 0, "not closed")]
    [InlineData("1 + `abc ${1}", 4, "not closed")]
    [InlineData("`abc ${1", 8, "'}' is expected")]
    [InlineData("/* abc", 0, "not closed")]
    [InlineData("'\\q'", 1, "escape")]
    [InlineData("1.2.3", 0, "not a number")]
    [InlineData("0x10", 0, "not a number")]
    [InlineData("#", 0, "'#'")]
    [InlineData("x = 1", 2, "Assignment is not supported")]
    [InlineData("x += 1", 2, "Assignment is not supported")]
    [InlineData("x++", 1, "Assignment is not supported")]
    [InlineData("x => x + 1", 2, "Arrow functions may only stand as arguments")]
    [InlineData("(x => 1)", 3, "Arrow functions may only stand as arguments")]
    [InlineData("function () { }", 0, "Functions of one's own are not supported")]
    [InlineData("new Error('x')", 0, "'new' is supported for dates only")]
    [InlineData("const x;", 7, "needs a value")]
    [InlineData("const if = 1", 6, "'if' is a statement")]
    [InlineData("const x = 1; x = 2; x", 15, "Assignment is not supported")]
    [InlineData("variables.x = 1", 12, "Assignment is not supported")]
    [InlineData("for (;;) { }", 0, "'for' is a statement")]
    [InlineData("while (a) { return 1 }", 0, "'while' is a statement")]
    [InlineData("if (a) { return 1", 17, "'}' is expected")]
    [InlineData("/a+/.test('a')", 0, "Regular expressions are not supported")]
    [InlineData("a & b", 2, "Bitwise")]
    [InlineData("a ** b", 2, "'**' is not supported")]
    [InlineData("[...a]", 1, "Spreading")]
    [InlineData("'a' in b", 4, "'in' is not supported")]
    [InlineData("a instanceof b", 2, "'instanceof' is not supported")]
    [InlineData("foo(1)", 0, "function 'foo' is not supported")]
    [InlineData("eval('1')", 0, "function 'eval' is not supported")]
    [InlineData("setVariable('x', 1)", 0, "SetVariable activity")]
    [InlineData("getFoo(1)", 0, "function 'getFoo' is not supported")]
    [InlineData("Math.sin(1)", 0, "'Math.sin' is not supported")]
    [InlineData("a.push(1)", 2, "method 'push' is not supported")]
    [InlineData("a.b.constructor('x')", 4, "method 'constructor' is not supported")]
    [InlineData("(1)(2)", 3, "known by name")]
    [InlineData("now(1)", 0, "no arguments, not 1")]
    [InlineData("addDays(1)", 0, "2 arguments, not 1")]
    [InlineData("Math.max()", 0, "at least 1 argument, not 0")]
    public void What_is_not_of_the_language_is_refused_by_name_and_place(string text, int position, string message)
    {
        var result = ExpressionParser.Parse(text);

        Assert.False(result.IsSuccess);
        Assert.Contains(message, result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(position, result.Error.Position);
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        Assert.Contains("10000 characters", Refusal(new string(' ', 10_001)), StringComparison.Ordinal);
        Assert.Contains("100 levels", Refusal(new string('(', 5_000)), StringComparison.Ordinal);
        Assert.Contains("100 levels", Refusal(new string('!', 9_000) + "1"), StringComparison.Ordinal);
        Assert.Contains("100 levels", Refusal(string.Join("+", Enumerable.Repeat("1", 5_000))), StringComparison.Ordinal);
        Assert.Contains("100 levels", Refusal("a" + string.Concat(Enumerable.Repeat(".a", 4_000))), StringComparison.Ordinal);
        Assert.Contains("100 levels", Refusal(string.Concat(Enumerable.Repeat("`${", 3_000))), StringComparison.Ordinal);
        Assert.Contains("100 levels", Refusal(string.Concat(Enumerable.Repeat("a?", 3_000))), StringComparison.Ordinal);
        Assert.True(ExpressionParser.Parse(string.Join("+", Enumerable.Repeat("1", 100))).IsSuccess);
        Assert.True(ExpressionParser.Parse(new string('(', 99) + "1" + new string(')', 99)).IsSuccess);
    }

    private static string Refusal(string text) => ExpressionParser.Parse(text).Error?.Message ?? "accepted";
}
