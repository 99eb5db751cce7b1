using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Acts;

/// <summary>What to do, with which work item of the case if it is about one, the answers of its form, and why.</summary>
/// <param name="WorkItem">The work item it is about; null for the whole case.</param>
/// <param name="Fields">The answers, by the names of the fields.</param>
/// <param name="Comment">Why.</param>
/// <param name="Key">Up to 64 characters of the caller's own: sent again with the same key, because no answer was heard, it happens once.</param>
public sealed record ActRequest(string? WorkItem, Dictionary<string, JsonElement>? Fields, string? Comment, string? Key);

/// <summary>An act on offer, in the language of the request.</summary>
/// <param name="Act">Its name in addresses.</param>
/// <param name="Label">What it is called.</param>
/// <param name="WorkItem">The work item it is about; null for the whole case.</param>
/// <param name="WhyNot">Why it is not possible now; null when it is.</param>
/// <param name="NeedsComment">Why it is done has to be said.</param>
/// <param name="Fields">What it asks.</param>
public sealed record ActOffered(string Act, string Label, string? WorkItem, string? WhyNot, bool NeedsComment, IReadOnlyList<ActField> Fields);

/// <summary>A field of an act's form.</summary>
public sealed record ActField(string Name, string Label, FieldKind Kind, bool Required, IReadOnlyList<string> Options);

public static class ActsApi
{
    public static void MapActs(this RouteGroupBuilder api)
    {
        var acts = api.MapGroup("/cases/{number}/acts").WithTags("Cases").RequireAuthorization(nameof(Permission.ViewCases));
        acts.MapGet("/", ListAsync).WithName("ListActs").WithSummary("What one may do with a case now, and what not and why");
        acts.MapPost("/{act}", TakeAsync).WithName("TakeAct").WithSummary("Do something with a case beyond completing a drawn step");
    }

    private static async Task<IReadOnlyList<ActOffered>> ListAsync(ActOffers offers, CaseWords words, CurrentUser user, string number, string? workItem, CancellationToken cancellationToken) =>
    [
        .. (await offers.FindAsync(number, workItem, user, cancellationToken)).Select(offer => new ActOffered(
            offer.Act.Name, words["Act" + offer.Act.Name], offer.Item, offer.WhyNot is { } why ? words["Obstacle" + why] : null, offer.Act.NeedsComment,
            [.. offer.Fields.Select(field => new ActField(field.Name, field.Label.ToString(), field.Kind, field.Required, [.. field.Options.Select(option => option.Value)]))])),
    ];

    private static async Task<IResult> TakeAsync(
        string number, string act, ActRequest request, CaseCommands commands, ActWords acts, ActAnswers answers, CaseWords words, CurrentUser user, CancellationToken cancellationToken)
    {
        if (request.Comment?.Length > CaseWords.MaxComment)
        {
            return ActAnswers.Refuse(words["CommentTooLong", CaseWords.MaxComment], Refusal.InvalidField, "comment");
        }

        var order = new ActOrder(number, act, request.WorkItem, FormAnswers.Read(request.Fields), request.Comment) { Key = string.IsNullOrWhiteSpace(request.Key) ? null : request.Key };
        var result = await commands.TakeActAsync(order, user, cancellationToken);
        return result is ActResult.Refused { Reason: Refusal.InvalidField } refused && CaseActCatalog.Find(act) is { } known
            && await acts.WrongFieldAsync(known, refused.Detail, order.Fields.GetValueOrDefault(refused.Detail) is not (null or ""), cancellationToken) is { } wrong
            ? ActAnswers.Refuse(wrong, Refusal.InvalidField, refused.Detail)
            : await answers.AnswerAsync(result, request.WorkItem, acts.Done(act), cancellationToken);
    }
}
