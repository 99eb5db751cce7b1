using GridFlow.Server.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace GridFlow.Server.Accounts;

public static class AccountsRegistration
{
    /// <summary>Where a page goes whose session has ended: to the sign-in, and from there back.</summary>
    public const string EndedPath = "/session-ended";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery, SignInManager<Account> signIn) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            await signIn.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        }).AllowAnonymous().ExcludeFromDescription();

        // A cookie is looked at once a minute, so it may not know yet. One that still holds, of whoever signed in anew meanwhile, stays.
        app.MapGet(EndedPath, async (HttpContext context, string? back, SignInManager<Account> signIn) =>
        {
            var here = Preferences.Local(back);
            if (await signIn.ValidateSecurityStampAsync(context.User) is not null)
            {
                return Results.LocalRedirect(here);
            }

            // A session that was ended in another tab is over already; by now the browser may hold the cookie of the next.
            if (context.User.Identity?.IsAuthenticated == true)
            {
                await signIn.SignOutAsync();
            }

            return Results.LocalRedirect($"/sign-in?back={Uri.EscapeDataString(here)}");
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
