using GridFlow.Server.Persistence.Sql;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;

namespace GridFlow.Server.Shell;

public static class ApiRegistration
{
    /// <summary>The largest body an API takes, in bytes: far above the longest report, far below what hurts.</summary>
    private const int MaxBody = 256 * 1024;

    /// <summary>After how many seconds a script may try again when the database did not answer.</summary>
    private const string RetryAfter = "5";

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter()));
        services.AddProblemDetails();
        // Said by UseApiLimits in the reader's language, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "GridFlow";
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["token"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description = "Made by the verb create-token USER",
                    },
                };
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Refuses what is too large or cannot be read with a sentence in the reader's language; after the language is known.</summary>
    public static void UseApiLimits(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next();
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? MaxBody;
        }

        var text = context.RequestServices.GetRequiredService<IStringLocalizer<ShellText>>();
        if (context.Request.ContentLength > MaxBody)
        {
            await TypedResults.Problem(text["ApiTooLarge", MaxBody / 1024], statusCode: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
            return;
        }

        try
        {
            await next();
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = problem.StatusCode;
            if (problem.StatusCode != StatusCodes.Status413PayloadTooLarge)
            {
                await TypedResults.Problem(text["ApiMalformed"], statusCode: problem.StatusCode).ExecuteAsync(context);
            }
        }
        catch (Exception problem) when (PostgresDatabase.IsUnkeepableText(problem) && !context.Response.HasStarted)
        {
            await TypedResults.Problem(text["ApiMalformed"], statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
        }
        catch (Exception problem) when (DatabaseOutage.Is(problem) && !context.Response.HasStarted)
        {
            Log.ApiFailed(context.RequestServices.GetRequiredService<ILogger<ShellText>>(), problem, context.Request.Path);
            context.Response.Headers.RetryAfter = RetryAfter;
            await TypedResults.Problem(text["ApiUnavailable"], statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !context.Response.HasStarted)
        {
            // A script is answered in its own form, not with the page that people get.
            Log.ApiFailed(context.RequestServices.GetRequiredService<ILogger<ShellText>>(), problem, context.Request.Path);
            await TypedResults.Problem(text["ApiFailed"], statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }

        // Whoever is refused is told so in the same form as everybody else.
        if (context.Response is { StatusCode: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound, HasStarted: false, ContentLength: null, ContentType: null })
        {
            await TypedResults.Problem(text[$"Api{context.Response.StatusCode}"], statusCode: context.Response.StatusCode).ExecuteAsync(context);
        }

        if (context.Response is { StatusCode: StatusCodes.Status415UnsupportedMediaType, HasStarted: false, ContentType: null })
        {
            await TypedResults.Problem(text["ApiMalformed"], statusCode: StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context);
        }

        // A body that grew too large while it was read is answered without a word by the framework.
        if (context.Response is { StatusCode: StatusCodes.Status413PayloadTooLarge, HasStarted: false })
        {
            await TypedResults.Problem(text["ApiTooLarge", MaxBody / 1024], statusCode: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
        }
    });

    /// <summary>The group that every API is mapped on; by default only for those who are signed in.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        var api = app.MapGroup("/api").RequireAuthorization().DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute());
        api.MapGet("/me", (Security.CurrentUser user) => new
        {
            user.AccountId,
            user.DisplayName,
            Posts = user.Posts.Select(post => new { post.UnitKey, post.Role }),
            Permissions = Enum.GetValues<Security.Permission>().Where(user.Can),
        }).WithName("GetMe").WithSummary("Who the token acts as, and what it may do");

        // What is sent in another form than JSON finds no address either, and would be told that there is none.
        api.MapFallback("{**path}", (HttpRequest request) => Results.StatusCode(
            request.ContentType is not null && !request.HasJsonContentType() ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status404NotFound));
        return api;
    }
}
