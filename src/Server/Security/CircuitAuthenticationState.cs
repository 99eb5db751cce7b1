using System.Security.Claims;
using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence.Sql;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Security;

/// <summary>
/// A circuit can outlive a changed password or post by hours. It is asked as often as a cookie, once a minute, whether its stamp still holds;
/// if not, the page finds itself signed out, and so it does when its session is ended in another tab. Posts that came or went without that, as those of a stand-in do, are taken over.
/// </summary>
internal sealed class CircuitAuthenticationState : RevalidatingServerAuthenticationStateProvider
{
    private readonly IServiceScopeFactory _scopes;
    private readonly IOptions<IdentityOptions> _options;
    private readonly IOptions<SecurityStampValidatorOptions> _stamps;
    private readonly BrowserSessions _sessions;
    private string? _session;

    public CircuitAuthenticationState(
        ILoggerFactory logger,
        IServiceScopeFactory scopes,
        IOptions<IdentityOptions> options,
        IOptions<SecurityStampValidatorOptions> stamps,
        BrowserSessions sessions)
        : base(logger)
    {
        (_scopes, _options, _stamps, _sessions) = (scopes, options, stamps, sessions);
        AuthenticationStateChanged += NoteSession;
        _sessions.Ended += Leave;
    }

    protected override TimeSpan RevalidationInterval => _stamps.Value.ValidationInterval;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) => HoldsAsync(authenticationState);

    /// <summary>Whether the reader of a page may still read it.</summary>
    internal async Task<bool> HoldsAsync(AuthenticationState authenticationState)
    {
        try
        {
            return await IsInTheBooksAsync(authenticationState);
        }
        catch (Exception problem) when (DatabaseOutage.Is(problem))
        {
            // A database that is away for a moment signs nobody out, with what they were typing; it is asked again in a minute.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= NoteSession;
        _sessions.Ended -= Leave;
        base.Dispose(disposing);
    }

    private void NoteSession(Task<AuthenticationState> state) => _ = NoteSessionAsync(state);

    private async Task NoteSessionAsync(Task<AuthenticationState> state) => _session = BrowserSessions.NameOf((await state).User);

    private void Leave(string session)
    {
        if (session == _session)
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
    }

    private async Task<bool> IsInTheBooksAsync(AuthenticationState authenticationState)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await users.GetUserAsync(authenticationState.User) is not { } account
            || await users.GetSecurityStampAsync(account) != authenticationState.User.FindFirstValue(_options.Value.ClaimsIdentity.SecurityStampClaimType))
        {
            return false;
        }

        var now = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        BrowserSessions.GoOn(authenticationState.User, now);
        if (!Posts(now).SequenceEqual(Posts(authenticationState.User)))
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
        }

        return true;
    }

    private static IEnumerable<string> Posts(ClaimsPrincipal principal) => principal.FindAll(CurrentUser.PostClaim).Select(claim => claim.Value);
}
