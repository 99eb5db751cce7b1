using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Designer;

/// <summary>The part of a canvas that runs in the browser.</summary>
internal sealed class CanvasBrowser(IJSObjectReference module, IJSObjectReference canvas, DotNetObjectReference<CanvasGestures> gestures) : IAsyncDisposable
{
    /// <summary>Attaches to a canvas. Where it is gone again already, because its reader has moved on, nothing that is asked of it does anything.</summary>
    public static async Task<CanvasBrowser> AttachAsync(IJSRuntime browser, string script, ElementReference root, CanvasGestures heard, bool isReadOnly)
    {
        var module = await browser.InvokeAsync<IJSObjectReference>("import", script);
        var gestures = DotNetObjectReference.Create(heard);
        return new CanvasBrowser(module, await module.InvokeAsync<IJSObjectReference>("attach", root, gestures, isReadOnly), gestures);
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
