using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Designer;

/// <summary>The part of a canvas that runs in the browser.</summary>
internal sealed class CanvasBrowser(IJSObjectReference module, IJSObjectReference canvas, DotNetObjectReference<CanvasGestures> gestures) : IAsyncDisposable
{
    /// <summary>Attaches to a canvas; null where it is gone again already, because its reader has moved on.</summary>
    public static async Task<CanvasBrowser?> AttachAsync(IJSRuntime browser, string script, ElementReference root, CanvasGestures heard, bool isReadOnly)
    {
        var module = await browser.InvokeAsync<IJSObjectReference>("import", script);
        var gestures = DotNetObjectReference.Create(heard);
        if (await module.InvokeAsync<IJSObjectReference?>("attach", root, gestures, isReadOnly) is { } canvas)
        {
            return new CanvasBrowser(module, canvas, gestures);
        }

        await module.DisposeAsync();
        gestures.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await canvas.InvokeVoidAsync("detach");
            await canvas.DisposeAsync();
            await module.DisposeAsync();
        }
        catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the script with it.
        }

        gestures.Dispose();
    }
}
