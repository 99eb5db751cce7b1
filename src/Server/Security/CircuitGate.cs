using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace GridFlow.Server.Security;

/// <summary>
/// Nothing that comes from a page whose session is over reaches it, however long the page still stands there: its components know
/// their reader by heart.
/// </summary>
internal sealed class CircuitGate(AuthenticationStateProvider state, BrowserSessions sessions) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        var user = (await state.GetAuthenticationStateAsync()).User;
        if (CurrentUser.TryFrom(user) is not null && !sessions.IsOver(user))
        {
            await next(activity);
        }
    };
}
