using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Residents;

/// <summary>Something to mend in a form: the field, and what to do in the reader's language.</summary>
public sealed record FieldProblem(string Field, string Message);

/// <summary>A report as typed, by form or API. Everything is text here, so that what was typed can be shown again as it was.</summary>
public sealed partial class ReportForm
{
    public const int MinDetail = 10;
    private const int MaxName = 50;
    private const int MaxPhone = 30;
    private const int MaxEmail = 100;

    public string? Key { get; set; }

    public string? Detail { get; set; }

    public string? Area { get; set; }

    public string? AreaSearch { get; set; }

    public string? Place { get; set; }

    public string? Nature { get; set; }

    public string? Name { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    /// <summary>Hidden from people; only a program fills it in.</summary>
    public string? Website { get; set; }

    /// <summary>Pressed to look for a place, not to report.</summary>
    public string? Search { get; set; }

    /// <summary>What was looked for to get the places now shown.</summary>
    public string? Searched { get; set; }

    /// <summary>
    /// The button to look for a place was meant. The enter key presses it too, from whichever field; then it is meant only while
    /// no place is chosen or another one is looked for.
    /// </summary>
    public bool IsSearch => !string.IsNullOrEmpty(Search) && (string.IsNullOrEmpty(Area) || (AreaSearch ?? "") != (Searched ?? ""));

    public IReadOnlyList<FieldProblem> Check(IStringLocalizer<ResidentsText> text, bool needsArea)
    {
        List<FieldProblem> problems = [];
        var length = PlainDetail.Length;
        Require(length >= MinDetail, nameof(Detail), length == 0 ? text["DetailEmpty"] : text["DetailShort", MinDetail]);
        Require(length <= NewReport.MaxDetail, nameof(Detail), text["DetailLong", length, NewReport.MaxDetail]);
        Require(!needsArea || !string.IsNullOrWhiteSpace(Area), nameof(Area), text["AreaEmpty"]);
        Require(!(Place?.Trim().Length > NewReport.MaxTitle), nameof(Place), text["FieldLong", NewReport.MaxTitle]);
        Require(string.IsNullOrEmpty(Nature) || NatureOf(Nature) is not null, nameof(Nature), text["NatureUnknown"]);
        Require(!(Name?.Trim().Length > MaxName), nameof(Name), text["FieldLong", MaxName]);
        Require(string.IsNullOrWhiteSpace(Phone) || (Phone.Length <= MaxPhone && PhoneNumber().IsMatch(Phone)), nameof(Phone), text["PhoneWrong"]);
        Require(
            string.IsNullOrWhiteSpace(Email) || (Email.Length <= MaxEmail && MailAddress.TryCreate(Email.Trim(), out var address) && address.DisplayName.Length == 0),
            nameof(Email), text["EmailWrong"]);
        Require(string.IsNullOrEmpty(Website), nameof(Website), text["WebsiteFilled"]);
        return problems;

        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                problems.Add(new FieldProblem(field, message));
            }
        }
    }

    /// <summary>The report, once nothing is left to mend.</summary>
    /// <param name="channel">How it came in.</param>
    /// <param name="key">Under which it is taken in once.</param>
    public NewReport ToReport(CaseChannel channel, Guid key) => new()
    {
        Detail = PlainDetail,
        AreaCode = string.IsNullOrWhiteSpace(Area) ? null : Area.Trim(),
        Place = string.IsNullOrWhiteSpace(Place) ? null : Place.Trim(),
        Nature = NatureOf(Nature) ?? CaseNature.Request,
        Channel = channel,
        Key = $"web:{key}",
        HasReporter = true,
        ReporterName = Name?.Trim() ?? "",
        ReporterPhone = Phone?.Trim() ?? "",
        ReporterEmail = Email?.Trim() ?? "",
    };

    /// <summary>The key as a page made it; anything else is not taken for one.</summary>
    public static Guid KeyOf(string? key) => Guid.TryParse(key, out var given) ? given : Guid.NewGuid();

    /// <summary>
    /// The same for the same form with the same words. Who goes back from the receipt and reports something else has the old
    /// form's key again, and must not be told that it was reported before.
    /// </summary>
    public Guid ContentKey => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', KeyOf(Key), Area, Place, Nature, PlainDetail))).AsSpan(0, 16));

    // Browsers send line ends as two characters; people count one.
    private string PlainDetail => (Detail ?? "").ReplaceLineEndings("\n").Trim();

    private static CaseNature? NatureOf(string? name) => Enum.TryParse<CaseNature>(name, out var nature) && Enum.IsDefined(nature) ? nature : null;

    [GeneratedRegex(@"^[+＋]?[\d０-９\s()（）\-－]{5,}$")]
    private static partial Regex PhoneNumber();
}
