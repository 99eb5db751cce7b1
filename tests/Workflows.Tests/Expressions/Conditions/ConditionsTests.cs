using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Workflows.Expressions;
using GridFlow.Workflows.Expressions.Conditions;

using Rules = GridFlow.Workflows.Expressions.Conditions.Conditions;

namespace GridFlow.Workflows.Tests.Expressions.Conditions;

public sealed class ConditionsTests
{
    [Theory]
    [InlineData("case.tier === 'Hard'", "case.tier === 'Hard'")]
    [InlineData("\"Hard\" == case.tier", "case.tier == 'Hard'")]
    [InlineData("5 < variables.households", "variables.households > 5")]
    [InlineData("getVariable('x') != null", "variables.x !== null")]
    [InlineData("variables['two words'] >= -1.5", "variables['two words'] >= -1.5")]
    [InlineData("!isUnder(case.category, 'local/1/matter/06')", "!isUnder(case.category, 'local/1/matter/06')")]
    [InlineData("!(case.lead === outputs.plan.lead)", "case.lead !== outputs.plan.lead")]
    [InlineData("case.isSure || case.round > 1 || outputs.check?.outcome === 'Resort'", "case.isSure || case.round > 1 || outputs.check?.outcome === 'Resort'")]
    [InlineData("case.isSure && (input.Kind === 'a' || !getOther())", "case.isSure && (input.Kind === 'a' || !getOther())")]
    [InlineData("case.title.includes('井盖')", "case.title?.includes('井盖')")]
    [InlineData("outputs['step-1']?.words?.includes(\"it's\")", "outputs['step-1']?.words?.includes('it\\'s')")]
    [InlineData("!['Small', 'Hard'].includes(case.tier)", "!['Small', 'Hard'].includes(case.tier)")]
    [InlineData("hour(now()) >= 18 || isNullOrEmpty(case.answer)", "hour(now()) >= 18 || isEmpty(case.answer)")]
    [InlineData("return (true);", "true")]
    public void Plain_comparisons_are_rows(string text, string written)
    {
        var group = Rules.Read(text).Group;

        Assert.NotNull(group);
        Assert.Equal(written, Rules.Write(group));
    }

    [Theory]
    [InlineData("case.round + 1 > 2")]
    [InlineData("!(case.round > 1)")]
    [InlineData("!(case.isSure && case.hasReporter)")]
    [InlineData("variables.text.includes('a')")]
    [InlineData("case.tier === 'Hard' /* for now */")]
    [InlineData("case.title.length > 5")]
    [InlineData("'a' === 'b'")]
    [InlineData("case.isSure ?? case.hasReporter")]
    [InlineData("const x = 1; return case.round > x")]
    public void What_is_worked_out_stays_text_with_a_remark(string text)
    {
        var reading = Rules.Read(text);

        Assert.Null(reading.Group);
        Assert.Null(reading.Error);
        Assert.NotNull(reading.Remark);
    }

