using System.Globalization;
using GridFlow.Server.Cases;
using GridFlow.Tests;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Tests.Cases;

public sealed class CaseWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Keys =>
    [
        .. Named<CaseStatus>("Status"), .. Named<CaseStage>("Stage"), .. Named<CaseTier>("Tier"), .. Named<CaseNature>("Nature"), .. Named<CaseChannel>("Channel"),
        .. Named<CaseUrgency>("Urgency"), .. Named<CaseFactKind>("Fact"), .. Named<UnitPart>("Part"), .. Named<HistoryKind>("History"), .. Named<Refusal>("Refusal"),
        .. Named<RoutingConditionKind>("Reason"), "ReportEmpty", "ReportTooLong", "ReportUnknownArea",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_value_and_every_refusal_has_its_words(string key) => Assert.False(Localizer()[key].ResourceNotFound);

    [Theory]
    [InlineData("zh-CN", "问题解决了吗？", "否", "问题解决了吗？否")]
    [InlineData("zh-CN", "办理情况", "已清运", "办理情况：已清运")]
    [InlineData("en", "Is it solved?", "No", "Is it solved? No")]
    [InlineData("en", "What was done", "Cleared", "What was done: Cleared")]
    public void An_answer_stands_after_its_question_with_one_mark_between(string culture, string asked, string answer, string expected)
    {
        using var reader = new Reader(culture);

        Assert.Equal(expected, Words().Answered(asked, answer));
    }

    [Theory]
    [InlineData("zh-CN", -125, "逾期 2 小时")]
    [InlineData("zh-CN", 45, "剩 45 分钟")]
    [InlineData("zh-CN", 185, "剩 3 小时")]
    [InlineData("zh-CN", 2880, "周三 10:00 前")]
    [InlineData("en", -125, "Overdue 2 h")]
    [InlineData("en", 185, "3 h left")]
    [InlineData("en", 2880, "By Wed 10:00")]
    public void A_due_date_is_told_as_near_as_it_is(string culture, int minutes, string expected)
    {
        using var reader = new Reader(culture);

        Assert.Equal(expected, Words().Due(Now.AddMinutes(minutes)));
    }

    [Fact]
    public void A_form_begins_with_what_the_case_knows_and_sends_only_what_its_outcome_asks()
    {
        var form = new WorkItemForm(
            LocalizedText.Empty, LocalizedText.Empty,
            [new WorkItemOutcome { Name = "Dispatched" }, new WorkItemOutcome { Name = "NotOurs" }],
            [
                new FormField { Name = "lead", Kind = FieldKind.Unit, Fills = "lead", For = ["Dispatched"] },
                new FormField { Name = "assisting", Kind = FieldKind.Units, Fills = "assisting", For = ["Dispatched"] },
                new FormField { Name = "cost", Kind = FieldKind.Number },
                new FormField { Name = "seen", Kind = FieldKind.YesNo },
            ]);
        var facts = new CaseDetail
        {
            Number = "GF2026-000001",
            Title = "",
            Detail = "",
            AreaPath = "/",
            Area = "",
            Lead = new UnitName("dept:urban", ""),
            Assisting = [new UnitName("dept:police", ""), new UnitName("dept:fire", "")],
        };

        var answers = FormAnswers.From(form, facts);
        answers["cost"] = "12.5";
        answers["seen"] = "true";
        var sent = answers.ToFields(form);
        answers.Outcome = "NotOurs";
        var other = answers.ToFields(form);

        Assert.Equal("dept:urban", sent["lead"]);
        Assert.Equal(["dept:police", "dept:fire"], Assert.IsType<List<object?>>(sent["assisting"]));
        Assert.Equal(12.5, sent["cost"]);
        Assert.Equal(true, sent["seen"]);
        Assert.Equal(["cost", "seen"], other.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_draft_brings_back_outcome_answers_and_comment_and_nothing_else()
    {
        var form = new WorkItemForm(LocalizedText.Empty, LocalizedText.Empty, [new WorkItemOutcome { Name = "Done" }, new WorkItemOutcome { Name = "Back" }], [new FormField { Name = "answer" }]);
        var answers = new FormAnswers { Outcome = "Done" };

        answers.Restore(new Dictionary<string, string> { ["outcome"] = "Back", ["comment"] = "half a wo", ["field:answer"] = "typed", ["other"] = "x" }, form);
        var kept = (answers.Outcome, answers.Comment, answers["answer"]);
        answers.Restore(new Dictionary<string, string> { ["outcome"] = "Gone" }, form);

        Assert.Equal(("Back", "half a wo", "typed"), kept);
        Assert.Equal("Back", answers.Outcome);
    }

    [Theory]
    [InlineData("王小二", "王**")]
    [InlineData("", "")]
    public void A_name_keeps_its_first_character(string name, string expected) => Assert.Equal(expected, Mask.Name(name));

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("110", "****")]
    [InlineData("", "")]
    public void A_phone_keeps_its_ends(string phone, string expected) => Assert.Equal(expected, Mask.Phone(phone));

    private static IEnumerable<string> Named<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => prefix + name);

    private static IStringLocalizer<CasesText> Localizer() =>
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<CasesText>>();

    private static CaseWords Words() => new(Localizer(), new ManualTimeProvider(Now));

    private sealed class Reader : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

        public Reader(string culture) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        public void Dispose() => CultureInfo.CurrentUICulture = _before;
    }
}
