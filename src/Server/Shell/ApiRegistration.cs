using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace GridFlow.Server.Shell;

public static class ApiRegistration
{
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter()));
        services.AddProblemDetails();
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
        api.MapFallback("{**path}", () => Results.NotFound());
        return api;
    }
}
