using System.Globalization;
using System.Resources;

namespace GridFlow.Server.Operations;

/// <summary>Words of the command line, in the language of the operator's terminal.</summary>
public sealed class OperationsText
{
    private static readonly ResourceManager Resources = new(typeof(OperationsText));

    private OperationsText()
    {
    }

    public static string Of(string key, params object[] arguments) =>
        In(CultureInfo.CurrentUICulture, key, arguments);

    /// <summary>The words in a language the operator asked for.</summary>
    public static string In(CultureInfo language, string key, params object[] arguments) =>
        string.Format(CultureInfo.CurrentCulture, Resources.GetString(key, language) ?? key, arguments);
}
