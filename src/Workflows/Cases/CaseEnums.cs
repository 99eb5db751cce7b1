namespace GridFlow.Workflows.Cases;

/// <summary>Where a case stands in the books: the four that must add up to all accepted cases.</summary>
public enum CaseStatus
{
    /// <summary>Being worked on (在办).</summary>
    Open,

    /// <summary>Ended with an answer (结案). The resident may still reopen it.</summary>
    Closed,

    /// <summary>Carried on under another case's number (并单).</summary>
    Merged,

    /// <summary>Taken back by its reporter (撤销).</summary>
    Withdrawn,
}

/// <summary>The stage of an open case, in the order a case usually passes them.</summary>
public enum CaseStage
{
    /// <summary>Being sorted (受理).</summary>
    Accepting,

    /// <summary>Being sent to its unit (派遣).</summary>
    Dispatching,

    /// <summary>With the units that handle it (处理).</summary>
    Handling,

    /// <summary>A second person is checking the result (核查).</summary>
    Verifying,

    /// <summary>The resident is asked to judge (评价).</summary>
    Rating,

    /// <summary>Nothing more to do (办结).</summary>
    Done,
}

/// <summary>What the reporter wants. Independent of the category, which says what it is about.</summary>
public enum CaseNature
{
    /// <summary>咨询</summary>
    Enquiry,

    /// <summary>求助</summary>
    Request,

    /// <summary>投诉</summary>
    Complaint,

    /// <summary>举报: a report of wrongdoing</summary>
    Report,

    /// <summary>建议</summary>
    Suggestion,

    /// <summary>感谢</summary>
    Thanks,
}

/// <summary>The three tiers by which cases are handled. The order is that of escalation.</summary>
public enum CaseTier
{
    /// <summary>小事马上办: handled at once by the grid.</summary>
    Small,

    /// <summary>难事协调办: coordinated between units.</summary>
    Hard,

    /// <summary>大事统筹办: organised centrally.</summary>
    Big,
}

/// <summary>How a case came in.</summary>
public enum CaseChannel
{
    /// <summary>The residents' web page.</summary>
    Web,

    /// <summary>A QR code at a door or on a lamp post.</summary>
    QrCode,

    /// <summary>A grid worker's finding on a round.</summary>
    Patrol,

    /// <summary>Raised from a household visit.</summary>
    Visit,

    /// <summary>The hotline, usually by import.</summary>
    Hotline,

    /// <summary>An Open311 client.</summary>
    Open311,

    /// <summary>The service counter.</summary>
    Counter,

    /// <summary>An informant on behalf of a resident.</summary>
    Informant,
}

/// <summary>What became of the appeal against being overdue.</summary>
public enum AppealState
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>Being reviewed.</summary>
    Asked,

    /// <summary>Granted: figures leave the case out where they count what was late, and say so.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>How pressing a case is.</summary>
public enum CaseUrgency
{
    /// <summary>一般</summary>
    Normal,

    /// <summary>紧急: limits in urgent hours.</summary>
    Urgent,

    /// <summary>突发: a matter of 110, 119, 120 or 122, to be handed over at once.</summary>
    Emergency,
}
