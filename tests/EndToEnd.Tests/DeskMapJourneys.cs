using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Beside the message the dispatcher sees where it lies and what is open around it.</summary>
public sealed class DeskMapJourneys(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task The_desk_marks_the_area_of_the_case_on_a_map_and_says_the_same_in_words(int width, string language)
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await portal.SignInAsync("yunling", width, language);
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text={number}");
        await town.Page.Locator("[data-row]").First.ClickAsync();
        var map = town.Page.Locator(".case-map");
        await Expect(map.Locator(".board-map a.is-marked")).ToBeVisibleAsync();
        await Expect(map).ToContainTextAsync(town.Say("在办", "open there"));
        await map.GetByText(town.Say("看表格", "As a table")).ClickAsync();
        await Expect(map.Locator("tbody a").First).ToBeVisibleAsync();
        await town.LookAsync($"desk-map-{language}");

        // Out of the way: what is worked with stands before it, or beside it.
        var (form, drawn) = ((await town.Page.Locator(".desk .work-item").BoundingBoxAsync())!, (await map.BoundingBoxAsync())!);
        var message = (await town.Page.Locator(".desk-message").BoundingBoxAsync())!;
        Assert.True(width < 600 ? drawn.Y > form.Y + form.Height - 1 : drawn.X >= message.X + message.Width);
        await Expect(town.Page.Locator("[data-accept]")).ToBeVisibleAsync();
    }
}
