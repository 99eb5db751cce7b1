using System.Globalization;

namespace GridFlow.Server.Shell;

/// <summary>Numbers in addresses, which people mistype: what is none counts as not given, where the framework would fail.</summary>
public static class QueryNumber
{
    public static int? Of(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
