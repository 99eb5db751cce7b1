using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Patterns;

namespace GridFlow.Server.Shell;

/// <summary>A place in the menu. The label is the key "Nav…" of ShellText.</summary>
public sealed record NavEntry(string Href, string LabelKey, string Icon, bool IsAdministration = false)
{
    /// <summary>Its page is a document with a script of its own and is loaded whole.</summary>
    public bool IsPlain { get; init; }

    /// <summary>It has a place of its own in the bar of a phone, which holds few.</summary>
    public bool IsOnPhone { get; init; }
}

/// <summary>
/// The menu of staff. An entry is shown to whoever may open its page: the page's own policy decides, so menu and
/// pages cannot disagree.
/// </summary>
public sealed class Navigation(EndpointDataSource endpoints, IAuthorizationService authorization)
{
    private static readonly NavEntry[] Entries =
    [
        new("/inbox", "NavInbox", "inbox") { IsOnPhone = true },
        new("/quick", "NavQuick", "camera") { IsPlain = true, IsOnPhone = true },
        new("/report", "NavNewReport", "plus"),
        new("/cases", "NavCases", "cases") { IsOnPhone = true },
        new("/whistles", "NavWhistles", "people"),
        new("/board", "NavBoard", "board"),
        new("/leader", "NavLeader", "flag"),
        new("/late", "NavLate", "clock"),
        new("/figures", "NavFigures", "figures"),
        new("/admin/flows", "NavFlows", "flow", IsAdministration: true),
        new("/admin/routing", "NavRouting", "routing", IsAdministration: true),
        new("/admin/categories", "NavCategories", "tag", IsAdministration: true),
        new("/admin/calendar", "NavCalendar", "calendar", IsAdministration: true),
        new("/admin/rules", "NavRules", "flag", IsAdministration: true),
        new("/admin/bundles", "NavBundles", "bundle", IsAdministration: true),
        new("/admin/areas", "NavAreas", "areas", IsAdministration: true),
        new("/admin/people", "NavPeople", "people", IsAdministration: true),
        new("/admin/audit", "NavAudit", "search", IsAdministration: true),
    ];

    private readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<IAuthorizeData>>> _pages = new(() => Pages(endpoints));

    public async Task<IReadOnlyList<NavEntry>> ListAsync(ClaimsPrincipal user)
    {
        List<NavEntry> allowed = [];
        foreach (var entry in Entries)
        {
            if (_pages.Value.TryGetValue(entry.Href, out var policies) && await MayOpenAsync(user, policies))
            {
                allowed.Add(entry);
            }
        }

        return allowed;
    }

    /// <summary>Where a person starts after signing in.</summary>
    public async Task<string> GetHomeAsync(ClaimsPrincipal user) => await ListAsync(user) is [var first, ..] ? first.Href : "/";

    private async Task<bool> MayOpenAsync(ClaimsPrincipal user, IReadOnlyList<IAuthorizeData> policies)
    {
        foreach (var policy in policies.Select(data => data.Policy).OfType<string>())
        {
            if (!(await authorization.AuthorizeAsync(user, policy)).Succeeded)
            {
                return false;
            }
        }

        return user.Identity?.IsAuthenticated == true;
    }

    private static Dictionary<string, IReadOnlyList<IAuthorizeData>> Pages(EndpointDataSource endpoints) =>
        endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern is { Parameters.Count: 0 } && IsPage(endpoint))
            .DistinctBy(endpoint => Address(endpoint.RoutePattern))
            .ToDictionary(endpoint => Address(endpoint.RoutePattern), endpoint => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>());

    private static bool IsPage(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null;

    private static string Address(RoutePattern pattern) => "/" + pattern.RawText?.Trim('/');
}
