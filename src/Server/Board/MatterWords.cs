using System.Buffers;
using System.Text;
using GridFlow.Server.Search;

namespace GridFlow.Server.Board;

/// <summary>What a title says of the matter, without the ways of speaking that all who report something share.</summary>
internal static class MatterWords
{
    private const int ShortestWord = 3;

    // How one asks, urges, counts and dates. What else is said everywhere shows by its number: see WordSpots.
    private static readonly string[] Ways =
    [
        "想反映", "反映", "反应一下", "想请", "请问", "请派", "派人", "来看看", "看看", "看一看", "看一下", "麻烦", "希望", "尽快", "赶紧", "处理", "解决", "帮忙", "投诉", "咨询", "建议",
        "没有人", "没人", "无人", "有人", "管一管", "一直", "多次", "经常", "总是", "还是", "已经", "又有", "又没", "好几", "几天", "多天", "最近", "现在", "今天", "昨天", "前天", "明天", "每天", "天天", "晚上", "早上", "白天", "半夜",
        "一天", "两天", "三天", "一周", "这里", "那里", "哪里", "附近", "旁边", "门口", "我家", "我们", "你们", "他们", "大家", "居民", "群众", "村民", "市民", "怎么", "什么", "为什么", "能不能", "是不是", "有没有", "不知道", "该找", "严重", "影响",
        "非常", "十分", "很大", "很多", "好多", "到处", "一个", "一处", "一大", "有个", "这个", "那个", "一件事", "一件", "事情", "问题", "情况", "登记", "了", "的", "很", "又", "都", "也", "还", "被", "把", "吗", "呢", "吧", "啊", "呀", "请",
    ];

    private static readonly SearchValues<string> Any = SearchValues.Create(Ways, StringComparison.Ordinal);

    /// <summary>Its telling stretches as they are compared, parted by spaces; empty when nothing is left.</summary>
    public static string Of(string title)
    {
        var said = new StringBuilder();
        foreach (var run in TextGrams.Runs(Without(TextGrams.Normalise(title))))
        {
            var word = run.Word();
            if (run.IsChinese ? run.Letters.Count > 1 : word.Length >= ShortestWord && !word.All(char.IsAsciiDigit))
            {
                said.Append(said.Length > 0 ? " " : "").Append(word);
            }
        }

        return said.ToString();
    }

    // Cut out whole, and what was beside them stays apart: "没人清运" leaves 清运, and no 人清.
    private static string Without(string text)
    {
        var left = new StringBuilder();
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(Any); at >= 0; at = rest.IndexOfAny(Any))
        {
            left.Append(rest[..at]).Append(' ');
            rest = rest[at..];
            var longest = 1;
            foreach (var way in Ways)
            {
                longest = way.Length > longest && rest.StartsWith(way, StringComparison.Ordinal) ? way.Length : longest;
            }

            rest = rest[longest..];
        }

        return left.Append(rest).ToString();
    }
}
