using GridFlow.Server.Board;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Tests.Board;

/// <summary>What many say at once is found by its words; how people speak is not taken for a matter.</summary>
public sealed class WordSpotsTests
{
    private const string Lights = "local/1/component/01001";
    private const string Rubbish = "local/1/matter/06001";
    private const string Noise = "local/1/matter/10001";
    private const string Village = "/99/9901/990101/990101101/990101101001/";
    private const string Other = "/99/9901/990101/990101101/990101101002/";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly CategoryCatalogue Catalogue = new([]);

    private readonly List<OpenCase> _cases = [];

    [Fact]
    public void Cases_that_share_telling_words_are_one_spot_whatever_stands_around_the_words()
    {
        Add("路灯不亮，晚上摸黑", Lights, Village + "990101101001001/");
        Add("村口路灯坏了不亮", Lights, Village + "990101101001002/");
        Add("想反映一下，好几天了路灯都不亮", null, Village + "990101101001001/");
        Add("下湾河边有人乱倒垃圾", Rubbish, Village);

        var spot = Assert.Single(Find());

        Assert.Equal(3, spot.Cases);
        Assert.Equal(["1", "2", "3"], spot.Numbers);
        Assert.Equal("路灯不亮", string.Concat(spot.Words));
        Assert.Equal((Village, Lights), (spot.AreaPath, spot.Category));
        Assert.True(spot.IsOneVillage);
    }

    [Fact]
    public void What_lies_in_several_villages_is_one_spot_and_not_one_matter()
    {
        Add("路灯不亮", Lights, Village);
        Add("路灯又不亮了", Lights, Other);
        Add("路灯不亮没人管", Lights, Other);

        var spot = Assert.Single(Find());

        Assert.Equal("/99/9901/990101/990101101/", spot.AreaPath);
        Assert.False(spot.IsOneVillage);
    }

    [Theory]
    [InlineData("想反映一件事，请派人来看看")]
    [InlineData("麻烦你们尽快处理一下")]
    [InlineData("一直没人管，希望尽快解决")]
    public void How_people_ask_is_no_matter(string way)
    {
        for (var index = 0; index < 6; index++)
        {
            Add(way, Lights, Village);
        }

        Assert.Empty(Find());
    }

    [Fact]
    public void Words_that_stand_in_cases_of_all_kinds_are_a_way_of_speaking_that_no_list_has_to_know()
    {
        foreach (var (what, category) in new[] { ("路灯", Lights), ("垃圾", Rubbish), ("噪音", Noise), ("井盖", "a"), ("污水", "b"), ("积雪", "c") })
        {
            Add($"恳切盼望{what}", category, Village);
        }

        Assert.Empty(Find());
    }

    [Fact]
    public void Two_are_chance_and_old_ones_are_not_counted()
    {
        Add("路灯不亮", Lights, Village);
        Add("路灯不亮", Lights, Village);
        Add("路灯不亮", Lights, Village, Now.AddDays(-31));

        Assert.Empty(Find());
    }

    [Fact]
    public void What_the_board_says_already_is_not_said_twice()
    {
        for (var index = 0; index < 3; index++)
        {
            Add("路灯不亮", Lights, Village, place: "老街12号");
        }

        for (var index = 0; index < 3; index++)
        {
            Add("暴露垃圾", Rubbish, Village);
        }

        var catalogue = new CategoryCatalogue([new Category { Scheme = "local", Version = "1", Kind = "matter", Code = "06001", Name = new LocalizedText("暴露垃圾", "Exposed rubbish") }]);
        Assert.Empty(WordSpots.Find(_cases, catalogue, Now, 12));
    }

    [Fact]
    public void Two_matters_of_one_thing_are_told_apart_and_the_larger_stands_first()
    {
        for (var index = 0; index < 3; index++)
        {
            Add("垃圾桶满溢", Rubbish, Village);
        }

        for (var index = 0; index < 4; index++)
        {
            Add("垃圾焚烧冒烟", Rubbish, Other);
        }

        Assert.Equal([("垃圾焚烧冒烟", 4), ("垃圾桶满溢", 3)], Find().Select(spot => (string.Concat(spot.Words), spot.Cases)));
    }

    [Fact]
    public void Of_a_spot_found_before_what_is_over_is_left_out_and_with_two_left_it_is_none()
    {
        for (var index = 0; index < 4; index++)
        {
            Add("路灯不亮", Lights, Village);
        }

        var found = Find();

        Assert.Same(found, WordSpots.StillOpen(found, _cases));
        Assert.Equal((3, "2"), WordSpots.StillOpen(found, [.. _cases.Skip(1)]) is [var left] ? (left.Cases, left.Numbers[0]) : default);
        Assert.Empty(WordSpots.StillOpen(found, [.. _cases.Skip(2)]));
    }

    private IReadOnlyList<WordSpot> Find() => WordSpots.Find(_cases, Catalogue, Now, 12);

    private void Add(string title, string? category, string area, DateTimeOffset? at = null, string place = "") =>
        _cases.Add(new OpenCase($"{_cases.Count + 1}", area, null, "", category, place) { Words = MatterWords.Of(title), AcceptedAt = at ?? Now.AddDays(-1) });
}
