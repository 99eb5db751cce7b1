using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Replay;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Replay;

public sealed class CaseReplayTests
{
    private static readonly Bundle Shipped = ShippedBundle.Read(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> Scripts => [.. CaseScript.All.Select(script => script.Name)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Whatever_way_a_case_went_its_intake_replays_the_same(string name)
    {
        var script = CaseScript.All.Single(script => script.Name == name);
        var life = new Life(Shipped, script.Case with { Number = "GF2026-1" });
        foreach (var step in script.Steps)
        {
            if (step.Activity is null)
            {
                life.Wait(life.Instance.Timers.Min(timer => timer.DueAt) - life.Now);
            }
            else
            {
                Assert.True(life.Take(CaseScript.Complete(life.Instance.WorkItems.First(item => item.ActivityId == step.Activity), step.Outcome)));
            }
        }

        var replayed = life.Replay(Shipped);

        Assert.Null(replayed.Obstacle);
        Assert.Equal(ReplayDifference.None, replayed.Differences);
        Assert.Equal(script.Steps.Any(step => step.Outcome == "NotOurs"), replayed.Before.Workflow is null);
        Assert.Equal(replayed.Before with { Assisting = [] }, replayed.After with { Assisting = [] });
        Assert.True(replayed.Before.KnowsLimit);
    }

    [Fact]
    public void A_row_that_sends_it_elsewhere_shows_as_another_lead_tier_workflow_and_limit()
    {
        var life = new Life(Shipped, Life.Report());

        var replayed = life.Replay(With(Row(7, "dept:urban") with { Keywords = ["垃圾"], StartTier = CaseTier.Hard, Limit = TimeLimit.WorkingDays(3), Assisting = ["@village"] }));

        Assert.Equal(
            ReplayDifference.Lead | ReplayDifference.Assisting | ReplayDifference.Tier | ReplayDifference.Workflow | ReplayDifference.Limit | ReplayDifference.Row, replayed.Differences);
        Assert.Equal(("area:990101001001001", CaseTier.Small, "small", "4wh", 2), Told(replayed.Before));
        Assert.Equal(("dept:urban", CaseTier.Hard, "hard", "3wd", 7), Told(replayed.After));
        Assert.Equal(["area:990101001001"], replayed.After.Assisting);
    }

    [Fact]
    public void Another_row_that_says_the_same_is_no_difference()
    {
        var replayed = new Life(Shipped, Life.Report()).Replay(With(Row(7, "@grid") with { Keywords = ["垃圾"] }));

        Assert.Equal(ReplayDifference.None, replayed.Differences);
        Assert.Equal((2, 7), (replayed.Before.Row, replayed.After.Row));
    }

    [Fact]
    public void Another_calendar_shows_as_another_limit()
    {
        var calendar = Shipped.Calendar.WithSessions([new WorkSession(new TimeOnly(9, 0), new TimeOnly(10, 0))]);
        var replayed = new Life(Shipped, Life.Report()).Replay(new Bundle(2, Shipped.Definitions, Shipped.Routing, Shipped.Categories, calendar));

        Assert.Equal(ReplayDifference.Limit, replayed.Differences);
        Assert.True(replayed.After.Due > replayed.Before.Due);
    }

    [Fact]
    public void A_table_without_a_row_for_it_leaves_it_to_nobody()
    {
        var replayed = new Life(Shipped, Life.Report()).Replay(new Bundle(2, Shipped.Definitions, new RoutingTable([Row(9, "@town") with { Keywords = ["井盖"] }]), Shipped.Categories, Shipped.Calendar));

        Assert.Equal(ReplayDifference.Nobody, replayed.Differences);
        Assert.True(replayed.After.IsNobodys);
    }

    [Fact]
    public void Words_taken_from_a_category_make_it_ask_a_person_of_whom_the_books_have_no_answer()
    {
        var categories = new CategoryCatalogue(Shipped.Categories.All.Select(category => category with { Keywords = [] }));

        var replayed = new Life(Shipped, Life.Report()).Replay(new Bundle(2, Shipped.Definitions, Shipped.Routing, categories, Shipped.Calendar));

        Assert.True(replayed.Differences.HasFlag(ReplayDifference.NeedsPerson));
        Assert.True(replayed.Differences.HasFlag(ReplayDifference.Category));
        Assert.Equal(new StepRef("intake", "check"), replayed.After.WaitsAt);
    }

    [Fact]
    public void Words_given_to_a_category_spare_the_person_who_was_asked()
    {
        var life = new Life(Shipped, Life.Report("你好", "有一件事想说")).Do("check", "Confirmed", Hour, ("lead", "area:990101001"), ("tier", "Hard"));
        var categories = new CategoryCatalogue(Shipped.Categories.All.Select(category => category.Code == "06001" ? category with { Keywords = ["有一件事^9"] } : category));

        var replayed = life.Replay(new Bundle(2, Shipped.Definitions, Shipped.Routing, categories, Shipped.Calendar));

        Assert.True(replayed.Before.AskedPerson);
        Assert.True(replayed.Differences.HasFlag(ReplayDifference.SparesPerson));
        Assert.Equal("small", replayed.After.Workflow);
    }

    [Fact]
    public void What_a_person_only_confirmed_follows_the_rows_and_what_they_decided_stays()
    {
        var unsure = Life.Report("你好", "有一件事想说");
        var proposed = new Life(Shipped, unsure).Case;
        var confirmed = new Life(Shipped, unsure).Do("check", "Confirmed", Hour, ("lead", proposed.LeadUnit), ("tier", proposed.Tier.ToString()));
        var decided = new Life(Shipped, unsure).Do("check", "Confirmed", Hour, ("lead", "dept:housing"), ("tier", proposed.Tier.ToString()));
        var changed = new Bundle(2, Shipped.Definitions, new RoutingTable([Row(1, "dept:urban")]), Shipped.Categories, Shipped.Calendar);

        Assert.Equal("dept:urban", confirmed.Replay(changed).After.Lead);
        Assert.True(confirmed.Replay(changed).Differences.HasFlag(ReplayDifference.Lead));
        Assert.Equal("dept:housing", decided.Replay(changed).After.Lead);
        Assert.False(decided.Replay(changed).Differences.HasFlag(ReplayDifference.Lead));
    }

    [Fact]
    public void A_case_still_waiting_or_taken_back_while_waiting_is_no_difference()
    {
        var waiting = new Life(Shipped, Life.Report("你好", "有一件事想说")).Wait(TimeSpan.FromDays(3));
        Assert.Equal(ReplayDifference.None, waiting.Replay(Shipped).Differences);
        Assert.Equal(new StepRef("intake", "check"), waiting.Replay(Shipped).Before.WaitsAt);

        Assert.True(waiting.Take(new Stimulus.WithdrawCase("不用了", Actor.Reporter)));
        Assert.Equal(ReplayDifference.None, waiting.Replay(Shipped).Differences);
        Assert.Equal(new StepRef("intake", "check"), waiting.Replay(Shipped).Before.WaitsAt);
    }

    [Fact]
    public void Only_the_first_round_counts()
    {
        var life = new Life(Shipped, Life.Report("你好", "有一件事想说")).Do("check", "NotOurs", Hour);
        Assert.True(life.Take(new Stimulus.ReopenCase("还没解决", Actor.Reporter)));

        var replayed = life.Replay(Shipped);

        Assert.Equal(ReplayDifference.None, replayed.Differences);
        Assert.True(replayed.Before.Ended);
    }

    [Fact]
    public void An_approval_drawn_into_intake_waits_for_a_person()
    {
        var replayed = new Life(Shipped, Life.Report()).Replay(WithIntake(ApprovalBefore("tier")));

        Assert.Equal(ReplayDifference.NeedsPerson, replayed.Differences);
        Assert.Equal(new StepRef("intake", "extra"), replayed.After.WaitsAt);
    }

    [Fact]
    public void A_step_that_would_fail_is_told()
    {
        var replayed = new Life(Shipped, Life.Report()).Replay(WithIntake(json => json.Replace("case.round > 1\"", "nothing.like.this > 1\"", StringComparison.Ordinal)));

        Assert.True(replayed.Differences.HasFlag(ReplayDifference.Incident));
        Assert.False(replayed.Differences.HasFlag(ReplayDifference.Nobody));
    }

    [Fact]
    public void Books_from_before_limits_were_recorded_are_not_compared_in_them()
    {
        var life = new Life(Shipped, Life.Report(category: "local/1/matter/06001"));
        string[] since = [HistoryData.Limit, HistoryData.Due, HistoryData.Urgency, HistoryData.Bundle];
        var old = life.History.Select(entry => entry with
        {
            Data = entry.Kind switch
            {
                HistoryKind.Routed or HistoryKind.Accepted => entry.Data.RemoveRange([.. since, .. entry.Kind == HistoryKind.Accepted ? [HistoryData.Category] : Array.Empty<string>()]),
                _ => entry.Data,
            }
        });
        var recorded = RecordedCase.From(life.Case, life.Instance.DefinitionId, old)!;

        var same = CaseReplay.Run(Shipped, recorded, _ => Shipped);
        var shorter = CaseReplay.Run(With(Row(7, "@grid") with { Keywords = ["垃圾"], Limit = TimeLimit.UrgentHours(1) }), recorded, _ => Shipped);

        Assert.Equal("local/1/matter/06001", recorded.Report.Category);
        Assert.Equal(ReplayDifference.None, same.Differences);
        Assert.False(same.Before.KnowsLimit);
        Assert.Equal(ReplayDifference.None, shorter.Differences);
    }

    [Fact]
    public void A_bundle_without_the_workflow_it_began_with_cannot_say_anything()
    {
        var replayed = new Life(Shipped, Life.Report()).Replay(new Bundle(2, Shipped.Definitions.RemoveAll(flow => flow.DefinitionId == "intake"), Shipped.Routing, Shipped.Categories, Shipped.Calendar));

        Assert.Equal(ReplayObstacle.NoWorkflow, replayed.Obstacle);
    }

    private static (string?, CaseTier?, string?, string?, int?) Told(IntakeOutcome outcome) => (outcome.Lead, outcome.Tier, outcome.Workflow, outcome.Limit, outcome.Row);

    private static RoutingRow Row(int number, string lead) => new() { Number = number, Lead = lead };

    private static Bundle With(RoutingRow row) => new(2, Shipped.Definitions, new RoutingTable(Shipped.Routing.Rows.Add(row)), Shipped.Categories, Shipped.Calendar);

    private static Bundle WithIntake(Func<string, string> edit)
    {
        var intake = ElsaJson.Read(edit(ElsaJson.Write(Shipped.FindDefinition("intake")!).ToJsonString(BundleJson.Options)));
        return new Bundle(2, [intake, .. Shipped.Definitions.Where(flow => flow.DefinitionId != "intake")], Shipped.Routing, Shipped.Categories, Shipped.Calendar);
    }

    private static Func<string, string> ApprovalBefore(string target) => json =>
    {
        var document = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        var root = document["root"]!;
        root["activities"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""{"id":"extra","type":"GridFlow.Approval","name":"extra","version":1,"unit":{"typeName":"String","expression":{"type":"Literal","value":"@town"}}}"""));
        foreach (var connection in root["connections"]!.AsArray().Where(connection => (string?)connection!["target"]!["activity"] == target))
        {
            connection!["target"]!["activity"] = "extra";
        }

        root["connections"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse($$"""{"source":{"activity":"extra","port":"Approved"},"target":{"activity":"{{target}}","port":"In"},"vertices":[]}"""));
        return document.ToJsonString();
    };
}
