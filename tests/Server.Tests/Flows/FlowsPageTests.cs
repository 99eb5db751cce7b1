using System.Net;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Tests.Flows;

public sealed class FlowsPageTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    [Fact]
    public async Task The_list_shows_every_workflow_with_its_picture()
    {
        using var browser = await _app.CreateBrowserAsync("admin");

        var html = await browser.GetStringAsync("/admin/flows", TestContext.Current.CancellationToken);

        Assert.All(["intake", "small", "hard", "big", "callback", "part"], id => Assert.Contains($"/admin/flows/{id}\"", html, StringComparison.Ordinal));
        Assert.Equal(6, html.Split("flow-picture is-thumbnail").Length - 1);
    }

    [Fact]
    public async Task A_workflow_is_shown_in_words_too_and_can_be_downloaded_as_it_is()
    {
        using var browser = await _app.CreateBrowserAsync("admin");

        var html = await browser.GetStringAsync("/admin/flows/hard", TestContext.Current.CancellationToken);
        var definition = ElsaJson.Read(await browser.GetStringAsync("/api/flows/hard/definition", TestContext.Current.CancellationToken));

        Assert.Contains("Town dispatcher", html, StringComparison.Ordinal);
        Assert.Equal("hard", definition.DefinitionId);
        Assert.Equal("难事协调办", definition.Name.Zh);
    }

    [Fact]
    public async Task A_workflow_that_does_not_exist_is_not_found()
    {
        using var browser = await _app.CreateBrowserAsync("admin");

        using var page = await browser.GetAsync("/admin/flows/none", TestContext.Current.CancellationToken);
        using var download = await browser.GetAsync("/api/flows/none/definition", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, download.StatusCode);
    }

    public void Dispose() => _app.Dispose();
}
