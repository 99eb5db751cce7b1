using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A hand that counts: every tap, every key, every photo is one. Text typed is counted apart, where a journey leaves it open.</summary>
public sealed class Hand(IPage page)
{
    private byte[]? _picture;

    /// <summary>Taps and keys so far.</summary>
    public int Count { get; private set; }

    public async Task TapAsync(ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        await target.ClickAsync();
        Count++;
    }

    public async Task PressAsync(string key)
    {
        await page.Keyboard.PressAsync(key);
        Count++;
    }

    /// <summary>Taps a camera button; the phone's own camera, which gives the picture back, is not counted.</summary>
    public async Task PhotographAsync(ILocator camera)
    {
        _picture ??= await page.ScreenshotAsync();
        await camera.SetInputFilesAsync(new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = _picture });
        Count++;
    }
}
