using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Replay;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Replay;

/// <summary>Random routing tables, categories, reports and dispatchers: what a bundle did itself, it does again.</summary>
public sealed class ReplayModelTests
{
    private static readonly Bundle Shipped = ShippedBundle.Read(1);
    private static readonly string[] Words = ["垃圾", "井盖", "路灯", "噪声", "停车", "积水", "树枝", "油烟"];
    private static readonly string[] Codes = ["06", "06001", "06002", "10001", "51", "51003", "99001"];
    private static readonly string[] Units = ["@grid", "@village", "@town", "@county", "dept:urban", "dept:police", "area:990101"];
    private static readonly string[] Areas = ["9901", "990101", "990101001", "990101002", "990101001001"];
    private static readonly string[] Paths = ["/", "/99/9901/990101/", "/99/9901/990101/990101001/", "/99/9901/990101/990101002/", "/99/9901/990101/990101001/990101001001/990101001001001/"];

    private static readonly Gen<string?> MaybeCategory = Maybe(Gen.Elements(Codes).Select(code => "local/1/matter/" + code));

    private static readonly Gen<RoutingRow> Rows =
        from category in MaybeCategory
        from area in Maybe(Gen.Elements(Areas))
        from words in Gen.Elements(Words).ListOf(2)
        from hasWords in Gen.Elements(true, false, false)
        from tier in Gen.Elements<CaseTier?>(null, null, null, CaseTier.Small, CaseTier.Hard)
        from nature in Gen.Elements<CaseNature?>(null, null, null, CaseNature.Complaint)
        from night in Gen.Elements(false, false, true)
        from lead in Gen.Elements(Units)
        from assisting in Gen.Elements(Units).ListOf(2)
        from start in Gen.Elements<CaseTier?>(null, null, CaseTier.Small, CaseTier.Hard, CaseTier.Big)
        from workflow in Gen.Elements<string?>(null, null, null, "hard", "small")
        from limit in Gen.Elements<TimeLimit?>(null, null, TimeLimit.UrgentHours(2), TimeLimit.WorkingDays(3))
        select new RoutingRow
        {
            Number = 0,
            Category = category,
            Area = area,
            Keywords = hasWords ? [.. words] : [],
            Tier = tier,
            Nature = nature,
            From = night ? new TimeOnly(22, 0) : null,
            Until = night ? new TimeOnly(6, 0) : null,
            Lead = lead,
            Assisting = [.. assisting],
            StartTier = start,
            Workflow = workflow,
            Limit = limit,
        };

    private static readonly Gen<CategoryCatalogue> Catalogues =
        from used in Gen.Elements(true, true, false).ListOf(Codes.Length)
        from tiers in Gen.Elements(CaseTier.Small, CaseTier.Hard, CaseTier.Big).ListOf(Codes.Length)
        from weights in Gen.Choose(0, 3).ListOf(Codes.Length)
        select new CategoryCatalogue(Codes.Select((code, index) => new Category
        {
            Scheme = "local",
            Version = "1",
            Kind = "matter",
            Code = code,
            Name = LocalizedText.Same(code),
            Tier = tiers[index],
            Keywords = code.Length > 2 && used[index] ? [$"{Words[index]}^{weights[index]}", Words[(index + 3) % Words.Length]] : [],
            Conditions = index % 2 == 0 ? [new FilingCondition("usual", LocalizedText.Same("usual"), TimeLimit.WorkingHours(index + 1))] : [],
        }));

    private static readonly Gen<Bundle> Bundles =
        from rows in Rows.ListOf(6)
        from catchAll in Gen.Elements(true, true, false)
        from catalogue in Catalogues
        select new Bundle(3, Shipped.Definitions,
            new RoutingTable([.. rows.Select((row, index) => row with { Number = index + 10 }), .. catchAll ? [new RoutingRow { Number = 1, Lead = "@town" }] : Array.Empty<RoutingRow>()]), catalogue, Shipped.Calendar);

    private static readonly Gen<CaseState> Reports =
        from title in Gen.Elements(Words).ListOf(1)
        from said in Gen.Elements(Words).ListOf(2)
        from says in Gen.Elements(true, true, false)
        from category in MaybeCategory
        from path in Gen.Elements(Paths)
        from nature in Gen.Elements(CaseNature.Request, CaseNature.Complaint)
        from minutes in Gen.Choose(0, 60 * 24 * 20)
        select Life.Report(says ? string.Concat(title) : "你好", says ? string.Join("，", said) : "想说一件事", category) with
        {
            AreaPath = path,
            Nature = nature,
            AcceptedAt = Life.Morning.AddMinutes(minutes),
        };

