using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace GridFlow.Server.Security;

public static class SecurityRegistration
{
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
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<Account>>();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthenticationState>();
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
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/denied";
        options.ReturnUrlParameter = "back";
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
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
