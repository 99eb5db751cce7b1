using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace GridFlow.Server.Shell;

/// <summary>Language and theme are cookies set by plain links, so they work on every page without a script.</summary>
public static class Preferences
{
    public const string ThemeCookie = "gridflow-theme";

    private static readonly string[] Themes = ["light", "dark"];

    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        app.MapGet("/culture", (string? c, string? back, HttpContext context) =>
        {
            var culture = ShellRegistration.Cultures.FirstOrDefault(known => known.Name.Equals(c, StringComparison.OrdinalIgnoreCase));
            if (culture is not null)
            {
                Keep(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
            }

            return Results.LocalRedirect(Local(back));
        }).AllowAnonymous().ExcludeFromDescription();

        app.MapGet("/theme", (string? t, string? back, HttpContext context) =>
        {
            if (Themes.Contains(t))
            {
                Keep(context, ThemeCookie, t!);
            }

            return Results.LocalRedirect(Local(back));
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The address when it is one of ours, else the start page: no link of ours leads people elsewhere.</summary>
    public static string Local(string? address, string otherwise = "/") =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal)
            && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl)
            ? address
            : otherwise;

    /// <summary>"light", "dark", or null to follow the device.</summary>
    public static string? ThemeOf(HttpContext? context) =>
        context?.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : null;

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    });
}
