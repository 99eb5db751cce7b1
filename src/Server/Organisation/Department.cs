using GridFlow.Server.Accounts;

namespace GridFlow.Server.Organisation;

/// <summary>A body that handles matters of one field for the whole of its area. Its key is what routing rows name.</summary>
public sealed class Department
{
    public required string Key { get; init; }

    public required string Name { get; set; }

    public string? NameEn { get; set; }

    public required string AreaCode { get; init; }

    public string DisplayName => LocalName.Of(Name, NameEn);
}
