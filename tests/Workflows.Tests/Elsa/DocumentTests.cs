using System.Text.RegularExpressions;
using GridFlow.Workflows.Activities;

namespace GridFlow.Workflows.Tests.Elsa;

/// <summary>What the documents say of activities and samples is what the program does.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_activity_there_is_stands_in_the_documents_and_no_other()
    {
        var told = Rows("elsa-activities.md", "## Activities").Concat(Rows("definitions.md", "## Activities")).SelectMany(row => Type().Matches(row[0]).Select(match => match.Groups[1].Value)).ToList();

        Assert.Equal(ActivityCatalog.Types, told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_sample_stands_in_the_document_with_what_it_lacks()
    {
        var told = Rows("elsa-activities.md", "## The 85 samples").ToDictionary(row => row[0].Trim('`'), row => row[1]);

        var all = Samples.Read();
        Assert.Equal(
            all.Select(sample => $"{sample.Key}: {Samples.Told(all, sample.Value)}"),
            told.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key}: {row.Value}"));
    }

    private static IEnumerable<string[]> Rows(string document, string heading)
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", document));
        var section = text[text.IndexOf(heading, StringComparison.Ordinal)..];
        return section.Split('\n').SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"`((?:Elsa|GridFlow)\.\w+)`")]
    private static partial Regex Type();
}
