namespace GridFlow.Server.Security;

/// <summary>
/// For what pages send by script. The session's cookie does not travel with a post from elsewhere (SameSite), and a browser
/// says where a post comes from: one that is not from a page of ours is refused. Who sends a token instead needs no such care.
/// </summary>
internal static class SameOrigin
{
    public static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
            ? await next(context)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
}
