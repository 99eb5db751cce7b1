using System.Globalization;

namespace GridFlow.Workflows.Definitions;

/// <summary>A text in both languages of the product. Where one language is empty the other serves.</summary>
public sealed record LocalizedText(string Zh, string En)
{
    /// <summary>The empty text.</summary>
    public static readonly LocalizedText Empty = new("", "");

    /// <summary>One text for both languages, for proper names and for definitions drawn elsewhere.</summary>
    public static LocalizedText Same(string text) => new(text, text);

    /// <summary>The text for a reader of <paramref name="culture"/>: Chinese for any zh culture, English for all others.</summary>
    public string For(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var chinese = culture.TwoLetterISOLanguageName == "zh";
        var preferred = chinese ? Zh : En;
        return preferred.Length > 0 ? preferred : chinese ? En : Zh;
    }

    /// <summary>The text for the current user interface culture.</summary>
    public override string ToString() => For(CultureInfo.CurrentUICulture);
}
