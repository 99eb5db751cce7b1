using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Security;
using GridFlow.Server.Tests.Persistence;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Tests.Security;

/// <summary>Whoever has a page open keeps it while the database is away, and loses it once the books say so.</summary>
public sealed class CircuitOutageTests
{
    [Fact]
    public async Task Nobody_is_signed_out_because_the_database_is_stopped_and_somebody_is_because_their_stamp_changed()
    {
        Assert.SkipWhen(PostgresTestDatabase.Server is null, "No PostgreSQL for tests.");
        await using var line = new PostgresLine();
        using var application = new GridFlowApplication { OnPostgres = true, Detour = line.Detour };
        var services = application.Services;
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await users.FindByNameAsync("county");
        var reader = new AuthenticationState(await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account!));
        using var state = new CircuitAuthenticationState(services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IOptions<IdentityOptions>>(), services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>(), services.GetRequiredService<BrowserSessions>());
        Assert.True(await state.HoldsAsync(reader));

        line.Cut();
        Assert.True(await state.HoldsAsync(reader));

        line.Mend();
        await ChangeStampAsync(services);

        // It is asked once a minute; here as often as there may be lines of the pool that were cut.
        var holds = true;
        for (var asked = 0; holds && asked < 50; asked++)
        {
            holds = await state.HoldsAsync(reader);
        }

        Assert.False(holds);
    }

    // The pool may give out a line that was cut once more.
    private static async Task ChangeStampAsync(IServiceProvider services)
    {
        for (var attempt = 0; ; attempt++)
        {
            await using var scope = services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            try
            {
                Assert.True((await users.UpdateSecurityStampAsync((await users.FindByNameAsync("county"))!)).Succeeded);
                return;
            }
            catch (Exception problem) when (DatabaseOutage.Is(problem) && attempt < 50)
            {
                // Tried again on another line.
            }
        }
    }
}
