using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridFlow.Server.Tests.Figures;

/// <summary>Books filled with cases made by chance, to be counted the fast way and the plain way.</summary>
internal sealed class FigureBooks(GridFlowApplication application, int seed)
{
    public const string County = "/99/9901/990101/";
    public static readonly DateTimeOffset Today = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    private static readonly string[] Paths =
    [
        County + "990101101/990101101001/990101101001001/990101101001001001/", County + "990101101/990101101002/990101101002001/",
        County + "990101102/990101102001/990101102001001/", County + "990101102/990101102002/", County, County + "990101101/",
    ];

    private static readonly string?[] Units = ["dept:urban", "dept:police", "dept:housing", "area:990101101001001", "area:990101102", null];
    private static readonly string?[] Categories = ["local/2026/matter/06001", "local/2026/matter/06002", "local/2026/matter/09001", "local/2026/matter/10003", null];
    private static readonly string?[] Places = ["老街 12 号", "老街12号", "果园南路", null, null];
    private readonly Random _chance = new(seed);
    private int _made;

    public T Get<T>()
        where T : notnull => application.Services.GetRequiredService<T>();

    public async Task<IReadOnlyList<string>> AddAsync(int cases, CancellationToken cancellationToken)
    {
        // What is counted when is the test's to say. A loop that is stopped before it began ends as cancelled, and the host with it.
        while (Get<FigureProgress>().CompleteAt is null)
        {
            await Task.Yield();
        }

        await application.Services.GetServices<IHostedService>().OfType<FigureLoop>().Single().StopAsync(cancellationToken);
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        var numbers = new List<string>();
        for (var i = 0; i < cases; i++)
        {
            var row = NewCase($"F{++_made:D6}");
            numbers.Add(row.Number);
            db.Add(row);
            await AddPartAsync(db, row);
            db.Add(new InstanceRow { Id = row.Number, DefinitionId = "intake", Bundle = 1, State = "{}", Version = 1 });
            for (var item = _chance.Next(3); item > 0; item--)
            {
                db.Add(NewItem(row, item));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return numbers;
    }

    /// <summary>Lets cases go on as a checkpoint would: their facts change, and their instance's version counts up.</summary>
    public async Task ChangeAsync(IEnumerable<string> numbers, CancellationToken cancellationToken)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        foreach (var number in numbers)
        {
            var row = await db.Cases.SingleAsync(row => row.Number == number, cancellationToken);
            Happen(row);
            await AddPartAsync(db, row);
            (await db.Instances.SingleAsync(row => row.Id == number, cancellationToken)).Version++;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>All facts there are, as the counting reads them.</summary>
    public async Task<IReadOnlyList<FigureFacts>> FactsAsync(CancellationToken cancellationToken)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        var numbers = await db.Cases.Select(row => row.Number).ToListAsync(cancellationToken);
        return await Get<FactReader>().ReadAsync(db, numbers, cancellationToken);
    }

    /// <summary>Every page there is, as text.</summary>
    public async Task<string> PagesAsync(CancellationToken cancellationToken)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<FigureDayRow>().AsNoTracking().Where(row => row.Cases > 0).OrderBy(row => row.Basis).ThenBy(row => row.Day).ToListAsync(cancellationToken);
        return string.Join('\n', rows.SelectMany(row => DayPage.Read(row).Cases.Select(entry => $"{row.Basis} {row.Day} {entry.Key} {entry.Value}")));
    }

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[_chance.Next(choices.Count)];

    // As a checkpoint does: who once had a part sees the case for good.
    private static async Task AddPartAsync(GridFlowDbContext db, CaseRow row)
    {
        if (row.LeadUnit is not null && !await db.CaseUnits.AnyAsync(unit => unit.CaseNumber == row.Number && unit.Unit == row.LeadUnit))
        {
            db.Add(new CaseUnitRow { CaseNumber = row.Number, Unit = row.LeadUnit });
        }
    }

    private CaseRow NewCase(string number)
    {
        var acceptedAt = Today - TimeSpan.FromMinutes(_chance.Next(100 * 24 * 60));
        var row = new CaseRow
        {
            Number = number,
            Title = "t",
            Detail = new string('字', _chance.Next(40)),
            ReportedAt = acceptedAt,
            AcceptedAt = acceptedAt,
            AreaPath = OneOf(Paths),
            Place = OneOf(Places),
            Channel = OneOf(Enum.GetValues<CaseChannel>()),
            Category = OneOf(Categories),
            Round = 1,
        };
        Happen(row);
        return row;
    }

    private void Happen(CaseRow row)
    {
        row.Status = OneOf(Enum.GetValues<CaseStatus>());
        row.Tier = _chance.Next(5) == 0 ? null : OneOf(Enum.GetValues<CaseTier>());
        row.LeadUnit = OneOf(Units);
        row.DueAt = Maybe(row.AcceptedAt, 5 * 24 * 60);
        row.HandledAt = Maybe(row.AcceptedAt, 8 * 24 * 60);
        row.ClosedAt = row.Status == CaseStatus.Open ? null : row.AcceptedAt + TimeSpan.FromMinutes(_chance.Next(20 * 24 * 60));
        row.Round += _chance.Next(6) == 0 ? 1 : 0;
        row.FirstClaimedAt = Maybe(row.AcceptedAt, 3 * 24 * 60);
        row.Returns = _chance.Next(4) == 0 ? 1 : 0;
        row.Extensions = _chance.Next(5) == 0 ? 1 : 0;
        row.WasOverdue = _chance.Next(4) == 0;
        row.IsExempted = _chance.Next(6) == 0;
        row.RatedAt = Maybe(row.AcceptedAt, 10 * 24 * 60);
        row.RatedSolved = row.RatedAt is null ? null : _chance.Next(2) == 0;
        row.RatedSatisfied = row.RatedAt is null ? null : _chance.Next(2) == 0;
    }

    private WorkItemRow NewItem(CaseRow row, int index) => new()
    {
        Id = $"{row.Number}-{index}",
        CaseNumber = row.Number,
        Bundle = 1,
        DefinitionId = "small",
        ActivityId = OneOf(["handle", "verify"]),
        Kind = OneOf([WorkItemKind.Task, WorkItemKind.Whistle, WorkItemKind.Rating]),
        Unit = "dept:urban",
        AreaPath = row.AreaPath,
        OpenedAt = row.AcceptedAt,
        DueAt = Maybe(row.AcceptedAt, 24 * 60),
        ClaimedAt = Maybe(row.AcceptedAt, 3 * 24 * 60),
        ClosedAt = Maybe(row.AcceptedAt, 2 * 24 * 60),
        Outcome = OneOf([null, "Handled", "Returned"]),
        IsOverdue = _chance.Next(4) == 0,
    };

    private DateTimeOffset? Maybe(DateTimeOffset from, int minutes) => _chance.Next(3) == 0 ? null : from + TimeSpan.FromMinutes(_chance.Next(minutes));
}
