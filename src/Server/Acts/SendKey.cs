using System.Security.Cryptography;
using System.Text;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Acts;

/// <summary>Names what is sent from a form, so that the same sent again, because the database was away and no answer was heard, happens once.</summary>
internal sealed class SendKey
{
    private string _opening = NewOpening();
    private string? _unheard;

    /// <summary>The name of what is sent with these answers; others have another.</summary>
    public string Of(params IEnumerable<string> answers) =>
        (_opening + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', answers)))))[..Stimulus.TakeAct.MaxKey];

    /// <summary>Notes that nobody knows what became of it.</summary>
    public void NoteUnheard(string key) => _unheard = key;

    /// <summary>
    /// Whether a work item is closed by this very form, whose answer was not heard. An item closes once by itself and has no key; what
    /// was changed in the form meanwhile was not sent before.
    /// </summary>
    public bool ClosedIt(string key, string outcome, ActResult result, CurrentUser user) =>
        key == _unheard && result is ActResult.TooLate { By: { } by } && by.Outcome == outcome && user.Is(by.By.Id);

    /// <summary>What is sent next is another thing, even in the same words.</summary>
    public void Renew() => (_opening, _unheard) = (NewOpening(), null);

    private static string NewOpening() => Guid.NewGuid().ToString("N");
}
