using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Somebody enters when they are away.</summary>
public sealed class AbsenceJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_date_that_is_emptied_stays_empty()
    {
        await using var away = await portal.SignInAsync("county", 390);
        await away.GoLiveAsync("/me");
        var form = away.Page.Locator(".me-form");
        await form.Locator("[name=last]").FillAsync("");

        // What comes after it is answered after it.
        await form.Locator("[name=who][value=other]").CheckAsync();
        await Expect(form.Locator("label.field")).ToHaveCountAsync(4);
        await Expect(form.Locator("[name=last]")).ToHaveValueAsync("");
    }
}
