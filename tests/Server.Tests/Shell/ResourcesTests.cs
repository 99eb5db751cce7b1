using System.Xml.Linq;

namespace GridFlow.Server.Tests.Shell;

public sealed class ResourcesTests
{
    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Path.Combine(Root(), "src"), "*.resx", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".zh-CN.resx", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Root(), file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_text_is_there_in_both_languages(string file)
    {
        var english = Read(Path.Combine(Root(), file));
        var chinese = Read(Path.Combine(Root(), Path.ChangeExtension(file, ".zh-CN.resx")));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(english.Concat(chinese), text => string.IsNullOrWhiteSpace(text.Value));
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(file).Root!.Elements("data")
        .ToDictionary(data => (string)data.Attribute("name")!, data => (string)data.Element("value")!);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
