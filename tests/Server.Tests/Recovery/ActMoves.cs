namespace GridFlow.Server.Tests.Recovery;

/// <summary>Something somebody does with a case: an act, or with <see cref="Outcome"/> the completion of a work item.</summary>
/// <param name="By">Who, by account.</param>
/// <param name="What">The act, or the activity of the work item to complete.</param>
/// <param name="Item">The activity of the work item an act is about; null for the whole case.</param>
internal sealed record Move(string By, string What, string? Item = null)
{
    public string? Outcome { get; init; }

    /// <summary>The unit whose work item it is, where several have one.</summary>
    public string? Unit { get; init; }

    public Func<Life, object> Fields { get; init; } = _ => new { };

    /// <summary>With which of its cases.</summary>
    public Func<Life, string> Case { get; init; } = life => life.Numbers[0];
}

/// <summary>Cases, and what is done with them one after the other, whatever happens to the server meanwhile.</summary>
internal sealed class Life(int id, string name, int cases, IReadOnlyList<Move> moves)
{
    private const string Urban = "dept:urban";
    private const string Handle = "handle";
    private static readonly string[] One = [Urban];
    private static readonly string[] Two = [Urban, "dept:water"];

    private static readonly (string Name, int Cases, Move[] Moves)[] All =
    [
        ("pressed", 1,
        [
            new("county", "CopyTo") { Fields = _ => new { units = One } }, new("leader", "Supervision"), new("county", "Urge"), Finish("urban", "act:CopyTo", "Done"),
            Finish("county", Handle, "Handled", _ => new { answer = "已清运" }), new("county", "TakeBack"),
        ]),
        ("moved", 1,
        [
            new("county", "Transfer", Handle) { Fields = _ => new { unit = Urban } }, Finish("urban", "act:Transfer", "Agree"),
            new("urban", "Objection", Handle), Finish("county", "act:Objection", "Refuse"), new("urban", "Escalation", Handle),
        ]),
        ("helped", 1,
        [
            new("county", "Assist", Handle) { Fields = _ => new { units = Two } }, Finish("urban", "act:Assist", "Done", _ => new { report = "已派车" }) with { Unit = Urban },
            new("county", "Unassist", Handle) { Fields = _ => new { unit = Two[1] } },
        ]),
        ("rested", 1,
        [
            new("county", "Hold", Handle) { Fields = _ => new { until = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) } },
            Finish("qingxi", "act:Hold", "Agree"), Finish("leader", "act:Hold", "Agree"), new("county", "Resume"),
        ]),
        ("extended", 1, [new("county", "Extension", Handle), Finish("qingxi", "act:Extension", "Agree"), Finish("leader", "act:Extension", "Agree")]),
        ("whistled", 1,
        [
            new("county", "Whistle") { Fields = _ => new { kind = "Push", grounds = "BeyondUs", units = One } }, new("urban", "WhistleContact", "act:Whistle"),
            new("urban", "WhistleAttend", "act:Whistle") { Fields = _ => new { place = "村口" } }, Finish("urban", "act:Whistle", "Done", _ => new { report = "已到场处置" }),
            new("county", "WhistleAssess") { Fields = _ => new { unit = Urban, score = "5" } }, new("urban", "WhistleAssess") { Fields = _ => new { unit = Urban, score = "4" } },
        ]),
        ("split", 1, [new("county", "Split") { Fields = _ => new { units = Two } }, Finish("urban", Handle, "Handled", _ => new { answer = "已清运" }) with { Case = life => life.Numbers[0] + "-1" }]),
        ("merged", 2, [new("county", "Merge") { Case = life => life.Later, Fields = life => new { into = life.Earlier } }]),
    ];

    public int Id => id;

    public string Name => name;

    /// <summary>How many cases it begins with.</summary>
    public int Cases => cases;

    /// <summary>Those that were taken in.</summary>
    public List<string> Numbers { get; } = [];

    public string Earlier => Numbers.Min(StringComparer.Ordinal)!;

    public string Later => Numbers.Max(StringComparer.Ordinal)!;

    /// <summary>How many of its moves are acknowledged.</summary>
    public int Made { get; private set; }

    public Move? Next => Made < moves.Count ? moves[Made] : null;

    /// <summary>Names the next move: the same until it is acknowledged.</summary>
    public string Key => $"act-{id}-{Made}";

    /// <summary>The work item the next move is about, once it was looked up.</summary>
    public string? Item { get; set; }

    /// <summary>The next move was sent, and nobody said what became of it.</summary>
    public bool IsUnsure { get; set; }

    /// <summary>The kinds of lives take turns.</summary>
    public static Life Begin(int id) => All[id % All.Length] is var (name, cases, moves) ? new Life(id, name, cases, moves) : throw new InvalidOperationException();

    public void Acknowledge()
    {
        Made++;
        (Item, IsUnsure) = (null, false);
    }

    private static Move Finish(string by, string activity, string outcome, Func<Life, object>? fields = null) => new(by, activity, activity) { Outcome = outcome, Fields = fields ?? (_ => new { }) };
}
