using GridFlow.Server.Accounts;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Organisation;

/// <summary>A place of the tree from province to micro-grid, and the body that answers for it.</summary>
public sealed class Area
{
    public required string Code { get; init; }

    public required string Name { get; set; }

    public string? NameEn { get; set; }

    public required AreaLevel Level { get; init; }

    public string? ParentCode { get; init; }

    /// <summary>Codes from the root, "/33/3304/330402/": the areas of a subtree are those whose path starts with its root's.</summary>
    public required string Path { get; init; }

    /// <summary>Known only because others name it as their parent; its name is its code until an import brings the real one.</summary>
    public bool IsMissing { get; set; }

    /// <summary>Its outline for maps, see <see cref="AreaBoundary"/>; null where nobody brought one.</summary>
    public string? Boundary { get; set; }

    public string DisplayName => LocalName.Of(Name, NameEn);

    public static Area Create(string code, string name, Area? parent, string? nameEn = null) => new()
    {
        Code = code,
        Name = name,
        NameEn = nameEn,
        Level = AreaCode.LevelOf(code) ?? throw new ArgumentException($"'{code}' is no area code.", nameof(code)),
        ParentCode = parent?.Code,
        Path = (parent?.Path ?? "/") + code + "/",
    };
}
