using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;

namespace GridFlow.Server.Security;

public static class SecurityRegistration
{
    /// <summary>As long as a cookie holds that nobody uses.</summary>
    internal static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    private const string CookieOrBearer = "CookieOrBearer";

    /// <summary>Accounts and passwords, as the verbs need them too.</summary>
    public static void AddAccounts(this IServiceCollection services) => services
        .AddIdentityCore<Account>(options =>
        {
            // Length protects better than required character classes, and can be typed on a phone.
            options.Password.RequiredLength = 10;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            options.Stores.MaxLengthForKeys = 64;
        })
        .AddEntityFrameworkStores<GridFlowDbContext>()
        .AddClaimsPrincipalFactory<AccountClaims>();

    /// <summary>Sign-in by cookie or bearer token; every page and endpoint that does not say otherwise asks for it.</summary>
    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddScoped<SignInManager<Account>>();
        services.AddHttpContextAccessor();
        services.AddSingleton<BrowserSessions>();
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(1);
            options.OnRefreshingPrincipal = refreshed =>
            {
                BrowserSessions.GoOn(refreshed.CurrentPrincipal, refreshed.NewPrincipal);
                return Task.CompletedTask;
            };
        });
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<Account>>();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthenticationState>();
        services.AddScoped<CircuitHandler, CircuitGate>();
        services.AddCascadingAuthenticationState();

        services.AddAuthentication(CookieOrBearer)
            .AddPolicyScheme(CookieOrBearer, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? BearerAuthentication.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie)

            // Nobody gets one; but whoever is signed out because their account changed is signed out of this too, which fails where it is unknown.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPermissionPolicies();
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "gridflow";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = LongestSession;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/denied";
        options.ReturnUrlParameter = "back";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnSigningIn = signing =>
        {
            // Whoever was signed in here before is not any more, in no tab.
            Sessions(signing.HttpContext).End(signing.HttpContext.User);
            BrowserSessions.Begin(signing.Principal);
            return Task.CompletedTask;
        };
        options.Events.OnSigningOut = signing =>
        {
            Sessions(signing.HttpContext).End(signing.HttpContext.User);
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static BrowserSessions Sessions(HttpContext context) => context.RequestServices.GetRequiredService<BrowserSessions>();

    // The cookie of a session that is over is refused, but not taken away: the browser may hold that of the next by the time the answer comes.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (Sessions(context.HttpContext).IsOver(context.Principal))
        {
            context.RejectPrincipal();
            return;
        }

        await SecurityStampValidator.ValidatePrincipalAsync(context);
    }

    /// <summary>A script gets a status; a person gets a page.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static void AddPermissionPolicies(this AuthorizationBuilder builder)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            builder.AddPolicy(permission.ToString(), policy => policy.RequireAuthenticatedUser()
                .RequireAssertion(context => CurrentUser.TryFrom(context.User)?.Can(permission) == true));
        }
    }
}
