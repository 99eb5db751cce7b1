using System.Text.RegularExpressions;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Organisation;

/// <summary>What was wrong with a change of the organisation, as a key of OrganisationText; nothing was changed.</summary>
public enum OrganisationProblem
{
    NameMissing,
    NameTooLong,
    CodeInvalid,
    CodeTaken,
    ParentUnknown,
    KeyInvalid,
    KeyTaken,
    AreaUnknown,
    DepartmentUnknown,
}

public sealed partial class OrganisationCommands(IDbContextFactory<GridFlowDbContext> database)
{
    private const int MaxName = 100;

    /// <summary>Returns what was wrong, or null when the area was made.</summary>
    public async Task<OrganisationProblem?> CreateAreaAsync(
        string code, string name, string? nameEn, CancellationToken cancellationToken = default)
    {
        if (CheckName(name, nameEn) is { } problem)
        {
            return problem;
        }

        if (AreaCode.LevelOf(code) is null)
        {
            return OrganisationProblem.CodeInvalid;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Areas.AnyAsync(area => area.Code == code, cancellationToken))
        {
            return OrganisationProblem.CodeTaken;
        }

        var parentCode = AreaCode.ParentOf(code);
        var parent = parentCode is null ? null : await db.Areas.FindAsync([parentCode], cancellationToken);
        if (parentCode is not null && parent is null)
        {
            return OrganisationProblem.ParentUnknown;
        }

        db.Add(Area.Create(code, name.Trim(), parent, Trim(nameEn)));
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    public async Task<OrganisationProblem?> RenameAreaAsync(
        string code, string name, string? nameEn, CancellationToken cancellationToken = default)
    {
        if (CheckName(name, nameEn) is { } problem)
        {
            return problem;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Areas.FindAsync([code], cancellationToken) is not { } area)
        {
            return OrganisationProblem.AreaUnknown;
        }

        area.Name = name.Trim();
        area.NameEn = Trim(nameEn);
        area.IsMissing = false;
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>The key is what routing rows will name, so it never changes; short, lower case, without spaces.</summary>
    public async Task<OrganisationProblem?> CreateDepartmentAsync(
        string key, string name, string? nameEn, string areaCode, CancellationToken cancellationToken = default)
    {
        if (CheckName(name, nameEn) is { } problem)
        {
            return problem;
        }

        if (!DepartmentKey().IsMatch(key))
        {
            return OrganisationProblem.KeyInvalid;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Departments.AnyAsync(department => department.Key == key, cancellationToken))
        {
            return OrganisationProblem.KeyTaken;
        }

        if (!await db.Areas.AnyAsync(area => area.Code == areaCode, cancellationToken))
        {
            return OrganisationProblem.AreaUnknown;
        }

        db.Add(new Department { Key = key, Name = name.Trim(), NameEn = Trim(nameEn), AreaCode = areaCode });
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    public async Task<OrganisationProblem?> RenameDepartmentAsync(
        string key, string name, string? nameEn, CancellationToken cancellationToken = default)
    {
        if (CheckName(name, nameEn) is { } problem)
        {
            return problem;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Departments.FindAsync([key], cancellationToken) is not { } department)
        {
            return OrganisationProblem.DepartmentUnknown;
        }

        department.Name = name.Trim();
        department.NameEn = Trim(nameEn);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    private static OrganisationProblem? CheckName(string name, string? nameEn) =>
        string.IsNullOrWhiteSpace(name) ? OrganisationProblem.NameMissing
        : name.Trim().Length > MaxName || nameEn?.Trim().Length > MaxName ? OrganisationProblem.NameTooLong
        : null;

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex DepartmentKey();
}
