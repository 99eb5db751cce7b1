using System.Collections.Immutable;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Workflows.Cases;

/// <summary>
/// The facts of a case that workflows read and change. Immutable: an activity proposes a changed copy, and the checkpoint
/// carries it into the same transaction as everything else the step did.
/// </summary>
/// <remarks>The reporter's identity is not here: no workflow needs it, so none can leak it.</remarks>
public sealed record CaseState
{
    /// <summary>The number people quote, for example <c>GF2026-000123</c>. Never changes, also over rounds.</summary>
    public required string Number { get; init; }

    /// <summary>What it is about in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What was reported, as it was reported.</summary>
    public string Detail { get; init; } = "";

    /// <summary>When the resident spoke or the finding was made; for an import, the time in the file. UTC.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>When GridFlow took it in: the start of all clocks. UTC.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>How it came in.</summary>
    public CaseChannel Channel { get; init; }

    /// <summary>What the reporter wants.</summary>
    public CaseNature Nature { get; init; } = CaseNature.Request;

    /// <summary>How pressing it is.</summary>
    public CaseUrgency Urgency { get; init; }

    /// <summary>Where it is: the path of area codes from the root, with a slash at both ends; "/" when unknown.</summary>
    public string AreaPath { get; init; } = "/";

    /// <summary>The place in words, as the reporter gave it; null when only the area is known.</summary>
    public string? Place { get; init; }

    /// <summary>True when somebody outside waits for an answer and can rate it.</summary>
    public bool HasReporter { get; init; }

    /// <summary>Where it stands in the books.</summary>
    public CaseStatus Status { get; init; }

    /// <summary>The stage, for people; the workflow instance knows the exact place.</summary>
    public CaseStage Stage { get; init; }

    /// <summary>The category's key, see <see cref="Category.Key"/>; null until sorted.</summary>
    public string? Category { get; init; }

    /// <summary>The code of the filing condition under the category, which decides the limit; null for the category's first.</summary>
    public string? Condition { get; init; }

    /// <summary>The tier; null until sorted.</summary>
    public CaseTier? Tier { get; init; }

    /// <summary>The unit key of the unit that leads (主办).</summary>
    public string? LeadUnit { get; init; }

    /// <summary>Unit keys of the units that assist (协办).</summary>
    public ImmutableArray<string> AssistingUnits { get; init; } = [];

    /// <summary>The workflow a routing row asked for instead of the tier's own, or null.</summary>
    public string? Workflow { get; init; }

    /// <summary>1 is the most pressing, 5 the least.</summary>
    public int Priority { get; init; } = 3;

    /// <summary>When handling is due, and how that came about; null until routed.</summary>
    public Deadline? Due { get; init; }

    /// <summary>Counts up from 1 each time the case is reopened.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The answer given to the resident in this round.</summary>
    public string? Answer { get; init; }

    /// <summary>处置完成: the handler says it is done.</summary>
    public CaseFact? Handled { get; init; }

    /// <summary>核查通过: a second person saw that it is done.</summary>
    public CaseFact? Verified { get; init; }

    /// <summary>居民确认: the resident says it is done.</summary>
    public CaseFact? Confirmed { get; init; }

    /// <summary>The resident's judgement of this round; null until given.</summary>
    public CaseRating? Rating { get; init; }

    /// <summary>Why the case is in its category: see <see cref="Classification"/>.</summary>
    public Classification? Classification { get; init; }

    /// <summary>Why the case went to its units: the row and its reasons.</summary>
    public Routing.RoutingDecision? Routing { get; init; }

    /// <summary>When the case left the open ones. UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When a unit that handles it first signed for it: the response. UTC; kept over rounds.</summary>
    public DateTimeOffset? FirstClaimedAt { get; init; }

    /// <summary>How often a unit sent it back (退回); capped by <see cref="Bundles.CaseRules.MaxReturns"/>.</summary>
    public int Returns { get; init; }

    /// <summary>How often more time was granted (延期).</summary>
    public int Extensions { get; init; }

    /// <summary>How often it was put on hold (挂账).</summary>
    public int Holds { get; init; }

    /// <summary>Until when it rests; null while it does not. UTC.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>It was not handled by when it was due, in this round or one before. Stays so, whatever an appeal decides.</summary>
    public bool WasOverdue { get; init; }

    /// <summary>Whether the fact of being overdue was appealed against (超时申诉), and what came of it.</summary>
    public AppealState Appeal { get; init; }

    /// <summary>How often it was urged (催办).</summary>
    public int Urged { get; init; }

    /// <summary>When it was last urged. UTC.</summary>
    public DateTimeOffset? UrgedAt { get; init; }

    /// <summary>How often a leader put it under supervision (督办).</summary>
    public int Supervised { get; init; }

    /// <summary>The leader who answers for it to its end (领导包案); null where nobody does.</summary>
    public CaseSponsor? Sponsor { get; init; }

    /// <summary>The case it is carried on under (并单); null while it stands by itself.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The case it is a part of (一事多派); null for one that is whole.</summary>
    public string? SplitFrom { get; init; }

    /// <summary>How many of its parts are still being handled.</summary>
    public int OpenParts { get; init; }

    /// <summary>The innermost area's code, or null when the place is unknown.</summary>
    public string? AreaCode => AreaPath.Length > 1 ? AreaPath[(AreaPath.LastIndexOf('/', AreaPath.Length - 2) + 1)..^1] : null;
}

/// <summary>A leader who answers for a case.</summary>
/// <param name="Id">Their account.</param>
/// <param name="Name">Their name when they took it on.</param>
public sealed record CaseSponsor(string Id, string Name);

/// <summary>That something is so, since when, and who said it.</summary>
/// <param name="At">UTC.</param>
/// <param name="By">The name shown to people: a person, or a unit.</param>
public sealed record CaseFact(DateTimeOffset At, string By);

/// <summary>A resident's judgement. Whether it was solved and whether they are content are asked apart.</summary>
/// <param name="Solved">The matter is solved.</param>
/// <param name="Satisfied">The resident is content with how it was handled.</param>
/// <param name="Stars">1 to 5, or 0 when not given.</param>
/// <param name="Comment">The resident's words.</param>
/// <param name="At">UTC.</param>
public sealed record CaseRating(bool Solved, bool Satisfied, int Stars, string Comment, DateTimeOffset At);

/// <summary>Which facts of a case a workflow may record, each with who and when.</summary>
public enum CaseFactKind
{
    /// <summary>处置完成</summary>
    Handled,

    /// <summary>核查通过</summary>
    Verified,

    /// <summary>居民确认</summary>
    Confirmed,
}
