using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GridFlow.Workflows.Engine;

/// <summary>What happened, for the timeline.</summary>
public enum HistoryKind
{
    /// <summary>The case came in; data: channel, urgency, the category that came with it, bundle.</summary>
    Accepted,

    /// <summary>It was sorted; data: category, words.</summary>
    Classified,

    /// <summary>It was routed; data: row, lead, assisting, tier, limit, due.</summary>
    Routed,

    /// <summary>An activity ended; data: definition, activity, outcome, and what it saw.</summary>
    ActivityCompleted,

    /// <summary>Work was given to a unit; data: item, definition, activity, unit, due.</summary>
    WorkItemOpened,

    /// <summary>Somebody signed for it; data: item.</summary>
    Claimed,

    /// <summary>It was given back to the unit's inbox; data: item.</summary>
    Released,

    /// <summary>It was done; data: item, definition, activity, outcome, and the form's answers.</summary>
    WorkItemCompleted,

    /// <summary>The workflow took it back; data: item.</summary>
    WorkItemCancelled,

    /// <summary>A reminder went out; data: item, unit.</summary>
    Reminded,

    /// <summary>It became overdue; data: item, unit.</summary>
    Overdue,

    /// <summary>Overdue work, or a matter too hard for its unit, was passed up; data: from, to.</summary>
    Escalated,

    /// <summary>The tier changed; data: from, to.</summary>
    TierChanged,

    /// <summary>Handled, verified or confirmed was recorded; data: fact.</summary>
    FactRecorded,

    /// <summary>A message was queued; data: recipient, zh, en.</summary>
    MessageQueued,

    /// <summary>The resident judged; data: solved, satisfied, stars.</summary>
    Rated,

    /// <summary>A new round began; data: round, reason.</summary>
    Reopened,

    /// <summary>The case was closed.</summary>
    Closed,

    /// <summary>The case was taken back; data: reason.</summary>
    Withdrawn,

    /// <summary>A remark; data: text.</summary>
    Comment,

    /// <summary>Something failed; data: definition, activity, problem, attempt, and when it is tried again.</summary>
    Incident,

    /// <summary>An activity waits for a time; data: definition, activity, due.</summary>
    TimerSet,

    /// <summary>Somebody did something beyond the drawing; data: act, item, unit, comment, and what the act's form was given.</summary>
    ActTaken,

    /// <summary>A request was decided; data: act, item, outcome, comment.</summary>
    ActDecided,

    /// <summary>Work went from one unit to another; data: item, definition, activity, from, unit.</summary>
    WorkItemMoved,

    /// <summary>A deadline was moved; data: item, from, due, and why (extended, rested, resumed).</summary>
    DueMoved,

    /// <summary>Another case was merged into this one, or a part of it is over; data: event, other.</summary>
    Related,

    /// <summary>It was moved to another bundle, or back; data: from, to, run, reason, and the mapping of where it stood.</summary>
    Migrated,
}

/// <summary>
/// One entry of an instance's history. Entries are only ever appended; each carries a hash over its content and the entry
/// before, so that a changed, missing or moved entry shows.
/// </summary>
/// <param name="Number">Counts up from 1 within the instance, without gaps.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="IsPublic">The resident sees it too.</param>
/// <param name="Data">Details by name, in the order of their names.</param>
/// <param name="Hash">SHA-256 over the hash before and this entry, in lower-case hexadecimal.</param>
public sealed record HistoryEntry(int Number, DateTimeOffset At, HistoryKind Kind, Actor Actor, bool IsPublic, ImmutableSortedDictionary<string, string> Data, string Hash)
{
    /// <summary>The hash an entry with this content must have after an entry with <paramref name="previousHash"/>.</summary>
    public static string ComputeHash(string previousHash, int number, DateTimeOffset at, HistoryKind kind, Actor actor, bool isPublic, ImmutableSortedDictionary<string, string> data)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(data);

        // Each part is preceded by its length, so that no two different entries read the same.
        var content = new StringBuilder();
        Append(previousHash);
        Append(number.ToString(CultureInfo.InvariantCulture));
        Append(at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Append(kind.ToString());
        Append(actor.Id);
        Append(actor.Name);
        Append(actor.Unit ?? "");
        Append(isPublic ? "1" : "0");
        foreach (var (name, value) in data)
        {
            Append(name);
            Append(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())));

        void Append(string part) => content.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
    }
}
