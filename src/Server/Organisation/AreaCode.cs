using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Organisation;

/// <summary>What a code says by its length alone: its level and the code of the area above.</summary>
public static class AreaCode
{
    private static readonly int[] Lengths = [2, 4, 6, 9, 12, 15, 18];

    public const int MaxLength = 18;

    public static AreaLevel? LevelOf(string code)
    {
        var level = Array.IndexOf(Lengths, code.Length);
        return level >= 0 && code.All(char.IsAsciiDigit) ? (AreaLevel)level : null;
    }

    /// <summary>The code one level up, or null for a province.</summary>
    public static string? ParentOf(string code)
    {
        var level = Array.IndexOf(Lengths, code.Length);
        return level > 0 ? code[..Lengths[level - 1]] : null;
    }

    /// <summary>Digits that a child's code adds to its parent's; 0 below a micro-grid.</summary>
    public static int ChildDigits(AreaLevel parent) =>
        parent == AreaLevel.MicroGrid ? 0 : Lengths[(int)parent + 1] - Lengths[(int)parent];
}
