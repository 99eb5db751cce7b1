namespace GridFlow.Workflows.Cases;

/// <summary>
/// Names who holds work, as one string: <c>dept:urban</c> for a department, <c>area:330402007</c> for the body or staff of an
/// area, <c>reporter</c> for the resident, <c>admin</c> for whoever keeps the system running.
/// </summary>
/// <remarks>
/// Workflows and routing rows may also name a unit by its relation to the case: <c>@lead</c>, or the body of the case's area at
/// a level: <c>@grid</c>, <c>@village</c>, <c>@town</c>, <c>@county</c>, <c>@city</c>. Where the case's place is known less
/// exactly than that, the nearest area above answers; where no place is known, the fallback given.
/// </remarks>
public static class UnitKey
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The whole installation, whatever areas it will have: the post of the first administrator.</summary>
    public const string Everywhere = "area:";

    /// <summary>The resident who reported.</summary>
    public const string Reporter = "reporter";

    /// <summary>Whoever keeps the system running.</summary>
    public const string Administrator = "admin";

    private const string DepartmentPrefix = "dept:";
    private const string AreaPrefix = "area:";

    // Lengths of area codes by level: the national code up to villages, three digits more for each of ours.
    private static readonly Dictionary<string, int> RelativeLevels = new(StringComparer.Ordinal)
    {
        ["@province"] = 2,
        ["@city"] = 4,
        ["@county"] = 6,
        ["@town"] = 9,
        ["@village"] = 12,
        ["@grid"] = 15,
        ["@microgrid"] = 18,
    };

    /// <summary>All relative names, for pickers and checks.</summary>
    public static IReadOnlyCollection<string> RelativeNames { get; } = ["@lead", .. RelativeLevels.Keys];

    /// <summary>The key of a department.</summary>
    public static string ForDepartment(string key) => DepartmentPrefix + key;

    /// <summary>The key of an area's body.</summary>
    public static string ForArea(string code) => AreaPrefix + code;

    /// <summary>The area's code if the key names an area, else null.</summary>
    public static string? AreaOf(string key) => key.StartsWith(AreaPrefix, StringComparison.Ordinal) ? key[AreaPrefix.Length..] : null;

    /// <summary>The department's own key if the key names a department, else null.</summary>
    public static string? DepartmentOf(string key) => key.StartsWith(DepartmentPrefix, StringComparison.Ordinal) ? key[DepartmentPrefix.Length..] : null;

    /// <summary>True for an absolute or relative key that is well formed; says nothing about whether the unit exists.</summary>
    public static bool IsWellFormed(string key) =>
        !key.Contains(',', StringComparison.Ordinal) && (AreaOf(key) is { Length: > 0 } || DepartmentOf(key) is { Length: > 0 } || key is Reporter or Administrator || RelativeNames.Contains(key));

    /// <summary>True for a key that names one unit by itself: a department or an area.</summary>
    public static bool IsCertain(string key) => AreaOf(key) is not null || DepartmentOf(key) is not null;

    /// <summary>The body of the area above a unit that is an area on the case's path; null where there is none.</summary>
    public static string? Above(string key, CaseState @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        var codes = @case.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var index = AreaOf(key) is { } code ? Array.IndexOf(codes, code) : -1;
        return index > 0 ? ForArea(codes[index - 1]) : null;
    }

    /// <summary>Turns a relative name into the unit it means for this case; an absolute key stays as it is.</summary>
    /// <returns>An absolute key, or null when the case's place or lead is not known well enough.</returns>
    public static string? Resolve(string key, CaseState @case)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(@case);
        if (key == "@lead")
        {
            return @case.LeadUnit;
        }

        if (!RelativeLevels.TryGetValue(key, out var length))
        {
            return key;
        }

        var codes = @case.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return codes.LastOrDefault(code => code.Length <= length) is { } area ? ForArea(area) : null;
    }
}
