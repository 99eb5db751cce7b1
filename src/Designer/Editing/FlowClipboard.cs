using System.Collections.Concurrent;

namespace GridFlow.Designer.Editing;

/// <summary>What each person copied last, so that it can be pasted into another workflow or another window.</summary>
public sealed class FlowClipboard
{
    private const int LargestFragment = 1024 * 1024;

    private readonly ConcurrentDictionary<string, string> _byPerson = new(StringComparer.Ordinal);

    /// <summary>What a person copied last; empty for nothing.</summary>
    public string Read(string person) => _byPerson.GetValueOrDefault(person, "");

    public void Write(string person, string fragment)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        if (fragment.Length is > 0 and <= LargestFragment)
        {
            _byPerson[person] = fragment;
        }
    }
}
