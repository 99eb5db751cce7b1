using System.Collections.Immutable;
using GridFlow.Server.Cases;
using GridFlow.Server.Residents;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Residents;

/// <summary>What staff are told that residents see is what residents see.</summary>
public sealed class TimelineTagTests : IDisposable
{
    private const string County = "/99/9901/990101/";
    private static readonly CurrentUser Supervisor = new("supervisor", "s", null, [new UserPost("area:990101", Role.Supervisor, County)]);
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_urge_is_told_to_the_resident_and_the_word_that_goes_with_it_is_not()
    {
        var commands = Get<CaseCommands>();
        var report = new NewReport { Detail = "老街垃圾桶满溢，没人清运", AreaCode = "990101101001001002", HasReporter = true };
        var accepted = Assert.IsType<ReportResult.Accepted>(await commands.ReportAsync(report, Actor.Reporter, Cancel));
        const string inside = "再拖就通报";
        Assert.IsType<ActResult.Done>(await commands.TakeActAsync(accepted.Number, "Urge", null, ImmutableDictionary<string, object?>.Empty, inside, Supervisor, Cancel));
        Assert.IsType<ActResult.Done>(await commands.CommentAsync(accepted.Number, "明早到现场", isPublic: true, Supervisor, cancellationToken: Cancel));

        var told = (await Get<TimelineQueries>().FindAsync(accepted.Number, Supervisor, Cancel))!;
        var urge = told.Single(entry => entry.Kind == HistoryKind.ActTaken);
        var comment = told.Single(entry => entry.Kind == HistoryKind.Comment);

        Assert.Equal((true, false), (urge.IsPublic, urge.AreLinesPublic));
        Assert.Contains(inside, urge.Lines);
        Assert.Equal((true, true), (comment.IsPublic, comment.AreLinesPublic));
        var followed = (await Get<ResidentQueries>().FindAsync(accepted.Number, Cancel))!.Rounds.SelectMany(round => round.Events).ToList();
        Assert.DoesNotContain(followed, happened => happened.Quote == inside);
        Assert.Contains(followed, happened => happened.Quote == "明早到现场");
        Assert.Equal(followed.Count, told.Count(entry => entry.IsPublic));
    }

    public void Dispose() => _application.Dispose();

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();
}
