using GridFlow.Server.Audit;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Drafts;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Drafts;

public sealed class DraftPublisherTests : IDisposable
{
    private static readonly CurrentUser Mei = Person("mei", Role.Administrator);
    private static readonly CurrentUser Lin = Person("lin", Role.Administrator);
    private static readonly CurrentUser Editor = Person("editor", Role.Editor);

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
    private readonly GridFlowApplication _application = new();
    private WebApplicationFactory<Program>? _running;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DraftStore Store => Get<DraftStore>();

    private DraftPublisher Publisher => Get<DraftPublisher>();

    public void Dispose()
    {
        _running?.Dispose();
        _application.Dispose();
    }

    [Fact]
    public async Task A_draft_set_for_Monday_comes_into_force_on_Monday_and_takes_in_what_was_published_before()
    {
        Start();
        var monday = _time.GetUtcNow().AddDays(7);
        var (draft, other) = (await DraftAsync(90, "甲"), await DraftAsync(91, "乙"));

        var set = await Publisher.PublishAsync(draft.Id, "from Monday", monday, Mei, Cancel);
        var edited = await Store.EditAsync(draft.Id, Adding(draft, 92, "丙"), Mei, Cancel);
        await Publisher.PublishAsync(other.Id, "at once", null, Mei, Cancel);
        _time.Advance(TimeSpan.FromDays(6));
        await Publisher.PublishDueAsync(Cancel);
        var early = (await InForceAsync()).Routing.Rows.Select(row => row.Number).ToList();
        _time.Advance(TimeSpan.FromDays(1));
        await Publisher.PublishDueAsync(Cancel);

        Assert.Equal(monday, Assert.IsType<DraftOutcome.Scheduled>(set).At);
        Assert.Equal(DraftStatus.Scheduled, Assert.IsType<EditResult.Closed>(edited).Status);
        Assert.DoesNotContain(90, early);
        Assert.Superset(new HashSet<int> { 90, 91 }, (await InForceAsync()).Routing.Rows.Select(row => row.Number).ToHashSet());
        Assert.Equal(DraftStatus.Published, (await Store.FindAsync(draft.Id, Cancel))!.Status);
        Assert.Equal("mei", (await Get<BundleStore>().ListAsync(Cancel))[0].Author);
    }

    [Fact]
    public async Task What_cannot_be_published_any_more_when_its_time_comes_is_opened_again_and_says_why()
    {
        Start();
        var (draft, other) = (await DraftAsync(90, "甲"), await DraftAsync(90, "乙"));
        await Publisher.PublishAsync(draft.Id, "later", _time.GetUtcNow().AddHours(1), Mei, Cancel);
        await Publisher.PublishAsync(other.Id, "at once", null, Mei, Cancel);
        var number = (await InForceAsync()).Number;

        _time.Advance(TimeSpan.FromHours(2));
        await Publisher.PublishDueAsync(Cancel);

        var failed = (await Store.FindAsync(draft.Id, Cancel))!;
        Assert.Equal(DraftStatus.Open, failed.Status);
        Assert.Contains("routing/90", failed.Publication.Problem!.En, StringComparison.Ordinal);
        Assert.Equal(number, (await InForceAsync()).Number);
        Assert.Contains(await ActsAsync(draft.Id), act => act == AuditAct.PublishFailed);
    }

    [Fact]
    public async Task Where_two_persons_are_needed_nobody_publishes_what_they_edited_or_asked_for()
    {
        Start(("Publishing:TwoPersons", "true"));
        var draft = await DraftAsync(90, "甲");

        var own = await Publisher.PublishAsync(draft.Id, "mine", null, Mei, Cancel);
        var asked = await Publisher.RequestAsync(draft.Id, "please", null, Mei, Cancel);
        var ownAgain = await Publisher.PublishAsync(draft.Id, null, null, Mei, Cancel);
        var byOther = await Publisher.PublishAsync(draft.Id, null, null, Lin, Cancel);

        Assert.Equal(DraftRefusal.OwnWork, Assert.IsType<DraftOutcome.Refused>(own).Why);
        Assert.IsType<DraftOutcome.Done>(asked);
        Assert.Equal(DraftRefusal.OwnWork, Assert.IsType<DraftOutcome.Refused>(ownAgain).Why);
        Assert.IsType<DraftOutcome.Published>(byOther);
        Assert.Equal([AuditAct.DraftBegun, AuditAct.PublishRequested], await ActsAsync(draft.Id));
    }

