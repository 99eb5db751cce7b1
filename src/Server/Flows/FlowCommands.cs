using System.Text.Json.Nodes;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Flows;

/// <summary>Changes workflows by publishing a bundle that holds the changed one.</summary>
public sealed class FlowCommands(BundleStore bundles, IStringLocalizer<FlowsText> text)
{
    /// <summary>In bytes.</summary>
    public const int LargestDefinition = 4 * 1024 * 1024;

    private const int LongestReason = 500;

    /// <summary>Publishes an Elsa 3 definition in place of the one with its id, or beside the others.</summary>
    /// <returns>The number of the bundle in force, which is the old one where the definition says nothing new, or what keeps it from being published, in the reader's language; then nothing has changed.</returns>
    public async Task<(int? InForce, bool IsNew, IReadOnlyList<string> Problems)> ImportAsync(string json, string? reason, CurrentUser user, CancellationToken cancellationToken = default)
    {
        if (!user.Can(Permission.Publish))
        {
            throw new UnauthorizedAccessException("Publishing needs the permission Publish.");
        }

        try
        {
            var read = ElsaJson.Read(json);
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            {
                return (null, false, [text["ImportNoReason"]]);
            }

            return await PublishAsync([read], reason, user, cancellationToken) switch
            {
                PublishResult.Published published => (published.Number, true, []),
                PublishResult.NothingNew same => (same.InForce, false, []),
                PublishResult.Refused refused => (null, false, [.. refused.Problems.Where(problem => problem.IsError).Select(problem => $"{problem.Path}: {problem.Message}")]),
                _ => (null, false, [text["ImportOutdated"]]),
            };
        }
        catch (DefinitionFormatException problem)
        {
            return (null, false, [$"{problem.Path}: {problem.Problem}"]);
        }
    }

    /// <summary>
    /// Publishes definitions in place of those with their ids, or beside the others: all of them in one bundle, or none. Those that
    /// are in force as they are stay; where all are, nothing is published.
    /// </summary>
    /// <param name="changed">The definitions, each of an id of its own.</param>
    /// <param name="reason">Why, for those who come after; cut where it is too long.</param>
    /// <param name="user">Who.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public async Task<PublishResult> PublishAsync(IReadOnlyList<WorkflowDefinition> changed, string reason, CurrentUser user, CancellationToken cancellationToken = default)
    {
        if (!user.Can(Permission.Publish))
        {
            throw new UnauthorizedAccessException("Publishing needs the permission Publish.");
        }

        var current = await bundles.GetCurrentAsync(cancellationToken);
        var news = changed.Where(read => current.FindDefinition(read.DefinitionId) is not { } inForce || !IsSame(inForce, read)).ToList();
        if (news.Count == 0)
        {
            return new PublishResult.NothingNew(current.Number);
        }

        // Counting versions up is ours to do: what a file says of its version is no change.
        var next = news.Select(read => current.FindDefinition(read.DefinitionId) is null ? read with { Version = 1, Id = read.DefinitionId + "-1" } : read).ToList();
        var definitions = current.Definitions.Where(other => !next.Any(definition => definition.DefinitionId == other.DefinitionId)).Concat(next);
        var draft = current.Copy(definitions);
        var why = reason.Trim();
        return await bundles.PublishAsync(draft, why.Length > LongestReason ? why[..LongestReason] : why, user, current.Number, cancellationToken);
    }

    private static bool IsSame(WorkflowDefinition inForce, WorkflowDefinition read) =>
        JsonNode.DeepEquals(ElsaJson.Write(inForce), ElsaJson.Write(read with { Version = inForce.Version, Id = inForce.Id }));
}
