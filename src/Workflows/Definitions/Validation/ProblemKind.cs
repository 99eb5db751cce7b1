using System.Globalization;
using GridFlow.Workflows.Bundles;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>A kind of problem of a definition: its name for programs, and what is said to people.</summary>
/// <param name="Code">Stable; scripts and the designer know problems by it.</param>
/// <param name="IsError">It keeps the definition from being published; else its author should merely know.</param>
/// <param name="Zh">The sentence in Chinese, with {0}, {1} for what differs.</param>
/// <param name="En">The sentence in English, with the same places.</param>
public sealed record ProblemKind(string Code, bool IsError, string Zh, string En)
{
    internal static readonly ProblemKind UnknownType = new("unknown-type", true,
        "不支持的步骤类型“{0}”；流程可以保存，但不能发布", "the activity type '{0}' is not supported: the definition is kept as it is, but cannot be published");

    internal static readonly ProblemKind DuplicateId = new("duplicate-id", true,
        "有多个步骤使用同一编号“{0}”，连线不知道该通向哪一个", "several activities share the id '{0}', so connections cannot tell them apart");

    internal static readonly ProblemKind NoStart = new("no-start", true,
        "看不出流程从哪一步开始：每一步都有连线进入，请放一个“开始”步骤", "nobody can tell where the flow begins: every activity has a connection leading to it; add a Start");

    internal static readonly ProblemKind SeveralStarts = new("several-starts", false,
        "有多个步骤都可以作为开始（{0}），流程从“{1}”开始，其余不会执行", "several activities could be the beginning ({0}); the flow begins with '{1}', and the others are not run");

    internal static readonly ProblemKind BadStart = new("bad-start", false,
        "指定的开始步骤“{0}”不存在，流程从“{1}”开始", "the activity '{0}' the flow should begin with does not exist; it begins with '{1}'");

    internal static readonly ProblemKind LooseConnection = new("loose-connection", true,
        "连线“{0} → {1}”的一端没有步骤", "the connection '{0}' to '{1}' has a loose end");

    internal static readonly ProblemKind UnknownPort = new("unknown-port", true,
        "步骤没有名为“{0}”的出口，从它出发的连线永远走不到；可用的出口：{1}", "the activity has no port '{0}', so its connection is never followed; it has {2}");

    internal static readonly ProblemKind OpenPort = new("open-port", true,
        "出口“{0}”没有连到任何步骤：选了它，案件就没有下一步了", "the port '{0}' leads nowhere: whoever takes it leaves the case without a next step");

    internal static readonly ProblemKind OpenBranch = new("open-branch", false,
        "出口“{0}”没有连到任何步骤，走到这里分支就结束了", "the port '{0}' leads nowhere: the branch ends there");

    internal static readonly ProblemKind Unreachable = new("unreachable", false,
        "从开始处走不到这一步", "nothing leads here from the start");

    internal static readonly ProblemKind StuckJoin = new("stuck-join", true,
        "会合永远等不齐：它要等所有分支，而“{0}”和“{1}”不会都到达", "the join can never complete: it waits for all its branches, and '{0}' and '{1}' never both arrive");

    internal static readonly ProblemKind JoinFromNowhere = new("join-from-nowhere", true,
        "会合永远等不齐：它要等所有分支，而“{0}”从开始处走不到", "the join can never complete: it waits for all its branches, and nothing leads to '{0}' from the start");

    internal static readonly ProblemKind EndlessLoop = new("endless-loop", true,
        "循环没有出路，也没有等待的步骤：{0}", "the loop has no way out and nothing in it that waits: {0}");

    internal static readonly ProblemKind LoopWithoutWait = new("loop-without-wait", false,
        "循环里没有等待的步骤（{0}）：若一次执行超过 1000 步，会转为流程故障", "nothing in the loop waits ({0}): should it take more than 1,000 steps at once, it becomes an incident");

    internal static readonly ProblemKind MissingInput = new("missing-input", true,
        "必须填写“{0}”", "the input '{0}' must be given");

    internal static readonly ProblemKind BadInput = new("bad-input", true, "{0}", "{1}");

    internal static readonly ProblemKind UnknownExpression = new("unknown-expression", true,
        "“{0}”使用了不支持的表达式类型“{1}”，可用：{2}", "input '{0}' must be one of {2}, and uses the unsupported expression type '{1}'");

    internal static readonly ProblemKind BadExpression = new("bad-expression", true,
        "“{0}”的表达式在第 {1} 行第 {2} 个字符处有误：{5}（{3}）", "the expression of '{0}' does not parse at line {1}, character {2}: {4} ({3})");

    internal static readonly ProblemKind UnknownVariable = new("unknown-variable", false,
        "“{0}”用到了变量“{1}”，但流程没有这个变量", "'{0}' uses the variable '{1}', which the workflow does not declare");

    internal static readonly ProblemKind UnknownInput = new("unknown-input", false,
        "“{0}”用到了流程输入“{1}”，但流程没有声明这个输入", "'{0}' uses the workflow's input '{1}', which the workflow does not declare");

    internal static readonly ProblemKind UnknownWorkflow = new("unknown-workflow", true,
        "要调用的流程“{0}”不存在", "there is no workflow '{0}' to call");

    internal static readonly ProblemKind BadForm = new("bad-form", true,
        "办理结果或表单字段的格式有误：{1}", "outcomes or fields have the wrong form: {0}");

    internal static readonly ProblemKind UnknownFact = new("unknown-fact", true,
        "字段“{0}”要填写的案件信息“{1}”不存在", "field '{0}' fills '{1}', which is not a fact of a case");

    internal static readonly ProblemKind UnknownUnit = new("unknown-unit", true,
        "没有单位“{0}”，请选择一个单位", "there is no unit '{0}': choose one");

    internal static readonly ProblemKind BadLimit = new("bad-limit", true,
        "“{0}”不是时限，请写 2uh、4wh、15wm、5wd、3nd 或 case", "'{0}' is not a limit: write 2uh, 4wh, 15wm, 5wd, 3nd or case");

    internal static readonly ProblemKind BadSpan = new("bad-span", true,
        "“{0}”不是一段时间，请写成 1.00:00:00（天.时:分:秒），最长十年", "'{0}' is not a span of time like 1.00:00:00 (days.hours:minutes:seconds), at most ten years");

    internal static readonly ProblemKind BadValue = new("bad-value", true,
        "“{0}”的值“{1}”无效，可选：{2}", "'{1}' is no {0}: choose one of {2}");

    /// <summary>All kinds, in the order in which the documentation lists them.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        UnknownType, DuplicateId, NoStart, SeveralStarts, BadStart, LooseConnection, UnknownPort, OpenPort, OpenBranch, Unreachable,
        StuckJoin, JoinFromNowhere, EndlessLoop, LoopWithoutWait, MissingInput, BadInput, UnknownExpression, BadExpression, UnknownVariable, UnknownInput,
        UnknownWorkflow, BadForm, UnknownFact, UnknownUnit, BadLimit, BadSpan, BadValue,
    ];

    internal Problem At(string path, params object[] values) =>
        new(path, Code, new LocalizedText(string.Format(CultureInfo.InvariantCulture, Zh, values), string.Format(CultureInfo.InvariantCulture, En, values)), IsError);
}
