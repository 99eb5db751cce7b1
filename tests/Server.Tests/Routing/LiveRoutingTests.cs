using System.Collections.Concurrent;
using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Routing;

public sealed class LiveRoutingTests : IDisposable
{
    private static readonly CurrentUser Author = new("a", "林致远", null, []);
    private readonly GridFlowApplication _application = new();

    [Fact]
    public async Task While_cases_come_in_a_changed_row_holds_for_every_case_after_the_publish_and_for_none_before()
    {
        const int Reporters = 4;
        const int Each = 60;
        var cancel = TestContext.Current.CancellationToken;
        var commands = _application.Services.GetRequiredService<CaseCommands>();
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var before = await bundles.GetCurrentAsync(cancel);
        var acknowledgedBefore = new ConcurrentBag<string>();
        var begunAfter = new ConcurrentBag<string>();
        var published = 0;
        var halfway = new TaskCompletionSource();
        var count = 0;

        var reporters = Enumerable.Range(0, Reporters).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var isAfter = Volatile.Read(ref published) == 2;
                var accepted = Assert.IsType<ReportResult.Accepted>(await commands.ReportAsync(Noise(), Actor.Reporter, cancel));
                if (isAfter)
                {
                    begunAfter.Add(accepted.Number);
                }
                else if (Volatile.Read(ref published) == 0)
                {
                    acknowledgedBefore.Add(accepted.Number);
                }

                if (Interlocked.Increment(ref count) == Reporters * Each / 2)
                {
                    halfway.SetResult();
                }
            }
        }, cancel)).ToList();
        await halfway.Task.WaitAsync(cancel);
        Volatile.Write(ref published, 1);
        var result = await bundles.PublishAsync(With(before, "dept:environment"), "夜间噪声改由生态环境局负责", Author, before.Number, cancel);
        Volatile.Write(ref published, 2);
        await Task.WhenAll(reporters);

        var after = Assert.IsType<PublishResult.Published>(result).Number;
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancel);
        var rows = await db.Cases.AsNoTracking().Join(db.Instances, row => row.Number, instance => instance.Id, (row, instance) => new { row.Number, row.LeadUnit, instance.Bundle }).ToListAsync(cancel);
        Assert.Equal(Reporters * Each, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Bundle == after ? "dept:environment" : "dept:police", row.LeadUnit));
        Assert.NotEmpty(acknowledgedBefore);
        Assert.NotEmpty(begunAfter);
        Assert.All(rows.Where(row => acknowledgedBefore.Contains(row.Number)), row => Assert.Equal(before.Number, row.Bundle));
        Assert.All(rows.Where(row => begunAfter.Contains(row.Number)), row => Assert.Equal(after, row.Bundle));

        // In the order of their commits the old bundle ends where the new one begins. PostgreSQL keeps no such order to ask for.
        if (db.Database.IsSqlite())
        {
            var order = await db.Database.SqlQuery<int>($"SELECT Bundle AS Value FROM Instances ORDER BY rowid").ToListAsync(cancel);
            Assert.Equal(order.Order(), order);
        }
    }

    [Fact]
    public async Task Rolling_back_brings_the_old_rows_back_under_a_new_number()
    {
        var cancel = TestContext.Current.CancellationToken;
        var commands = _application.Services.GetRequiredService<CaseCommands>();
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var first = await bundles.GetCurrentAsync(cancel);
        await bundles.PublishAsync(With(first, "dept:environment"), "试行", Author, first.Number, cancel);

        var back = Assert.IsType<PublishResult.Published>(await bundles.RollBackAsync(first.Number, "试行结束", Author, cancel));

        Assert.Equal(first.Number + 2, back.Number);
        var accepted = Assert.IsType<ReportResult.Accepted>(await commands.ReportAsync(Noise(), Actor.Reporter, cancel));
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancel);
        Assert.Equal("dept:police", (await db.Cases.SingleAsync(row => row.Number == accepted.Number, cancel)).LeadUnit);
    }

    [Fact]
    public async Task Of_two_who_publish_from_the_same_draft_the_second_is_told()
    {
        var cancel = TestContext.Current.CancellationToken;
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var first = await bundles.GetCurrentAsync(cancel);

        Assert.IsType<PublishResult.Published>(await bundles.PublishAsync(With(first, "dept:environment"), "甲", Author, first.Number, cancel));
        var second = Assert.IsType<PublishResult.Outdated>(await bundles.PublishAsync(With(first, "dept:market"), "乙", Author, first.Number, cancel));

        Assert.Equal(first.Number + 1, second.InForce);
    }

    [Fact]
    public async Task A_row_naming_no_unit_is_refused_and_changes_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var first = await bundles.GetCurrentAsync(cancel);

        var refused = Assert.IsType<PublishResult.Refused>(await bundles.PublishAsync(With(first, "dept:nobody"), "错", Author, first.Number, cancel));

        Assert.Contains(refused.Problems, problem => problem is { Code: "unknown-unit", IsError: true });
        Assert.Equal(first.Number, (await bundles.GetCurrentAsync(cancel)).Number);
    }

    public void Dispose() => _application.Dispose();

    private static NewReport Noise() => new()
    {
        Title = "KTV 半夜太吵",
        Detail = "KTV 噪声扰民，半夜太吵，睡不着。",
        AreaCode = DemoOrganisation.CountyCode + "101001001",
        HasReporter = true,
    };

    // Both rows of the category, by day and by night, so that the hour of the test does not matter.
    private static Bundle With(Bundle bundle, string lead)
    {
        ImmutableArray<RoutingRow> rows = [.. bundle.Routing.Rows.Select(row => row.Category == "local/1/matter/51003" ? row with { Lead = lead, Assisting = [] } : row)];
        return new Bundle(bundle.Number, bundle.Definitions, new RoutingTable(rows), bundle.Categories, bundle.Calendar);
    }
}
