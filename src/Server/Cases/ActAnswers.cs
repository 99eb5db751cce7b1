using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>Turns what became of an act into an HTTP answer: 200, 404, 409 with who and when, or 422 with the sentence.</summary>
public sealed class ActAnswers(ActWords acts)
{
    public async Task<IResult> AnswerAsync(ActResult result, string? workItem, string done, CancellationToken cancellationToken)
    {
        var report = await acts.TellAsync(result, workItem, done, cancellationToken);
        return result switch
        {
            ActResult.Done or ActResult.DoneBefore => TypedResults.Ok(new ActDone(report.Text)),
            ActResult.NotFound => TypedResults.Problem(report.Text, statusCode: StatusCodes.Status404NotFound),
            ActResult.TooLate late => TypedResults.Problem(
                report.Text, statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["by"] = late.By?.By.Name, ["at"] = late.By?.At, ["outcome"] = late.By?.Outcome }),
            ActResult.Refused { Reason: Refusal.ClaimedByOther } refused => TypedResults.Problem(
                report.Text, statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["by"] = refused.Detail }),
            ActResult.Refused refused => Refuse(report.Text, refused.Reason, report.Field),
            _ => TypedResults.Problem(report.Text, statusCode: StatusCodes.Status409Conflict),
        };
    }

    /// <summary>422, with the reason and the field to mend for scripts.</summary>
    public static IResult Refuse(string text, Refusal reason, string? field) => TypedResults.Problem(
        text, statusCode: StatusCodes.Status422UnprocessableEntity, extensions: new Dictionary<string, object?> { ["reason"] = reason.ToString(), ["field"] = field });
}
