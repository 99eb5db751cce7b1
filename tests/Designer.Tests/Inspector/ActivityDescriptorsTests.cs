using System.Text.RegularExpressions;
using GridFlow.Designer.Inspector;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Tests.Calendars;

namespace GridFlow.Designer.Tests.Inspector;

public sealed partial class ActivityDescriptorsTests
{
    // Where an activity reads its inputs through something it shares with others.
    private static readonly (string Mention, string File)[] Shared =
    [
        ("HumanTask.Open", "HumanTask"), ("WorkItemClock.", "WorkItemClock"), ("HasForm => true", "WorkItemForm"), ("HttpExchange.", "HttpExchange"),
        ("DispatchWorkflow.Dispatch", "DispatchWorkflow"), ("FlowSwitch.Matches", "FlowSwitch"),
    ];

    [Fact]
    public void Every_type_of_step_is_described()
    {
        Assert.Equal(ActivityCatalog.Types, ActivityDescriptors.Types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_input_an_activity_reads_is_described()
    {
        var read = 0;
        foreach (var type in ActivityCatalog.Types)
        {
            var described = ActivityDescriptors.Of(new ActivityNode { Id = "x", Type = type }).Select(input => input.Name).ToHashSet();
            foreach (var name in InputsReadBy(type))
            {
                Assert.True(described.Contains(name), $"{type} reads '{name}', which its descriptor does not name");
                read++;
            }
        }

        // So that a change of how inputs are read cannot make this pass by reading none.
        Assert.True(read > 90, $"{read}");
    }

    [Fact]
    public void Every_input_the_shipped_flows_and_the_documentation_name_is_described()
    {
        foreach (var node in ShippedBundle.Read(1).Definitions.SelectMany(definition => definition.AllActivities()))
        {
            Assert.Empty(ActivityDescriptors.Others(node));
        }

        var rows = Regex.Matches(File.ReadAllText(Path.Combine(Root(), "docs/definitions.md")), @"^\| `(GridFlow\.\w+)` \| ([^|]*)\|", RegexOptions.Multiline);
        Assert.True(rows.Count > 6);
        foreach (Match row in rows)
        {
            var described = ActivityDescriptors.Of(new ActivityNode { Id = "x", Type = row.Groups[1].Value }).Select(input => input.Name).ToList();
            Assert.All(Regex.Matches(row.Groups[2].Value, "`(\\w+)`").Select(match => match.Groups[1].Value), name => Assert.Contains(name, described));
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_input_and_every_value_to_choose_has_a_name_in_both_languages(string culture)
    {
        var context = InspectorPages.Context(ShippedBundle.Read(1).FindDefinition("hard")!);
        Pictures.In(culture, () =>
        {
            foreach (var input in ActivityDescriptors.Types.SelectMany(type => ActivityDescriptors.Of(new ActivityNode { Id = "x", Type = type })))
            {
                var label = context.Label(input);
                Assert.True(label != input.Name && (culture == "en") == label.All(letter => letter < '\u2E7F'), $"{input.Name}: {label}");
                Assert.All(input.Options, option => Assert.NotEqual(option, culture == "en" && input.OptionsText is "Role" or "Stage" or "Fact" or "Tier" ? "" : context.Option(input, option)));
            }

            return 0;
        });
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Everything_conditions_ask_for_has_a_name_in_both_languages(string culture)
    {
        var context = InspectorPages.Context(ShippedBundle.Read(1).FindDefinition("hard")!);
        Pictures.In(culture, () =>
        {
            foreach (var fact in context.Facts)
            {
                Assert.NotEqual(fact.Subject.Name, context.Fact(fact));
                Assert.All(fact.Options.Where(option => fact.Subject.Source is Workflows.Expressions.Conditions.ConditionSource.Case), option => Assert.NotEqual(option.Value, context.Named(option.Value, option.Value)));
            }

            return 0;
        });
    }

    [Fact]
    public void What_no_descriptor_names_is_left_over_and_shown()
    {
        foreach (var file in Directory.EnumerateFiles(SharedFiles.Find("data/elsa_definitions"), "*.json").Where(file => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal)))
        {
            foreach (var node in ElsaJson.Read(File.ReadAllText(file)).AllActivities())
            {
                Assert.Equal(node.Inputs.Keys.Order(StringComparer.Ordinal), ActivityDescriptors.Of(node).Select(input => input.Name).Where(node.Inputs.ContainsKey).Concat(ActivityDescriptors.Others(node)).Order(StringComparer.Ordinal));
            }
        }
    }

    private static HashSet<string> InputsReadBy(string type)
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root(), "src/Workflows/Activities"), "*.cs", SearchOption.AllDirectories).ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var name = ActivityCatalog.Find(type)!.GetType().Name;
        var body = sources.Values.Select(source => ClassOf(source, name)).Single(source => source is not null)!;
        var all = body + string.Concat(Shared.Where(shared => shared.File != name && body.Contains(shared.Mention, StringComparison.Ordinal)).Select(shared => sources[shared.File]));
        all += body.Contains("ForEach.ItemsOf", StringComparison.Ordinal) ? "context.Input(\"items\")" : "";
        all += body.Contains("Event.NameOf", StringComparison.Ordinal) ? "context.Input(\"eventName\")" : "";
        all += body.Contains("DispatchWorkflow.InputOf", StringComparison.Ordinal) ? "context.Input(\"input\")" : "";
        return [.. Reads().Matches(all).Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value).Where(input => input != "attachments")];
    }

    private static string? ClassOf(string source, string name)
    {
        var begin = Regex.Match(source, $@"^internal sealed class {name} : Activity", RegexOptions.Multiline);
        if (!begin.Success)
        {
            return null;
        }

        var next = source.IndexOf("\n}\n", begin.Index, StringComparison.Ordinal);
        return source[begin.Index..(next < 0 ? source.Length : next)];
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

    [GeneratedRegex("""(?:context\.(?:Input|Text|LocalizedText|List|Flag|DeadlineOf|Choice<\w+>|SetOutput)\(|Inputs\.(?:TryGetValue|ContainsKey)\(|Spans\.\w+\(context, |Number\(context, |(?:Text|List<\w+>)\(node, )"([a-z][A-Za-z]*)"|Parts = \["(\w+)", """)]
    private static partial Regex Reads();
}
