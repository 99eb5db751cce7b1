using GridFlow.Workflows.Activities.ControlFlow;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>What must hold even of flowcharts of which nobody can say what they should do.</summary>
public sealed class TangleTests
{
    private const int ManySteps = 3000;

    [Fact]
    public void Nothing_is_lost_or_doubled_in_any_flowchart() =>
        ModelRuns.Check(2_500, Tangle.Any(withLoops: true, FlowJoinMode.WaitAny, FlowJoinMode.WaitAll, FlowJoinMode.WaitAllActive), Tangle.Shrink, tangle =>
        {
            var play = Run(tangle, tangle.Order, (_, number) => number % 2);
            if (!tangle.HasLoop)
            {
                var begun = play.Ledger.History.Where(entry => entry.Kind == HistoryKind.WorkItemOpened).Select(entry => entry.Data["activity"]).ToList();
                Assert.Equal(begun.Distinct(), begun);
            }
        });

    [Fact]
    public void Without_loops_and_races_the_same_answers_lead_to_the_same_end_in_whatever_order_they_come() =>
        ModelRuns.Check(2_500, Tangle.Any(withLoops: false, FlowJoinMode.WaitAll, FlowJoinMode.WaitAllActive), Tangle.Shrink, tangle =>
            Assert.Equal(Done(Run(tangle, tangle.Order, Answer)), Done(Run(tangle, tangle.OtherOrder, Answer))));

    // The same task gets the same answer, whenever it is asked.
    private static int Answer(Chance chance, int number) => chance.Place[^1] % 2;

    private static string Done(Play play) => string.Join(' ', play.Ledger.History
        .Where(entry => entry.Kind is HistoryKind.WorkItemCompleted or HistoryKind.ActivityCompleted or HistoryKind.Incident)
        .Select(entry => $"{entry.Kind}:{entry.Data["activity"]}:{entry.Data.GetValueOrDefault("outcome")}").Order(StringComparer.Ordinal));

    private static Play Run(Tangle tangle, IReadOnlyList<int> order, Func<Chance, int, int> answer)
    {
        var play = new Play(BlockDrawing.BundleOf(tangle.Draw()), input: 0);
        try
        {
            for (var step = 0; play.Instance.Status == InstanceStatus.Running; step++)
            {
                Assert.True(step < ManySteps, "it does not come to an end");
                var number = step < order.Count ? order[step] : 0;
                var chances = play.Chances();
                var chance = chances[number % chances.Count];
                var first = play.Of(chance, Outcome(chance));
                var second = chances.Count > 1 && chances[(number + 1) % chances.Count] is var other && other != chance ? play.Of(other, Outcome(other)) : null;
                var trouble = (Trouble)((number >> 12) % 16);
                if (trouble == Trouble.AnotherAtOnce && second is not null)
                {
                    play.SendTogether(first, second);
                }
                else
                {
                    play.Send(first, trouble);
                }

                string Outcome(Chance chance) => chance.Timer == "!" ? "Skip" : $"O{answer(chance, number / chances.Count)}";
            }

            play.CompareWithStraightRun();
            return play;
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"{problem.Message}\n  happened: {play.Story}", problem);
        }
    }
}
