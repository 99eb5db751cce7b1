using GridFlow.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GridFlow.Server.Photos;

/// <summary>What is said of a photo that is kept.</summary>
public sealed record PhotoKept(string Id, string Address);

/// <summary>Photos in and out, by plain requests: an upload goes on while a circuit is lost and found.</summary>
public static class PhotosApi
{
    /// <summary>What a form has beside its picture.</summary>
    private const int FormOverhead = 16 * 1024;

    public static void MapPhotos(this WebApplication app)
    {
        var photos = app.MapGroup("/photos").RequireAuthorization(nameof(Permission.ViewCases)).WithMetadata(new SkipStatusCodePagesAttribute()).ExcludeFromDescription();
        photos.MapGet("/{id}", ShowAsync);
        photos.MapPost("/", AddAsync).DisableAntiforgery().AddEndpointFilter(SameOrigin.RequireAsync);
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> ShowAsync(string id, PhotoStore store, CurrentUser user, HttpContext context, CancellationToken cancellationToken)
    {
        if (await store.OpenAsync(id, user, cancellationToken) is not var (row, picture))
        {
            return TypedResults.NotFound();
        }

        // The address never shows another picture, but only this reader was found to be allowed to see it.
        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return TypedResults.Stream(picture, PhotoShape.TypeOf(row.Type), entityTag: new EntityTagHeaderValue($"\"{row.Hash}\""));
    }

    private static async Task<Results<Ok<PhotoKept>, ProblemHttpResult>> AddAsync(
        HttpContext context, PhotoStore store, CurrentUser user, IOptions<PhotoOptions> options, IStringLocalizer<PhotosText> text, CancellationToken cancellationToken)
    {
        if (await PhotoForm.ReadAsync(context, options.Value.MaxBytes + FormOverhead, cancellationToken) is not { } form
            || form["case"].ToString() is not { Length: > 0 } number || !Enum.TryParse<PhotoKind>(form["kind"], ignoreCase: true, out var kind) || form.Files["photo"] is not { } file)
        {
            return Problem(new PhotoResult.Refused("RefusedForm"), text);
        }

        var workItem = form["item"].ToString() is { Length: > 0 } item ? item : null;
        var photo = new NewPhoto(number, kind, workItem, form["key"].ToString(), await PhotoForm.BytesAsync(file, cancellationToken));
        return await store.AddAsync(photo, user, cancellationToken) switch
        {
            PhotoResult.Kept kept => TypedResults.Ok(new PhotoKept(kept.Photo.Id, kept.Photo.Address)),
            PhotoResult.Refused refused => Problem(refused, text),
            _ => TypedResults.Problem(text["NotFound"], statusCode: StatusCodes.Status404NotFound),
        };
    }

    private static ProblemHttpResult Problem(PhotoResult.Refused refused, IStringLocalizer<PhotosText> text) =>
        TypedResults.Problem(text[refused.TextKey, refused.Number], statusCode: StatusCodes.Status422UnprocessableEntity);
}
