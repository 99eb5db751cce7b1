namespace GridFlow.Server.Cases;

/// <summary>Hides who somebody is, leaving enough to recognise a person one already knows.</summary>
public static class Mask
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
}
