using System.Globalization;
using System.Text;
using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Replay;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Replay;

/// <summary>The cases that would go another way as a file for a spreadsheet.</summary>
public static class ReplayCsv
{
    public static void MapReplay(this IEndpointRouteBuilder app) =>
        app.MapGet("/admin/bundles/drafts/{id:int}/replay.csv", async (int id, CurrentUser user, ReplayRuns runs, RecordedCases cases, IStringLocalizer<ReplayText> text, CancellationToken cancellationToken) =>
        {
            if (runs.Find(user.AccountId, id)?.Result is not { } result)
            {
                return Results.NotFound();
            }

            var titles = await cases.TitlesAsync([.. result.Differing.Select(row => row.Number)], user, cancellationToken);

            // A spreadsheet takes a file without this mark for one in the code page of the machine.
            var content = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(result, titles, text))).ToArray();
            return Results.File(content, "text/csv", $"replay-{result.Order.Period.From:yyyyMMdd}-{result.Order.Period.To:yyyyMMdd}.csv");
        }).RequireAuthorization(nameof(Permission.Edit)).ExcludeFromDescription();

    public static string Write(ReplayResult result, IReadOnlyDictionary<string, string> titles, IStringLocalizer<ReplayText> text)
    {
        var csv = new StringBuilder();
        string[] aspects = ["WhatCategory", "WhatLead", "WhatAssisting", "WhatTier", "WhatWorkflow", "WhatLimit", "WhatRow"];
        Line([text["Case"], text["Title2"], text["Accepted"], text["WhatChanges"], .. aspects.SelectMany(aspect => new[] { $"{text[aspect]} ({text["Now"]})", $"{text[aspect]} ({text["Then"]})" })]);
        foreach (var row in result.Differing)
        {
            var kinds = ReplayDifferences.Kinds.Where(kind => row.Differences.HasFlag(kind)).Select(kind => text[$"Kind{kind}"].Value);
            var (before, after) = (Cells(row.Before), Cells(row.After));
            Line([row.Number, titles.GetValueOrDefault(row.Number, ""), CaseWords.FullTime(row.AcceptedAt), string.Join("; ", kinds), .. before.Zip(after).SelectMany(pair => new[] { pair.First, pair.Second })]);
        }

        return csv.ToString();

        void Line(string[] fields) => csv.AppendJoin(',', fields.Select(Quote)).Append("\r\n");
    }

    private static string[] Cells(IntakeOutcome outcome) =>
    [
        outcome.Category ?? "", outcome.Lead ?? "", string.Join(' ', outcome.Assisting), outcome.Tier?.ToString() ?? "", outcome.Workflow ?? "", outcome.Limit ?? "",
        outcome.Row?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    // What a resident wrote must not run as a formula in somebody's spreadsheet.
    private static string Quote(string field)
    {
        var safe = field.Length > 0 && "=+-@\t\r".Contains(field[0], StringComparison.Ordinal) ? "'" + field : field;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
