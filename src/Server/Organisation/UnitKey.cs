namespace GridFlow.Server.Organisation;

/// <summary>
/// Unit keys name who holds work: "dept:urban" for a department, "area:330402007" for the body of an area.
/// </summary>
public static class UnitKey
{
    public const int MaxLength = 64;

    /// <summary>The whole installation, whatever areas it will have: the post of the first administrator.</summary>
    public const string Everywhere = "area:";

    private const string AreaPrefix = "area:";
    private const string DepartmentPrefix = "dept:";

    public static string ForArea(string code) => AreaPrefix + code;

    public static string ForDepartment(string key) => DepartmentPrefix + key;

    /// <summary>The area's code, or null when the key names something else.</summary>
    public static string? AreaOf(string unitKey) =>
        unitKey.StartsWith(AreaPrefix, StringComparison.Ordinal) ? unitKey[AreaPrefix.Length..] : null;

    /// <summary>The department's key, or null when the key names something else.</summary>
    public static string? DepartmentOf(string unitKey) =>
        unitKey.StartsWith(DepartmentPrefix, StringComparison.Ordinal) ? unitKey[DepartmentPrefix.Length..] : null;
}
