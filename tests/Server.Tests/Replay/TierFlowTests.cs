using GridFlow.Server.Replay;

namespace GridFlow.Server.Tests.Replay;

public sealed class TierFlowTests
{
    private static readonly Dictionary<(TierPlace From, TierPlace To), int> Ways = new()
    {
        [(TierPlace.Small, TierPlace.Small)] = 8000,
        [(TierPlace.Small, TierPlace.Hard)] = 200,
        [(TierPlace.Hard, TierPlace.Hard)] = 900,
        [(TierPlace.Hard, TierPlace.Nobody)] = 2,
    };

    [Fact]
    public void Blocks_count_their_cases_and_stand_below_each_other_without_touching()
    {
        var flow = TierFlow.Draw(Ways, onlyChanges: false);

        Assert.Equal([(TierPlace.Small, 8200), (TierPlace.Hard, 902)], flow.Before.Select(block => (block.Place, block.Cases)));
        Assert.Equal([(TierPlace.Small, 8000), (TierPlace.Hard, 1100), (TierPlace.Nobody, 2)], flow.After.Select(block => (block.Place, block.Cases)));
        Assert.All(flow.After.Zip(flow.After.Skip(1)), pair => Assert.True(pair.Second.Y - (pair.First.Y + pair.First.Height) >= 20));
        Assert.All(flow.Before.Concat(flow.After), block => Assert.InRange(block.Y + block.Height, 0, flow.Height));
    }

    [Fact]
    public void A_handful_among_thousands_can_still_be_seen()
    {
        var flow = TierFlow.Draw(Ways, onlyChanges: false);

        Assert.True(flow.After.Single(block => block.Place == TierPlace.Nobody).Height >= 3);
    }

    [Fact]
    public void Only_changes_leaves_out_what_stays_and_gives_its_room_to_the_rest()
    {
        var all = TierFlow.Draw(Ways, onlyChanges: false);
        var changes = TierFlow.Draw(Ways, onlyChanges: true);

        Assert.Equal(2, changes.Ribbons.Length);
        Assert.All(changes.Ribbons, ribbon => Assert.True(ribbon.IsChange));
        Assert.True(changes.After[0].Height > all.Before[1].Height);
    }

    [Fact]
    public void What_changes_is_drawn_over_what_stays() =>
        Assert.Equal([false, false, true, true], TierFlow.Draw(Ways, onlyChanges: false).Ribbons.Select(ribbon => ribbon.IsChange));

    [Fact]
    public void Nothing_to_draw_is_an_empty_picture()
    {
        var flow = TierFlow.Draw(new Dictionary<(TierPlace From, TierPlace To), int> { [(TierPlace.Small, TierPlace.Small)] = 5 }, onlyChanges: true);

        Assert.Empty(flow.Ribbons);
        Assert.Equal(0, flow.Height);
    }
}
