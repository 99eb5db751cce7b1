using System.Text.RegularExpressions;

namespace GridFlow.Server.Cases;

/// <summary>Hides who somebody is, leaving enough to recognise a person one already knows.</summary>
public static partial class Mask
{
    private const int PhoneHead = 3;
    private const int PhoneTail = 4;

    /// <summary>"王**"</summary>
    public static string Name(string name) => name.Length == 0 ? "" : name[..1] + "**";

    /// <summary>"138****1234"; a short number is hidden whole.</summary>
    public static string Phone(string phone) => phone.Length switch
    {
        0 => "",
        > PhoneHead + PhoneTail => $"{phone[..PhoneHead]}****{phone[^PhoneTail..]}",
        _ => "****",
    };

    /// <summary>"w***@example.org"</summary>
    public static string Email(string email) => email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{email[..1]}***{email[at..]}" : email.Length == 0 ? "" : "***";

    /// <summary>A text in which numbers of phones and identity cards, and addresses of e-mail, are hidden as they are elsewhere.</summary>
    public static string InText(string text) =>
        EmailInText().Replace(IdentityInText().Replace(PhoneInText().Replace(text, match => Phone(match.Value)), match => match.Value[..4] + "****" + match.Value[^2..]), match => Email(match.Value));

    [GeneratedRegex(@"(?<!\d)1[3-9]\d{9}(?!\d)")]
    private static partial Regex PhoneInText();

    [GeneratedRegex(@"(?<!\d)\d{17}[\dXx](?!\d)")]
    private static partial Regex IdentityInText();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+")]
    private static partial Regex EmailInText();
}
