using GridFlow.Server.Absences;
using GridFlow.Server.Accounts;
using GridFlow.Server.Acts;
using GridFlow.Server.Board;
using GridFlow.Server.BundleMigration;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Catalogue;
using GridFlow.Server.Delivery;
using GridFlow.Server.Demo;
using GridFlow.Server.Drafts;
using GridFlow.Server.Figures;
using GridFlow.Server.Flows;
using GridFlow.Server.Leader;
using GridFlow.Server.Operations;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Photos;
using GridFlow.Server.Quick;
using GridFlow.Server.Replay;
using GridFlow.Server.Residents;
using GridFlow.Server.Routing;
using GridFlow.Server.Security;
using GridFlow.Server.Shell;
using GridFlow.Server.Whistles;

return await Verbs.RunAsync(args, AddServices, ServeAsync);

// What the portal and the verbs share.
static void AddServices(IHostApplicationBuilder builder)
{
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddLocalization();
    builder.AddDatabase();
    builder.Services.AddAccounts();
    builder.Services.AddOrganisation();
    builder.Services.AddCases();
    builder.Services.AddBundles();
    builder.Services.AddDrafts();
    builder.Services.AddMigration();
    builder.Services.AddFlows();
    builder.Services.AddRoutingTable();
    builder.Services.AddCatalogue();
    builder.Services.AddReplay();
    builder.Services.AddPhotos();
    builder.Services.AddQuick();
    builder.Services.AddAbsences();
    builder.Services.AddFigures();
    builder.Services.AddWhistles();
    builder.Services.AddBoard();
    builder.Services.AddLeader();
}

static async Task ServeAsync(string[] settings)
{
    var builder = WebApplication.CreateBuilder(PortalHost.Options(settings));
    builder.UseHostDefaults();
    AddServices(builder);
    builder.Services.AddSignIn();
    builder.Services.AddShell();
    builder.Services.AddApi();
    builder.Services.AddCasePages();
    builder.Services.AddCaseLoops();
    builder.Services.AddDraftLoops();
    builder.Services.AddFigureLoop();
    builder.Services.AddBoardWarmUp();
    builder.Services.AddResidents();

    var app = builder.Build();
    await app.Services.PrepareDatabaseAsync();
    await app.Services.SeedDemoCasesAsync();

    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseSecurityHeaders();
    app.UseRequestLocalization();
    app.UseApiLimits();
    app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.UseResidents();

    app.MapStaticAssets().AllowAnonymous();
    app.MapHealth();
    app.MapPreferences();
    app.MapSignIn();
    app.MapReplay();
    app.MapRoutingFiles();
    app.MapCatalogue();
    app.MapPhotos();
    app.MapQuick();
    app.MapFigures();
    app.MapPages();

    var api = app.MapApi();
    api.MapOrganisation();
    api.MapAccounts();
    api.MapBundles();
    api.MapDrafts();
    api.MapFlows();
    api.MapRoutingTable();
    api.MapResidents();
    api.MapCases();
    api.MapActs();
    api.MapTasks();
    api.MapWorkflowEndpoints();

    await app.RunAsync();
}
