using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Residents;

/// <summary>Why a form was not looked at.</summary>
public enum FormRefusal
{
    None,

    /// <summary>The post is far larger than any form of ours.</summary>
    TooLarge,

    /// <summary>The page was open longer than its token lives, or comes from elsewhere.</summary>
    Stale,
}

/// <summary>
/// Posts that no handler should see get the page itself as their answer, with a sentence saying why, instead of an empty 4xx.
/// </summary>
public static class ResidentForms
{
    /// <summary>About five times the longest report in its most wasteful encoding.</summary>
    public const int MaxBody = 256 * 1024;

    private static readonly object Key = new();

    /// <summary>Comes right after antiforgery, whose verdict it reads.</summary>
    public static void UseResidents(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var refusal = Judge(context);
        if (refusal == FormRefusal.None)
        {
            await next(context);
        }
        else if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            var text = context.RequestServices.GetRequiredService<IStringLocalizer<ResidentsText>>();
            await TypedResults.Problem(text["TooLarge", MaxBody / 1024], statusCode: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
        }
        else
        {
            context.Items[Key] = refusal;
            context.Request.Method = HttpMethods.Get;
            context.Response.StatusCode = refusal == FormRefusal.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            await next(context);
        }
    });

    public static FormRefusal RefusalOf(HttpContext? context) => context?.Items[Key] is FormRefusal refusal ? refusal : FormRefusal.None;

    private static FormRefusal Judge(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !IsOurs(context))
        {
            return FormRefusal.None;
        }

        // For a client that does not say how much it sends.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }

        if (context.Request.ContentLength > MaxBody)
        {
            return FormRefusal.TooLarge;
        }

        return context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? FormRefusal.Stale : FormRefusal.None;
    }

    private static bool IsOurs(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ResidentsApi.Path, StringComparison.OrdinalIgnoreCase)
        || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Namespace == typeof(ResidentForms).Namespace;
}
