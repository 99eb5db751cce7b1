using System.Globalization;
using System.Net;
using GridFlow.Designer.Inspector;
using GridFlow.Designer.Problems;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace GridFlow.Designer.Tests.Inspector;

/// <summary>Renders the inspector as a server does without a browser.</summary>
internal static class InspectorPages
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public static DateTimeOffset Monday { get; } = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    public static InspectorChoices Choices { get; } = new()
    {
        Bundle = ShippedBundle.Read(1),
        Departments = [new("dept:urban", "综合行政执法局"), new("dept:water", "水务局")],
        Areas = new Dictionary<string, string> { ["area:330402007"] = "解放街道" },
        FindAreas = _ => Task.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([]),
        Now = Monday,
    };

    public static InspectorContext Context(WorkflowDefinition definition) => new(
        definition, Choices, [], false, Services.GetRequiredService<IStringLocalizer<InspectorText>>(), Pictures.Words, _ => Task.CompletedTask);

    public static async Task<string> RenderAsync(string culture, WorkflowDefinition definition, string? selected, bool isReadOnly = false)
    {
        var problems = DefinitionValidator.Validate(definition, id => Choices.Bundle.FindDefinition(id) is not null, _ => true);
        return await RenderAsync<FlowInspector>(culture, new()
        {
            ["Definition"] = definition,
            ["Selected"] = selected is null ? Array.Empty<string>() : new[] { selected },
            ["Choices"] = Choices,
            ["Problems"] = problems,
            ["IsReadOnly"] = isReadOnly,
        });
    }

    public static async Task<string> RenderAsync<T>(string culture, Dictionary<string, object?> parameters)
        where T : IComponent
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        await using var renderer = new HtmlRenderer(Services, Services.GetRequiredService<ILoggerFactory>());
        return WebUtility.HtmlDecode(await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
    }

    /// <summary>Asks a component without a page: what it shows of problems.</summary>
    public static Task<string> ProblemsAsync(string culture, WorkflowDefinition definition, IReadOnlyList<Problem> problems) =>
        RenderAsync<ProblemList>(culture, new() { ["Definition"] = definition, ["Problems"] = problems, ["Bundle"] = Choices.Bundle });
}
