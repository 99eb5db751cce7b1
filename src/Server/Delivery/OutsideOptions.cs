using System.ComponentModel.DataAnnotations;

namespace GridFlow.Server.Delivery;

/// <summary>What workflows may reach outside the portal. Without settings: nothing.</summary>
public sealed class OutsideOptions
{
    public const string Section = "Outside";

    /// <summary>Hosts that workflows may ask over HTTP: <c>api.example.org</c>, <c>api.example.org:8443</c>, <c>*.example.org</c>.</summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Where tasks for others (<c>Elsa.RunTask</c>) are posted; empty leaves them to be fetched and answered over the API.</summary>
    public string TaskUrl { get; set; } = "";

    /// <summary>How long an answer is waited for; shorter than a message's lease.</summary>
    [Range(1, 100)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>Whether an address may be asked.</summary>
    public bool Allows(Uri address) => AllowedHosts.Any(allowed =>
        string.Equals(allowed, address.Authority, StringComparison.OrdinalIgnoreCase) || string.Equals(allowed, address.Host, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && address.Host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)));
}