    [Fact]
    public async Task Two_who_publish_one_draft_in_the_same_moment_make_one_bundle()
    {
        Start();
        var draft = await DraftAsync(90, "甲");
        var number = (await InForceAsync()).Number;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => Task.Run(() => Publisher.PublishAsync(draft.Id, "now", null, turn % 2 == 0 ? Mei : Lin, Cancel), Cancel)));

        Assert.Single(outcomes.OfType<DraftOutcome.Published>());
        Assert.Equal(number + 1, (await InForceAsync()).Number);
    }

    [Fact]
    public async Task Who_may_only_edit_cannot_publish_and_who_may_not_edit_cannot_begin()
    {
        Start();
        var draft = await DraftAsync(90, "甲");

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Publisher.PublishAsync(draft.Id, "x", null, Editor, Cancel));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Get<BundleCommands>().RollBackAsync(1, "x", Editor, Cancel));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Store.BeginAsync("x", Person("clerk", Role.Handler), Cancel));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Store.EditAsync(draft.Id, [], Person("clerk", Role.Handler), Cancel));
    }

    [Theory]
    [InlineData("", DraftRefusal.ReasonMissing)]
    [InlineData(null, DraftRefusal.ReasonMissing)]
    public async Task Nothing_is_published_without_a_reason(string? reason, DraftRefusal why)
    {
        Start();
        var draft = await DraftAsync(90, "甲");

        Assert.Equal(why, Assert.IsType<DraftOutcome.Refused>(await Publisher.PublishAsync(draft.Id, reason, null, Mei, Cancel)).Why);
        Assert.Equal(DraftRefusal.TimePast, Assert.IsType<DraftOutcome.Refused>(await Publisher.PublishAsync(draft.Id, "x", _time.GetUtcNow().AddMinutes(-1), Mei, Cancel)).Why);
        Assert.Equal(DraftRefusal.NothingNew, Assert.IsType<DraftOutcome.Refused>(await Publisher.PublishAsync((await Store.BeginAsync("", Mei, Cancel)).Id, "x", null, Mei, Cancel)).Why);
    }

    private void Start(params (string Name, string Value)[] settings) => _running = _application.WithWebHostBuilder(builder =>
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_time));
    });

    private T Get<T>()
        where T : notnull => _running!.Services.GetRequiredService<T>();

    private async Task<Bundle> InForceAsync() => await Get<BundleStore>().GetCurrentAsync(Cancel);

    private async Task<Draft> DraftAsync(int row, string word)
    {
        var draft = await Store.BeginAsync("test", Mei, Cancel);
        return Assert.IsType<EditResult.Kept>(await Store.EditAsync(draft.Id, Adding(draft, row, word), Mei, Cancel)).Draft;
    }

    private async Task<List<AuditAct>> ActsAsync(int draft)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return await db.Audit.Where(row => row.Subject == $"draft/{draft}").OrderBy(row => row.Id).Select(row => row.Act).ToListAsync(Cancel);
    }

    private static System.Collections.Immutable.ImmutableArray<CellChange> Adding(Draft draft, int row, string word)
    {
        var content = draft.Content;
        var rows = content.Routing.Rows.Add(new RoutingRow { Number = row, Lead = "@county", Keywords = [word] });
        return BundleEdits.Between(content, new Bundle(content.Number, content.Definitions, new RoutingTable(rows), content.Categories, content.Calendar));
    }

    private static CurrentUser Person(string name, Role role) => new(name, name, null, [new UserPost(UnitKey.Everywhere, role, "/")]);
}
