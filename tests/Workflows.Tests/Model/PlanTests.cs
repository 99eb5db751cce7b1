using System.Globalization;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>
/// Random flows, random orders, all the trouble there is: after each event exactly that is open which the model says, and at the
/// end the same is left as of a straight run. <c>GRIDFLOW_MODEL_RUNS</c> sets how many.
/// </summary>
public sealed class PlanTests
{
    private const string CameTooLate = "came too late";
    private readonly Dictionary<string, int> _seen = [];

    [Fact]
    public void Whatever_happens_in_whatever_order_the_engine_does_what_was_drawn()
    {
        ModelRuns.Check(10_000, Plans.Any, Plans.Shrink, Run);

        // A run without trouble proves little: had the generator lost some kind of it, nobody would notice.
        TestContext.Current.SendDiagnosticMessage("{0}", string.Join(", ", _seen.Select(kind => $"{kind.Key}: {kind.Value}")));
        if (_seen.Values.Sum() > 10_000)
        {
            Assert.All(Enum.GetNames<Trouble>().Append(CameTooLate), kind => Assert.True(_seen.GetValueOrDefault(kind) > 50, $"{kind} hardly ever happened: {_seen.GetValueOrDefault(kind)}"));
        }
    }

    private void Run(Plan plan)
    {
        var normal = plan.Normal();
        var bundle = BlockDrawing.Bundle(normal.Main);
        Play? play = null;
        try
        {
            play = new Play(bundle, plan.Input);
            var model = new BlockModel(normal);
            var order = plan.Order.AsSpan();
            var next = 0;
            Compare(play, model);
            while (!model.IsFinished)
            {
                var number = next < order.Length ? order[next] : 0;
                next++;
                if (!Step(play, model, number))
                {
                    break;
                }

                Compare(play, model);
            }

            play.CompareWithStraightRun();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException(
                $"{problem.Message}\n  happened: {play?.Story}\n  drawn: {string.Join("\n  drawn: ", bundle.Definitions.Select(definition => ElsaJson.Write(definition).ToJsonString()))}", problem);
        }
    }

    /// <summary>False when the case was withdrawn.</summary>
    private bool Step(Play play, BlockModel model, int number)
    {
        var open = model.Open.OrderBy(open => open.Chance.ToString(), StringComparer.Ordinal).ToList();
        var (chance, outcomes) = open[number % open.Count];
        var outcome = number / open.Count % outcomes;
        var trouble = (Trouble)((number >> 12) % 16);
        if (trouble == Trouble.Withdrawn && number >> 18 == 0)
        {
            Count(Trouble.Withdrawn.ToString());
            play.Send(new Stimulus.WithdrawCase("x", Actor.System), Trouble.None);
            Assert.Equal(InstanceStatus.Cancelled, play.Instance.Status);
            return false;
        }

        if (trouble == Trouble.AnotherAtOnce && open.Count > 1)
        {
            var (other, _) = open[(number + 1 + (number >> 16)) % open.Count] is var candidate && candidate.Chance != chance ? candidate : open[(number + 1) % open.Count];
            var both = play.SendTogether(play.Of(chance, Name(chance, outcome)), play.Of(other, Name(other, 0)));
            model.Happen(chance, outcome);
            Assert.Equal(model.Open.Any(left => left.Chance == other), both);
            Count(both ? Trouble.AnotherAtOnce.ToString() : CameTooLate);
            if (both)
            {
                model.Happen(other, 0);
            }

            return true;
        }

        Count(trouble is Trouble.Withdrawn or Trouble.AnotherAtOnce || !Enum.IsDefined(trouble) ? Trouble.None.ToString() : trouble.ToString());
        play.Send(play.Of(chance, Name(chance, outcome)), trouble);
        model.Happen(chance, outcome);
        return true;
    }

    private void Count(string kind) => _seen[kind] = _seen.GetValueOrDefault(kind) + 1;

    private static string Name(Chance chance, int outcome) => chance.Place.Contains("/again", StringComparison.Ordinal)
        ? outcome == 0 ? "Done" : "Again"
        : string.Create(CultureInfo.InvariantCulture, $"O{outcome}");

    private static void Compare(Play play, BlockModel model)
    {
        Assert.Equal(string.Join(", ", model.Open.Select(open => open.Chance.ToString()).Order(StringComparer.Ordinal)), string.Join(", ", play.Chances()));
        Assert.Equal(model.IsFinished, play.Instance.Status == InstanceStatus.Finished);
        if (!model.IsFinished)
        {
            Assert.Equal(model.Total, Convert.ToInt32(play.Instance.Scopes.Single(scope => scope.CallerRun == 0).Variables["total"], CultureInfo.InvariantCulture));
        }
    }
}
