using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Tests.Cases;

public sealed class ClassifierTests
{
    private readonly Classifier _classifier = Classifier.For(ShippedBundle.Read(1).Categories);

    [Theory]
    [InlineData("小区门口垃圾堆了三天", "臭味很大", "06001")]
    [InlineData("井盖破损", "车一过就响", "10001")]
    [InlineData("拖欠农民工工资", "工程完了半年没发工资", "53001")]
    [InlineData("夜间施工扰民", "工地打桩到两点", "08001")]
    [InlineData("自来水停水", "已经三天没有水", "10005")]
    [InlineData("物业公司乱收物业费", "业主要求公示", "51001")]
    [InlineData("家里闻到煤气", "怀疑煤气泄漏", "10008")]
    public void A_plain_message_is_sorted_by_its_words_and_says_which(string title, string detail, string code)
    {
        var proposal = _classifier.Classify(title, detail);

        Assert.Equal("local/1/matter/" + code, proposal.Category);
        Assert.True(proposal.IsSure);
        Assert.NotEmpty(proposal.Words);
        Assert.All(proposal.Words, word => Assert.Contains(word, title + detail, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_message_without_a_known_word_is_not_guessed_at()
    {
        var proposal = _classifier.Classify("你好", "有一件事想说");

        Assert.Null(proposal.Category);
        Assert.False(proposal.IsSure);
    }
}
