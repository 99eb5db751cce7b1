using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Delivery;

/// <summary>A task that waits for something outside the portal, with what it was handed over with; null for nothing.</summary>
public sealed record WaitingTask(string Id, string Name, string Instance, JsonElement? Payload);

/// <summary>Finds the tasks workflows handed to others, and takes their answers.</summary>
internal sealed class TaskCommands(IDbContextFactory<GridFlowDbContext> database, IWorkflowStore store, BundleStore bundles, BookmarkAnswers answers)
{
    private const int Most = 200;

    /// <summary>Tasks that wait, in the order of their ids; at most 200.</summary>
    /// <param name="name">Only tasks of this name; null for all.</param>
    /// <param name="after">Only those that come after this id: the last of the page before. Null for the first page.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<WaitingTask>> ListAsync(string? name, string? after, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var waiting = db.Bookmarks.AsNoTracking().Where(row => row.Kind == BookmarkKind.Answer
            && db.Outbox.Any(message => message.CaseNumber == row.InstanceId && message.Kind == MessageKind.Task && message.Recipient == row.Name));
        if (!string.IsNullOrEmpty(name))
        {
            waiting = waiting.Where(row => row.Name == name);
        }

        if (!string.IsNullOrEmpty(after))
        {
            waiting = waiting.Where(row => row.Id.CompareTo(after) > 0);
        }

        var page = await waiting.OrderBy(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        var instances = page.Select(row => row.InstanceId).Distinct().ToList();
        var messages = await db.Outbox.AsNoTracking().Where(message => message.Kind == MessageKind.Task && instances.Contains(message.CaseNumber))
            .Select(message => message.Payload).ToListAsync(cancellationToken);
        var payloads = messages.OfType<string>().Select(ReadPayload).ToDictionary(read => read.Task, read => read.Payload, StringComparer.Ordinal);
        return [.. page.Select(row => new WaitingTask(row.Id, row.Name, row.InstanceId, payloads.GetValueOrDefault(row.Id)))];
    }

    /// <summary>Takes the answer to a task; a bookmark that waits for something else is none.</summary>
    public async Task<ActResult> CompleteAsync(string id, object? result, string? problem, CurrentUser user, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(BookmarkAnswers.InstanceOf(id), cancellationToken) is not { } instance)
        {
            return new ActResult.NotFound(id);
        }

        if (instance.Bookmarks.FirstOrDefault(bookmark => bookmark.Id == id) is { } bookmark && !await IsTaskAsync(instance, bookmark, cancellationToken))
        {
            return new ActResult.NotFound(id);
        }

        return await answers.AnswerAsync(id, result, problem, new Actor(user.AccountId, user.Name), cancellationToken);
    }

    private async Task<bool> IsTaskAsync(WorkflowInstance instance, InstanceBookmark bookmark, CancellationToken cancellationToken)
    {
        var run = instance.Runs.FirstOrDefault(run => run.Id == bookmark.Run);
        var scope = instance.Scopes.FirstOrDefault(scope => scope.Id == run?.Scope);
        var bundle = await bundles.GetAsync(instance.Bundle, cancellationToken);
        return scope is not null && bundle.FindDefinition(scope.DefinitionId)?.FindActivity(run!.ActivityId)?.Type == "Elsa.RunTask";
    }

    private static (string Task, JsonElement? Payload) ReadPayload(string message)
    {
        using var document = JsonDocument.Parse(message);
        var payload = document.RootElement.TryGetProperty("payload", out var given) && given.ValueKind != JsonValueKind.Null ? given.Clone() : (JsonElement?)null;
        return (document.RootElement.GetProperty("answerTo").GetString()!, payload);
    }
}
