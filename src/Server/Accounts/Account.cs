using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace GridFlow.Server.Accounts;

/// <summary>A person who signs in. What the person may do comes from <see cref="Posts"/>, never from the account.</summary>
public sealed class Account : IdentityUser
{
    public required string Name { get; set; }

    public string? NameEn { get; set; }

    public List<Post> Posts { get; } = [];

    public string DisplayName => LocalName.Of(Name, NameEn);

    /// <summary>Shut for good by an administrator, unlike the few minutes after wrong passwords.</summary>
    public bool IsDisabled => LockoutEnd == DateTimeOffset.MaxValue;
}

/// <summary>The English name where English is read and there is one; the Chinese name otherwise.</summary>
public static class LocalName
{
    /// <summary>English names are read at all.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Of(string name, string? nameEn) => nameEn is { Length: > 0 } && IsEnglish ? nameEn : name;
}