    private static readonly Gen<Decisions> Dispatchers =
        from turns in Gen.Choose(0, 99).ListOf(6)
        from unit in Gen.Elements(Units)
        from category in Gen.Elements("06001", "10001", "51003")
        from minutes in Gen.Choose(0, 3000)
        select new Decisions([.. turns], unit, "local/1/matter/" + category, TimeSpan.FromMinutes(minutes));

    [Fact]
    public void A_bundle_replayed_over_the_cases_it_took_in_itself_differs_in_none() =>
        Check(from bundle in Bundles from report in Reports from decisions in Dispatchers select (bundle, report, decisions), given =>
        {
            var life = given.decisions.Play(given.bundle, given.report);
            var replayed = life.Replay(given.bundle);
            Assert.Null(replayed.Obstacle);
            Assert.Equal(ReplayDifference.None, replayed.Differences);
            if (replayed.Before.Workflow is not null)
            {
                // What the books say of intake is what the engine did: nothing behind it has changed these facts yet.
                Assert.Equal((life.Case.Category, life.Case.Tier, life.Case.LeadUnit, life.Case.Due?.DueAt, life.Case.Routing?.Row),
                    (replayed.Before.Category, replayed.Before.Tier, replayed.Before.Lead, replayed.Before.Due, replayed.Before.Row));
                Assert.Equal(life.Case.AssistingUnits, replayed.Before.Assisting);
            }
        });

    [Fact]
    public void Another_bundle_differs_just_where_it_would_have_taken_the_case_otherwise() =>
        Check(from old in Bundles from draft in Bundles from report in Reports select (old, draft, report), given =>
        {
            var (before, after) = (new Life(given.old, given.report), new Life(given.draft, given.report));
            if (before.Instance.Scopes.Count < 2 || after.Instance.Scopes.Count < 2)
            {
                return;
            }

            var found = before.Replay(given.draft).Differences;

            Assert.Equal(before.Case.Category != after.Case.Category, found.HasFlag(ReplayDifference.Category));
            Assert.Equal(before.Case.Tier != after.Case.Tier, found.HasFlag(ReplayDifference.Tier));
            Assert.Equal(before.Case.LeadUnit != after.Case.LeadUnit, found.HasFlag(ReplayDifference.Lead));
            Assert.Equal((before.Case.Due?.Limit, before.Case.Due?.DueAt) != (after.Case.Due?.Limit, after.Case.Due?.DueAt), found.HasFlag(ReplayDifference.Limit));
            Assert.Equal(before.Instance.Scopes[^1].DefinitionId != after.Instance.Scopes[^1].DefinitionId, found.HasFlag(ReplayDifference.Workflow));
            Assert.False(found.HasFlag(ReplayDifference.NeedsPerson | ReplayDifference.SparesPerson));
        });

    private static Gen<string?> Maybe(Gen<string> any) => Gen.OneOf(Gen.Constant<string?>(null), any.Select(value => (string?)value));

    private static void Check<T>(Gen<T> any, Action<T> holds) => Prop.ForAll(Arb.From(any), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>What dispatchers do, by dice.</summary>
    private sealed record Decisions(ImmutableArray<int> Turns, string Unit, string Category, TimeSpan After)
    {
        public Life Play(Bundle bundle, CaseState report)
        {
            var life = new Life(bundle, report);
            foreach (var turn in Turns)
            {
                if (life.Instance.WorkItems.FirstOrDefault(item => item.DefinitionId == "intake" && item.Kind != WorkItemKind.Incident) is not { } item)
                {
                    break;
                }

                var (lead, tier) = (life.Case.LeadUnit, life.Case.Tier?.ToString() ?? "Small");
                object assisting = life.Case.AssistingUnits.Cast<object?>().ToList();
                _ = (item.ActivityId, turn % 5) switch
                {
                    (_, 0) => life.Wait(After),
                    ("dispatch", _) => life.Do("dispatch", "Dispatched", After, ("lead", Unit), ("tier", tier)),
                    (_, 1) => life.Do("check", "Confirmed", After, ("lead", lead), ("assisting", assisting), ("tier", tier)),
                    (_, 2) => life.Do("check", "Confirmed", After, ("lead", Unit), ("tier", "Big")),
                    (_, 3) => life.Do("check", "Resort", After, ("category", Category)),
                    _ => life.Do("check", "NotOurs", After),
                };
            }

            return life;
        }
    }
}
