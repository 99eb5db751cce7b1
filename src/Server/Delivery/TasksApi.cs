using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Delivery;

/// <summary>The answer to a task: what came of it, or why nothing did; not both. Neither: it is done, and nothing came of it that the workflow could read.</summary>
public sealed record CompleteTaskRequest(JsonElement? Result = null, string? Problem = null);

public static class TasksApi
{
    private const int MaxProblem = 1000;

    public static void MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks").RequireAuthorization(nameof(Permission.Publish));
        tasks.MapGet("/", ListAsync).WithName("ListTasks")
            .WithSummary("Tasks that workflows handed to others and still wait for, with what they were handed over with; ?name= for those of a name, ?after= the last id for the next 200");
        tasks.MapPost("/{id}/complete", CompleteAsync).WithName("CompleteTask").WithSummary("Answer a task: its result, or the problem that becomes an incident; {} where it is done without a result");
    }

    private static async Task<Ok<IReadOnlyList<WaitingTask>>> ListAsync(string? name, string? after, IServiceProvider services, CancellationToken cancellationToken) =>
        TypedResults.Ok(await services.GetRequiredService<TaskCommands>().ListAsync(name, after, cancellationToken));

    private static async Task<IResult> CompleteAsync(
        string id, CompleteTaskRequest request, IServiceProvider services, CurrentUser user, IStringLocalizer<DeliveryText> text, CancellationToken cancellationToken)
    {
        if (request.Problem is not null && (request.Result is not null || string.IsNullOrWhiteSpace(request.Problem)))
        {
            return TypedResults.Problem(text[request.Result is null ? "TaskProblemBlank" : "TaskAnswerBoth"], statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        var result = request.Result is { } given ? InputReader.FromJson(given) : null;
        var problem = request.Problem is { Length: > MaxProblem } tooLong ? tooLong[..MaxProblem] : request.Problem;
        return await services.GetRequiredService<TaskCommands>().CompleteAsync(id, result, problem, user, cancellationToken) switch
        {
            ActResult.Done => TypedResults.Ok(new ActDone(text["TaskDone"])),
            ActResult.TooLate => TypedResults.Problem(text["TaskGone"], statusCode: StatusCodes.Status409Conflict),
            _ => TypedResults.Problem(text["TaskUnknown"], statusCode: StatusCodes.Status404NotFound),
        };
    }
}
