using System.Globalization;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Controls;

/// <summary>Sentences with a count in them: of one there is another than of several.</summary>
public static class CountedText
{
    /// <summary>The text of a key with its number filled in; for one the text of the key followed by "One".</summary>
    public static LocalizedString Counted(this IStringLocalizer text, string key, int number, params object[] more) =>
        text[number == 1 ? key + "One" : key, [number.ToString("N0", CultureInfo.CurrentCulture), .. more]];
}
