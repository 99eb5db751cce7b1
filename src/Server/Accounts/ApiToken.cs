using System.Security.Cryptography;
using System.Text;

namespace GridFlow.Server.Accounts;

/// <summary>A bearer token. Only its hash is kept: whoever reads the database cannot act as the account.</summary>
public sealed class ApiToken
{
    public const string Prefix = "gfp_";

    public long Id { get; init; }

    public required string AccountId { get; init; }

    public Account? Account { get; init; }

    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>256 random bits, so a plain hash without salt cannot be searched.</summary>
    public static string NewSecret() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
