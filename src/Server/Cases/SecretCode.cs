using System.Security.Cryptography;
using System.Text;

namespace GridFlow.Server.Cases;

/// <summary>
/// The code by which a resident follows a case: ten letters and digits without look-alikes, about 49 bits. Only its hash is
/// kept, so it can be checked and never read back.
/// </summary>
public static class SecretCode
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 10;

    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The hash of a code as typed: case, blanks and dashes do not matter.</summary>
    public static string Hash(string code)
    {
        var plain = new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
    }

    /// <summary>Whether a code as typed is the one with this hash, in constant time.</summary>
    public static bool Matches(string code, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(code)), Encoding.ASCII.GetBytes(hash));
}
