using GridFlow.Server.Bundles;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Demo;

/// <summary>Fills an empty database in Development with a county that does not exist. Never anywhere else.</summary>
public static class DemoSeed
{
    /// <summary>Areas, departments, people and the routing table; where there is not one account yet.</summary>
    public static async Task SeedDemoCountyAsync(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        if (await DemoOrganisation.SeedAsync(services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>(), cancellationToken))
        {
            await DemoRouting.PublishAsync(services.GetRequiredService<BundleStore>(), cancellationToken);
        }
    }

    /// <summary>Cases at every stage; where the demo county is there and no case yet.</summary>
    public static async Task SeedDemoCasesAsync(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment() || !services.GetRequiredService<IOptions<DemoOptions>>().Value.Cases)
        {
            return;
        }

        await using var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        if (await db.Areas.AnyAsync(area => area.Code == DemoOrganisation.CountyCode, cancellationToken) && !await db.Cases.AnyAsync(cancellationToken))
        {
            await ActivatorUtilities.CreateInstance<DemoPlayer>(services).PlayAsync(cancellationToken);
        }
    }
}
