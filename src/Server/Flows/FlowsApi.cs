using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridFlow.Server.Security;
using GridFlow.Workflows.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridFlow.Server.Flows;

/// <summary>A workflow as the API lists it.</summary>
public sealed record FlowResponse(string DefinitionId, LocalizedText Name, LocalizedText Description, int Version, int OpenCases, int OverdueCases, IReadOnlyList<FlowStepResponse> Steps);

/// <summary>A step at which cases stand.</summary>
public sealed record FlowStepResponse(string ActivityId, int OpenCases, int OverdueCases);

public static class FlowsApi
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapFlows(this RouteGroupBuilder api)
    {
        var flows = api.MapGroup("/flows").RequireAuthorization(nameof(Permission.Publish)).WithTags("Workflows");
        flows.MapGet("/", ListAsync).WithName("ListFlows").WithSummary("Workflows of the bundle in force, with the cases that stand in them");
        flows.MapPost("/", ImportAsync).WithName("ImportFlow").Accepts<JsonElement>("application/json")
            .WithSummary("Publish an Elsa 3 definition in place of the one with its id, or beside the others; the body is the definition, ?reason= why; one that is in force as it is stays, under its number");
        flows.MapGet("/{id}/definition", DownloadAsync).WithName("DownloadFlow").WithSummary("A workflow as an Elsa 3 definition");
    }

    private static async Task<Ok<IReadOnlyList<FlowResponse>>> ListAsync(FlowQueries queries, CurrentUser user, CancellationToken cancellationToken)
    {
        var (_, flows) = await queries.ListAsync(user, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<FlowResponse>>([.. flows.Select(flow => new FlowResponse(
            flow.Definition.DefinitionId, flow.Definition.Name, flow.Definition.Description, flow.Definition.Version, flow.Total.Open, flow.Total.Overdue,
            [.. flow.Steps.Select(step => new FlowStepResponse(step.Key, step.Value.Open, step.Value.Overdue))]))]);
    }

    private static async Task<Results<Ok<Routing.PublishedResponse>, ProblemHttpResult>> ImportAsync(
        FlowCommands commands, CurrentUser user, HttpRequest request, string? reason, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var (inForce, _, problems) = await commands.ImportAsync(await reader.ReadToEndAsync(cancellationToken), reason, user, cancellationToken);
        return inForce is { } number
            ? TypedResults.Ok(new Routing.PublishedResponse(number))
            : TypedResults.Problem(title: problems[0], statusCode: StatusCodes.Status422UnprocessableEntity, extensions: [new("problems", problems)]);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(FlowQueries queries, string id, CancellationToken cancellationToken) =>
        await queries.FindDefinitionAsync(id, cancellationToken) is { } definition
            ? TypedResults.File(Encoding.UTF8.GetBytes(ElsaJson.Write(definition).ToJsonString(Readable)), "application/json", $"{id}-v{definition.Version}.json")
            : TypedResults.NotFound();
}