    [Fact]
    public void What_is_no_expression_says_why_in_both_languages()
    {
        var reading = Rules.Read("case.tier ===");

        Assert.Equal(13, reading.Error!.Position);
        Assert.Contains("表达式到这里就结束了", reading.Remark!.Zh, StringComparison.Ordinal);
        Assert.Contains("ends here", reading.Remark.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_written_and_read_again_are_the_same_rows()
    {
        var checkedRows = 0;
        foreach (var group in Gen.Sample(Groups(2, isAny: false), 3000, new Rnd(7, 11), 30))
        {
            var text = Rules.Write(group);

            Assert.Equal(group, Rules.Read(text).Group);
            checkedRows += group.Items.Length;
        }

        Assert.True(checkedRows > 3000);
    }

    [Fact]
    public void An_expression_means_the_same_when_it_is_written_as_rows()
    {
        var random = new Random(5);
        var rows = 0;
        foreach (var group in Gen.Sample(Groups(2, isAny: false), 3000, new Rnd(3, 5), 30))
        {
            // Spelt as a person might: the other equality, brackets, the other order, a double negation.
            var text = Respelt(Rules.Write(group), random);
            if (Rules.Read(text).Group is not { } read)
            {
                continue;
            }

            rows++;
            var written = Rules.Write(read);
            foreach (var scope in Scopes)
            {
                Assert.True(Truth(text, scope) == Truth(written, scope), $"{text}\n{written}");
            }
        }

        Assert.True(rows > 2000, $"{rows}");
    }

    [Theory]
    [InlineData("isUnder(case.category, 'local/1/matter/06')", true)]
    [InlineData("isUnder(case.category, 'local/1/matter/07')", false)]
    [InlineData("isUnder(null, 'local')", false)]
    [InlineData("isUnder(case.category, '')", false)]
    [InlineData("isInArea(case.area, '330402')", true)]
    [InlineData("isInArea(case.area, '3304')", true)]
    [InlineData("isInArea(case.area, '33040')", false)]
    [InlineData("isInArea(case.area, '')", false)]
    public void Categories_and_areas_are_asked_for_with_all_beneath_them(string text, bool expected) => Assert.Equal(expected.ToString(), Truth(text, Scopes[0]));

    private static readonly ExpressionScope[] Scopes =
    [
        Scope(new() { ["tier"] = "Hard", ["category"] = "local/1/matter/06001", ["area"] = "/33/3304/330402/", ["round"] = 2d, ["title"] = "漏水 it's", ["assisting"] = new List<object?> { "a" }, ["isSure"] = true },
            new() { ["a"] = 5d, ["b"] = "5", ["two words"] = "", ["c"] = null }, new() { ["lead"] = "dept:x", ["n"] = 3d }),
        Scope(new() { ["tier"] = null, ["category"] = null, ["area"] = "/", ["round"] = 1d, ["title"] = "", ["assisting"] = new List<object?>(), ["isSure"] = false },
            new() { ["a"] = "Hard", ["b"] = false, ["two words"] = "a", ["c"] = 0d }, null),
    ];

    private static ExpressionScope Scope(Dictionary<string, object?> facts, Dictionary<string, object?> variables, Dictionary<string, object?>? answers) => new()
    {
        Now = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        Variables = variables,
        Input = new Dictionary<string, object?> { ["Kind"] = "a" },
        Roots = new Dictionary<string, object?> { ["case"] = facts, ["outputs"] = new Dictionary<string, object?> { ["plan"] = answers } },
    };

    private static string Truth(string text, ExpressionScope scope)
    {
        try
        {
            return ExpressionValue.IsTruthy(ExpressionEvaluator.Evaluate(ExpressionParser.Parse(text).Node!, scope)).ToString();
        }
        catch (ExpressionException)
        {
            return "fails";
        }
    }

    private static string Respelt(string text, Random random)
    {
        text = random.Next(3) == 0 ? text.Replace("===", "==", StringComparison.Ordinal) : text;
        text = random.Next(3) == 0 ? text.Replace("?.", ".", StringComparison.Ordinal) : text;
        text = random.Next(3) == 0 ? text.Replace("isEmpty(", "isNullOrEmpty(", StringComparison.Ordinal) : text;
        text = random.Next(4) == 0 && !text.Contains(' ', StringComparison.Ordinal) ? $"!!{text}" : text;
        return random.Next(2) == 0 ? $"( {text} )" : text;
    }

    private static readonly Gen<ConditionSubject> Subjects = Gen.Elements(
        new ConditionSubject(ConditionSource.Case, "tier"), new ConditionSubject(ConditionSource.Case, "category"), new ConditionSubject(ConditionSource.Case, "area"),
        new ConditionSubject(ConditionSource.Case, "round"), new ConditionSubject(ConditionSource.Case, "title"), new ConditionSubject(ConditionSource.Case, "isSure"),
        new ConditionSubject(ConditionSource.Case, "assisting"), new ConditionSubject(ConditionSource.Variable, "a"), new ConditionSubject(ConditionSource.Variable, "b"),
        new ConditionSubject(ConditionSource.Variable, "two words"), new ConditionSubject(ConditionSource.Variable, "c"), new ConditionSubject(ConditionSource.Input, "Kind"),
        new ConditionSubject(ConditionSource.Output, "plan", "lead") { IsOptional = true }, new ConditionSubject(ConditionSource.Output, "plan", "n"),
        new ConditionSubject(ConditionSource.Output, "step-1", "x y") { IsOptional = true }, new ConditionSubject(ConditionSource.Getter, "A"), new ConditionSubject(ConditionSource.Clock, "hour"));

    private static readonly Gen<object> Texts = Gen.Elements<object>("Hard", "a", "", "it's", "local/1/matter/06", "330402", "a\\b\n井盖", "5", "false");

    private static readonly Gen<object> Values = Gen.OneOf(Texts, Gen.Elements<object>(5d, -1.5, 0d, 1e21, true, false));

    private static readonly Gen<ConditionRow> Rows =
        from subject in Subjects
        from test in Gen.Elements(Enum.GetValues<ConditionTest>())
        from value in Values
        from other in Subjects
        from texts in Gen.ListOf(Gen.OneOf(Texts, Gen.Elements<object>(5d, -2d)), 3)
        from text in Texts
        from pick in Gen.Choose(0, 5)
        select Row(subject, test, value, other, texts, text, pick);

    private static ConditionRow Row(ConditionSubject subject, ConditionTest test, object value, ConditionSubject other, IEnumerable<object> texts, object text, int pick)
    {
        ConditionOperand? operand = test switch
        {
            ConditionTest.OneOf or ConditionTest.NoneOf => new ConditionList([.. texts]),
            ConditionTest.Under or ConditionTest.NotUnder or ConditionTest.InArea or ConditionTest.NotInArea => new ConditionLiteral(text),
            ConditionTest.Contains or ConditionTest.ContainsNot => new ConditionLiteral(value),
            _ when !test.TakesValue() => null,
            _ => pick == 0 ? other : new ConditionLiteral(value),
        };
        return new ConditionRow(subject, test, operand) { IsLoose = pick == 1 && test is ConditionTest.Is or ConditionTest.IsNot && pick == 1 };
    }

    private static Gen<ConditionGroup> Groups(int depth, bool isAny) =>
        from count in Gen.Choose(depth == 2 ? 1 : 2, 3)
        from items in Gen.ListOf(depth == 0 ? Rows.Select(ConditionItem (row) => row) : Gen.OneOf(Rows.Select(ConditionItem (row) => row), Groups(depth - 1, !isAny).Select(ConditionItem (inner) => inner)), count)
        select Normal(isAny, items);

    // One nested group alone is that group.
    private static ConditionGroup Normal(bool isAny, IEnumerable<ConditionItem> items) => items.ToImmutableArray() is [ConditionGroup only] ? only : new ConditionGroup(isAny, [.. items]);
}
