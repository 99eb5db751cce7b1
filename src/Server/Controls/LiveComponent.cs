using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Controls;

/// <summary>
/// A component that shows what others do while it is open. What they do is told on their thread, and their language comes
/// with it: whoever answers such a call does so through <see cref="InMyLanguageAsync"/>.
/// </summary>
public abstract class LiveComponent : ComponentBase
{
    private readonly (CultureInfo Numbers, CultureInfo Words) _mine = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    /// <summary>Does something as the reader of this component, and shows what came of it.</summary>
    protected Task InMyLanguageAsync(Func<Task> work) => InvokeAsync(async () =>
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _mine;
        await work();
        StateHasChanged();
    });
}
