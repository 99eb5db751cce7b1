using GridFlow.Server.Acts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Server.Tests.Acts;

/// <summary>What was closed by an answer nobody heard is told from what somebody else closed.</summary>
public sealed class SendKeyTests
{
    private static readonly CurrentUser Me = new("me", "我", null, []);

    private readonly SendKey _key = new();

    [Fact]
    public void The_same_sent_again_after_no_answer_was_heard_closed_it()
    {
        var key = _key.Of("done", "Handled");
        Assert.False(_key.ClosedIt(key, "Handled", Closed("me", "Handled"), Me));

        _key.NoteUnheard(key);

        Assert.True(_key.ClosedIt(_key.Of("done", "Handled"), "Handled", Closed("me", "Handled"), Me));
    }

    [Theory]
    [InlineData("done", "other", "Handled")]
    [InlineData("done", "me", "PassOn")]
    [InlineData("done otherwise", "me", "Handled")]
    public void What_somebody_else_closed_or_another_answer_did_is_told_as_it_is(string answer, string by, string outcome)
    {
        _key.NoteUnheard(_key.Of("done"));

        Assert.False(_key.ClosedIt(_key.Of(answer), "Handled", Closed(by, outcome), Me));
    }

    [Fact]
    public void The_same_words_said_anew_have_another_name()
    {
        var before = _key.Of("done");

        _key.Renew();

        Assert.NotEqual(before, _key.Of("done"));
        Assert.NotEqual(before, new SendKey().Of("done"));
        Assert.Equal(Stimulus.TakeAct.MaxKey, before.Length);
    }

    private static ActResult.TooLate Closed(string by, string outcome) => new(new ClosedWorkItem(outcome, new Actor(by, by), DateTimeOffset.UnixEpoch));
}
