using System.Collections.Immutable;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Board;

/// <summary>Acts on one case or many from the board: the same acts, rights and refusals as on the page of the case.</summary>
public sealed class BoardActs(CaseCommands commands, ActWords words, IStringLocalizer<BoardText> text)
{
    public Task<ActReport> UrgeAsync(IReadOnlyCollection<string> numbers, CurrentUser user, CancellationToken cancellationToken = default) =>
        TakeAsync("Urge", numbers, _ => [], null, user, cancellationToken);

    public Task<ActReport> SuperviseAsync(IReadOnlyCollection<string> numbers, CurrentUser user, CancellationToken cancellationToken = default) =>
        TakeAsync("Supervision", numbers, _ => [], text["SuperviseComment"], user, cancellationToken);

    /// <summary>Carries all on under the first of them, by number: the one that came first.</summary>
    public Task<ActReport> MergeAsync(IReadOnlyCollection<string> numbers, CurrentUser user, CancellationToken cancellationToken = default)
    {
        var inOrder = numbers.Order(StringComparer.Ordinal).ToList();
        return TakeAsync("Merge", inOrder[1..], _ => ImmutableDictionary<string, object?>.Empty.Add("into", inOrder[0]), null, user, cancellationToken);
    }

    // Each by itself: what cannot be done with one is no reason to leave the others, and is told with its reason.
    private async Task<ActReport> TakeAsync(
        string act, IReadOnlyCollection<string> numbers, Func<string, ImmutableDictionary<string, object?>> fields, string? comment, CurrentUser user, CancellationToken cancellationToken)
    {
        var (done, refusals) = (0, new List<string>());
        foreach (var number in numbers)
        {
            try
            {
                var result = await commands.TakeActAsync(number, act, null, fields(number), comment, user, cancellationToken);
                if (result is ActResult.Done)
                {
                    done++;
                }
                else
                {
                    refusals.Add((await words.TellAsync(result, null, "", cancellationToken)).Text);
                }
            }
            catch (Exception problem) when (DatabaseOutage.Is(problem))
            {
                // The others would wait for it as long, one after the other.
                refusals.AddRange(Enumerable.Repeat(words.Away.Text, numbers.Count - done - refusals.Count));
                break;
            }
        }

        var told = refusals.CountBy(refusal => refusal).OrderByDescending(refusal => refusal.Value).Select(refusal => (string)text["Refused", refusal.Value, refusal.Key]);
        return new ActReport(refusals.Count == 0, CaseWords.Together([.. done > 0 ? [text[$"Done{act}", done].Value] : Array.Empty<string>(), .. told]));
    }
}
