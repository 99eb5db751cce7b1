using GridFlow.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Organisation;

public sealed record CreateAreaRequest(string Code, string Name, string? NameEn);

public sealed record CreateDepartmentRequest(string Key, string Name, string? NameEn, string AreaCode);

public sealed record RenameRequest(string Name, string? NameEn);

public static class OrganisationApi
{
    private const int MaxPage = 500;

    public static void MapOrganisation(this RouteGroupBuilder api)
    {
        var areas = api.MapGroup("/areas").WithTags("Organisation");
        areas.MapGet("/", ListAsync).WithName("ListAreas").WithSummary("Areas right below one, or the roots, in order of their codes");
        areas.MapGet("/search", SearchAsync).WithName("SearchAreas").WithSummary("Areas by a part of the name or the beginning of the code");
        areas.MapPost("/", CreateAreaAsync).WithName("CreateArea").WithSummary("Make an area below the one its code names")
            .RequireAuthorization(nameof(Permission.ManageOrganisation));
        areas.MapPut("/{code}", RenameAreaAsync).WithName("RenameArea").WithSummary("Rename an area")
            .RequireAuthorization(nameof(Permission.ManageOrganisation));

        var departments = api.MapGroup("/departments").WithTags("Organisation");
        departments.MapGet("/", async (OrganisationQueries queries, CancellationToken cancellationToken) =>
            TypedResults.Ok(await queries.ListDepartmentsAsync(cancellationToken))).WithName("ListDepartments").WithSummary("All departments");
        departments.MapPost("/", CreateDepartmentAsync).WithName("CreateDepartment").WithSummary("Make a department of an area")
            .RequireAuthorization(nameof(Permission.ManageOrganisation));
    }

    private static async Task<Ok<IReadOnlyList<AreaRow>>> ListAsync(
        OrganisationQueries queries, string? parent, int? skip, int? take, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListChildrenAsync(
            parent, Math.Max(0, skip ?? 0), Math.Clamp(take ?? 100, 1, MaxPage), cancellationToken));

    private static async Task<Ok<IReadOnlyList<AreaRow>>> SearchAsync(
        OrganisationQueries queries, string text, int? take, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.SearchAsync(text, Math.Clamp(take ?? 30, 1, MaxPage), cancellationToken));

    private static async Task<Results<Created, ValidationProblem>> CreateAreaAsync(
        OrganisationCommands commands, IStringLocalizer<OrganisationText> text, CreateAreaRequest request) =>
        await commands.CreateAreaAsync(request.Code, request.Name, request.NameEn) is { } problem
            ? Problem(problem, text)
            : TypedResults.Created($"/api/areas?parent={request.Code}");

    private static async Task<Results<NoContent, ValidationProblem>> RenameAreaAsync(
        OrganisationCommands commands, IStringLocalizer<OrganisationText> text, string code, RenameRequest request) =>
        await commands.RenameAreaAsync(code, request.Name, request.NameEn) is { } problem
            ? Problem(problem, text)
            : TypedResults.NoContent();

    private static async Task<Results<Created, ValidationProblem>> CreateDepartmentAsync(
        OrganisationCommands commands, IStringLocalizer<OrganisationText> text, CreateDepartmentRequest request) =>
        await commands.CreateDepartmentAsync(request.Key, request.Name, request.NameEn, request.AreaCode) is { } problem
            ? Problem(problem, text)
            : TypedResults.Created($"/api/departments");

    private static ValidationProblem Problem(OrganisationProblem problem, IStringLocalizer<OrganisationText> text) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["organisation"] = [text[$"Problem{problem}"]] });
}
