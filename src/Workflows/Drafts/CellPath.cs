namespace GridFlow.Workflows.Drafts;

/// <summary>The names a path is made of.</summary>
public static class CellPath
{
    /// <summary>Joins names to a path.</summary>
    public static string Of(params IEnumerable<string> names) => string.Join('/', names.Select(Escape));

    /// <summary>The names of a path.</summary>
    public static string[] Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return [.. path.Split('/').Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    /// <summary>The part of the bundle a path lies in: <c>definitions/hard</c>, <c>routing</c>, <c>categories</c>, <c>calendar</c>, <c>rules</c>. People who edit different parts never meet.</summary>
    public static string PartOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var first = path.IndexOf('/', StringComparison.Ordinal);
        if (first < 0 || !path.StartsWith("definitions/", StringComparison.Ordinal))
        {
            return first < 0 ? path : path[..first];
        }

        var second = path.IndexOf('/', first + 1);
        return second < 0 ? path : path[..second];
    }

    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
