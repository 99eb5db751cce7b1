using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Residents;

/// <summary>An entry of the history with its details read.</summary>
internal sealed record TimelineEntry(DateTimeOffset At, HistoryKind Kind, bool IsPublic, string ActorId, string? ActorUnit, ImmutableSortedDictionary<string, string> Data)
{
    public static TimelineEntry Read(HistoryRow row) => new(
        row.At, row.Kind, row.IsPublic, row.ActorId, row.ActorUnit,
        JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(row.Data, BundleJson.Options)!.WithComparers(StringComparer.Ordinal));

    public string? this[string name] => Data.GetValueOrDefault(name);

    /// <summary>Keys of the units it names.</summary>
    public IEnumerable<string> Units => new[] { ActorUnit, this["lead"], this["unit"], this["from"], this["to"] }.Concat(this["assisting"]?.Split(',') ?? [])
        .OfType<string>().Where(UnitKey.IsWellFormed);
}

/// <summary>Puts the public part of a history into sentences. Only units are named; a person's name is not even read.</summary>
internal sealed class ResidentTimeline(IStringLocalizer<ResidentsText> text, IReadOnlyDictionary<string, string> units)
{
    /// <summary>The rounds, newest first, each with its events, newest first.</summary>
    public List<FollowedRound> Rounds(IReadOnlyList<TimelineEntry> history, CaseState @case)
    {
        List<FollowedRound> rounds = [];
        List<FollowedEvent> events = [];
        string? answer = null;
        var number = 1;
        foreach (var entry in history)
        {
            if (entry.Kind == HistoryKind.Reopened)
            {
                Finish();
                number = int.TryParse(entry["round"], CultureInfo.InvariantCulture, out var round) ? round : number + 1;
            }

            // The answer of a round that is over stands nowhere else any more.
            answer = entry is { Kind: HistoryKind.WorkItemCompleted } && entry["field:answer"] is { } given ? given : answer;
            if (entry.IsPublic && Tell(entry) is { } told)
            {
                events.Add(told);
            }
        }

        answer = @case.Answer;
        Finish();
        rounds.Reverse();
        return rounds;

        void Finish()
        {
            events.Reverse();
            rounds.Add(new FollowedRound(number, answer, events));
            (events, answer) = ([], null);
        }
    }

    /// <summary>Whether residents read of a public entry of this kind at all.</summary>
    public static bool Tells(HistoryKind kind, string? act) => kind switch
    {
        HistoryKind.Accepted or HistoryKind.Routed or HistoryKind.Escalated or HistoryKind.TierChanged or HistoryKind.FactRecorded or HistoryKind.MessageQueued or HistoryKind.Rated
            or HistoryKind.Reopened or HistoryKind.Closed or HistoryKind.Withdrawn or HistoryKind.Comment or HistoryKind.DueMoved => true,
        HistoryKind.ActTaken => act is "Urge" or "Supervision" or "Sponsorship" or "Whistle" or "Merge" or "WhistleAttend",
        _ => false,
    };

    /// <summary>Whether residents also read what was written with it, and not only that it happened.</summary>
    public static bool Quotes(HistoryKind kind) => kind is HistoryKind.MessageQueued or HistoryKind.Rated or HistoryKind.Reopened or HistoryKind.Withdrawn or HistoryKind.Comment;

    private FollowedEvent? Tell(TimelineEntry entry)
    {
        // What falls through is work between units. A kind added later stays unsaid until it has a sentence here and in Tells.
        (string? Text, string? Quote) said = !Tells(entry.Kind, entry["act"]) ? (null, null) : entry.Kind switch
        {
            HistoryKind.Accepted => (text["ToldAccepted"], null),
            HistoryKind.Routed => (Routed(entry), null),
            HistoryKind.Escalated => (text["ToldEscalated", Unit(entry["unit"] ?? entry["to"])], null),
            HistoryKind.TierChanged => (text["ToldTier", text[$"Tier{entry["to"]}"]], null),
            HistoryKind.FactRecorded => (text[$"Told{entry["fact"]}", Unit(entry.ActorUnit)], null),
            HistoryKind.MessageQueued => (text["ToldMessage"], new LocalizedText(entry["zh"] ?? "", entry["en"] ?? "").ToString()),
            HistoryKind.Rated => (Rated(entry), entry["comment"]),
            HistoryKind.Reopened => (text["ToldReopened", entry["round"] ?? ""], entry["reason"]),
            HistoryKind.Closed => (text["ToldClosed"], null),
            HistoryKind.Withdrawn => (text[entry.ActorId == UnitKey.Reporter ? "ToldWithdrawn" : "ToldEnded"], entry["reason"]),
            HistoryKind.Comment => (entry.ActorId == UnitKey.Reporter ? text["ToldYou"] : text["ToldComment", Unit(entry.ActorUnit)], entry["text"]),
            HistoryKind.ActTaken when entry["act"] is not "WhistleAttend" => (text["ToldAct" + entry["act"]], null),
            HistoryKind.ActTaken => (text["ToldActWhistleAttend", Unit(entry["unit"])], null),
            HistoryKind.DueMoved => (text["ToldDue" + entry["why"], entry["due"] is { } due && DateTimeOffset.TryParse(due, CultureInfo.InvariantCulture, out var at) ? TimeZoneInfo.ConvertTime(at, ResidentWords.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : ""], null),
            _ => (null, null),
        };
        return said.Text is null ? null : new FollowedEvent(entry.At, said.Text, said.Quote) { IsForAll = IsForAll(entry) };
    }

    private static bool IsForAll(TimelineEntry entry) => entry.Kind switch
    {
        HistoryKind.Routed or HistoryKind.Escalated or HistoryKind.TierChanged or HistoryKind.DueMoved or HistoryKind.Closed => true,
        HistoryKind.FactRecorded => entry["fact"] is nameof(CaseFactKind.Handled) or nameof(CaseFactKind.Verified),
        HistoryKind.ActTaken => entry["act"] is "Supervision" or "Sponsorship" or "Whistle" or "WhistleAttend",
        _ => false,
    };

    private string Routed(TimelineEntry entry)
    {
        var lead = Unit(entry["lead"]);
        return entry["assisting"] is { Length: > 0 } assisting
            ? text["ToldRoutedWith", lead, string.Join(text["ListComma"], assisting.Split(',').Select(Unit))]
            : text["ToldRouted", lead];
    }

    private string Rated(TimelineEntry entry)
    {
        var solved = text[entry["solved"] == "true" ? "RatedSolved" : "RatedUnsolved"];
        var satisfied = text[entry["satisfied"] == "true" ? "RatedSatisfied" : "RatedDissatisfied"];
        return entry["stars"] is { } stars && stars != "0" ? text["ToldRatedStars", solved, satisfied, stars] : text["ToldRated", solved, satisfied];
    }

    private string Unit(string? key) => key is not null && units.TryGetValue(key, out var name) ? name : text["Staff"];
}
