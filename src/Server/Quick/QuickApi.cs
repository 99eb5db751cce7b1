using GridFlow.Server.Cases;
using GridFlow.Server.Photos;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Quick;

/// <summary>What is said of a finding in the books.</summary>
/// <param name="Number">The case.</param>
/// <param name="IsHandled">It is handled; otherwise somebody else has it now.</param>
/// <param name="Text">What happened and who has it now.</param>
public sealed record FindingKept(string Number, bool IsHandled, string Text);

public static class QuickApi
{
    public const string Path = "/quick/findings";
    private const int FormOverhead = 64 * 1024;

    public static void MapQuick(this WebApplication app) => app.MapPost(Path, TakeAsync).RequireAuthorization(nameof(Permission.Report)).DisableAntiforgery()
        .AddEndpointFilter(SameOrigin.RequireAsync).WithMetadata(new SkipStatusCodePagesAttribute()).ExcludeFromDescription();

    private static async Task<Results<Ok<FindingKept>, ProblemHttpResult>> TakeAsync(
        HttpContext context, QuickDesk desk, ActWords acts, CurrentUser user, IOptions<PhotoOptions> options, IStringLocalizer<QuickText> text, CancellationToken cancellationToken)
    {
        if (await PhotoForm.ReadAsync(context, (2L * options.Value.MaxBytes) + FormOverhead, cancellationToken) is not { } form)
        {
            return Problem(text["RefusedForm"]);
        }

        var category = form["category"].ToString() is { Length: > 0 } key ? key : null;
        var finding = new Finding(
            form["key"].ToString(), category, form["words"].ToString(), form["handled"] == "true",
            await PhotoAsync(form, "before", cancellationToken), await PhotoAsync(form, "after", cancellationToken));
        switch (await desk.TakeAsync(finding, user, cancellationToken))
        {
            case FindingResult.Kept kept:
                var now = await acts.NowAsync(kept.Number, user, cancellationToken);
                var said = text[kept.IsHandled ? "KeptHandled" : finding.IsHandled ? "KeptElsewhere" : "Kept", kept.Number];
                return TypedResults.Ok(new FindingKept(kept.Number, kept.IsHandled, CaseWords.Together(said, now)));
            case FindingResult.Refused refused:
                return Problem(refused.Text);
            case var other:
                throw new InvalidOperationException($"A finding cannot end in {other}.");
        }
    }

    private static async Task<byte[]?> PhotoAsync(IFormCollection form, string name, CancellationToken cancellationToken) =>
        form.Files[name] is { Length: > 0 } file ? await PhotoForm.BytesAsync(file, cancellationToken) : null;

    private static ProblemHttpResult Problem(string text) => TypedResults.Problem(text, statusCode: StatusCodes.Status422UnprocessableEntity);
}
