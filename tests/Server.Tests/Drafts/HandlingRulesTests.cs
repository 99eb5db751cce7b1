using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.HandlingRules;
using GridFlow.Server.Security;
using GridFlow.Workflows.Drafts;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Drafts;

/// <summary>Handling rules are drafted, compared and published like everything else, and survive what changes other parts.</summary>
public sealed class HandlingRulesTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_rule_is_an_edit_of_its_own_is_published_and_stays_when_other_parts_change()
    {
        var drafts = _application.Services.GetRequiredService<DraftStore>();
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var draft = await drafts.BeginAsync("三次退回", CurrentUser.Operator, Cancel);
        var changes = BundleEdits.Between(draft.Content, draft.Content.With(draft.Content.Rules with { MaxReturns = 3, WhistleNeedsAudit = true }));
        Assert.Equal(["rules/maxReturns", "rules/whistleNeedsAudit"], changes.Select(change => change.Path).Order());

        Assert.IsType<EditResult.Kept>(await drafts.EditAsync(draft.Id, changes, CurrentUser.Operator, Cancel));
        Assert.Equal(2, BundleComparison.Between(draft.Content, (await drafts.FindAsync(draft.Id, Cancel))!.Content).Rules.Count);
        await _application.Services.GetRequiredService<DraftPublisher>().PublishAsync(draft.Id, "guidance", null, CurrentUser.Operator, Cancel);
        Assert.Equal((3, true), ((await bundles.GetCurrentAsync(Cancel)).Rules.MaxReturns, (await bundles.GetCurrentAsync(Cancel)).Rules.WhistleNeedsAudit));

        var other = await drafts.BeginAsync("工作时间", CurrentUser.Operator, Cancel);
        var hours = BundleEdits.Between(other.Content, GridFlow.Server.WorkCalendar.CalendarEdits.With(other.Content, other.Content.Calendar.WithSessions(new GridFlow.Workflows.Calendars.WorkSession(new TimeOnly(9, 0), new TimeOnly(17, 0)))));
        Assert.IsType<EditResult.Kept>(await drafts.EditAsync(other.Id, hours, CurrentUser.Operator, Cancel));
        await _application.Services.GetRequiredService<DraftPublisher>().PublishAsync(other.Id, "hours", null, CurrentUser.Operator, Cancel);
        Assert.Equal(3, (await bundles.GetCurrentAsync(Cancel)).Rules.MaxReturns);
    }

    public void Dispose() => _application.Dispose();
}
