using System.Text.Json;
using GridFlow.Workflows.Bundles;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.HandlingRules;

/// <summary>Says who decides.</summary>
internal static class DeciderWords
{
    /// <summary>Names a decider in resources and forms.</summary>
    public static string KeyOf(Decider decider) => $"{decider.Unit.TrimStart('@')}_{decider.Role}";

    public static string Tell(IStringLocalizer<HandlingRulesText> text, Decider decider) => text["Decider_" + KeyOf(decider)] is { ResourceNotFound: false } known ? known.Value : KeyOf(decider);

    /// <summary>A rule of a bundle as it is stored, in words: deciders one after the other, anything else as it stands.</summary>
    public static string TellRule(IStringLocalizer<HandlingRulesText> text, string? json) => json?.TrimStart() switch
    {
        null => "",
        ['[', ..] => string.Join(" → ", JsonSerializer.Deserialize<Decider[]>(json, BundleJson.Options)!.Select(decider => Tell(text, decider))),
        ['{', ..] => Tell(text, JsonSerializer.Deserialize<Decider>(json, BundleJson.Options)!),
        _ => json.Trim('"'),
    };
}
