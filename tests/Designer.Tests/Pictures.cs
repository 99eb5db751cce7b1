using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace GridFlow.Designer.Tests;

/// <summary>Renders as a server does without a browser.</summary>
internal static class Pictures
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<IJSRuntime, NoBrowser>().BuildServiceProvider();

    public static StepWords Words { get; } = new(Services.GetRequiredService<IStringLocalizer<DesignerText>>());

    public static T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public static Task<string> RenderAsync(Dictionary<string, object?> parameters) => RenderAsync<FlowPicture>(parameters);

    public static async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(Services, Services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>Does something as a reader of a language sees it.</summary>
    public static T In<T>(string culture, Func<T> read)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // Nothing calls it before a page is in a browser.
    private sealed class NoBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new InvalidOperationException("There is no browser.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => throw new InvalidOperationException("There is no browser.");
    }
}
