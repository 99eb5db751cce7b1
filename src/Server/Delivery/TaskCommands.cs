using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Delivery;

/// <summary>A task that waits for something outside the portal.</summary>
public sealed record WaitingTask(string Id, string Name, string Instance);

/// <summary>Finds the tasks workflows handed to others, and takes their answers.</summary>
internal sealed class TaskCommands(IDbContextFactory<GridFlowDbContext> database, IWorkflowStore store, BundleStore bundles, BookmarkAnswers answers)
{
    private const int Most = 200;

    /// <summary>Tasks of a name that wait, oldest first; at most 200.</summary>
    public async Task<IReadOnlyList<WaitingTask>> ListAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Bookmarks.AsNoTracking().Where(row => row.Kind == BookmarkKind.Answer && row.Name == name
                && db.Outbox.Any(message => message.CaseNumber == row.InstanceId && message.Kind == MessageKind.Task && message.Recipient == name))
            .OrderBy(row => row.Id).Take(Most).Select(row => new WaitingTask(row.Id, row.Name, row.InstanceId)).ToListAsync(cancellationToken);
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
}
