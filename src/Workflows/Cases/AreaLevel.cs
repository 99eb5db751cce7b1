namespace GridFlow.Workflows.Cases;

/// <summary>
/// Where an area stands in the tree. The order is the order of the tree: a smaller value encloses a larger one.
/// </summary>
/// <remarks>
/// Levels down to <see cref="Village"/> carry the national division codes of 2, 4, 6, 9 and 12 digits.
/// Below that a child's code is its parent's code and three digits: 15 for a grid, 18 for a micro-grid.
/// </remarks>
public enum AreaLevel
{
    /// <summary>省、自治区、直辖市; two digits.</summary>
    Province,

    /// <summary>地级市、州、盟; four digits.</summary>
    City,

    /// <summary>县、区、县级市; six digits.</summary>
    County,

    /// <summary>乡、镇、街道; nine digits.</summary>
    Town,

    /// <summary>村、社区; twelve digits.</summary>
    Village,

    /// <summary>网格; fifteen digits.</summary>
    Grid,

    /// <summary>微网格: a stairwell, a hamlet, some dozens of households; eighteen digits.</summary>
    MicroGrid,
}
