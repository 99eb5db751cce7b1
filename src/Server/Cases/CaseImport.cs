using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Server.Operations;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>Which columns of a file hold what; null guesses from the usual names.</summary>
public sealed record CaseColumns(string? Title, string? Detail, string? Created, string? Category, string? Id);

/// <summary>What an import did.</summary>
/// <param name="Added">Cases taken in.</param>
/// <param name="Known">Rows that had been taken in before.</param>
/// <param name="UnknownCategories">Labels of the file that name no category here; those cases were sorted by their words.</param>
public sealed record CaseImportResult(int Added, int Known, IReadOnlyList<string> UnknownCategories);

/// <summary>
/// Takes in reports from a CSV file, each through the same door as a resident's. A row is known by its content, so a file
/// imported again, or after a break, adds only what is missing.
/// </summary>
public sealed class CaseImport(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, CaseCommands commands)
{
    private static readonly string[] Formats =
        ["yyyy/M/d H:m:s", "yyyy/M/d H:m", "yyyy/M/d", "yyyy-M-d H:m:s", "yyyy-M-d H:m", "yyyy-M-d", "yyyy-MM-ddTHH:mm:ss", "MM/dd/yyyy hh:mm:ss tt", "MM/dd/yyyy"];

    private static readonly (CaseNature Nature, string[] Words)[] NatureWords =
    [
        (CaseNature.Report, ["举报"]), (CaseNature.Complaint, ["投诉"]), (CaseNature.Enquiry, ["咨询", "请问"]),
        (CaseNature.Suggestion, ["建议"]), (CaseNature.Thanks, ["感谢", "表扬"]),
    ];

    private static readonly Actor Importer = new("import", "导入 / Import");

    /// <exception cref="BadInputException">Something in the file or the options cannot be used; nothing was taken in.</exception>
    public async Task<CaseImportResult> RunAsync(
        string path, CaseColumns columns, string? areaCode, CaseChannel channel, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var file = CsvFile.Open(path);
        var title = Column(file, columns.Title, "--title", ["title", "subject", "标题", "留言主题", "主题", "事项"], required: columns.Detail is null);
        var detail = Column(file, columns.Detail, "--detail", ["detail", "description", "content", "text", "内容", "留言详情", "诉求内容", "描述"], required: title is null);
        var created = Column(file, columns.Created, "--created", ["created", "created_at", "date", "time", "留言时间", "上报时间", "created date"], required: false);
        var category = Column(file, columns.Category, "--category", ["category", "label", "type", "类别", "一级标签", "分类"], required: false);
        var id = Column(file, columns.Id, "--id", ["id", "number", "编号", "留言编号"], required: false);
        var area = await FindAreaAsync(areaCode, cancellationToken);
        var names = (await bundles.GetCurrentAsync(cancellationToken)).Categories.All.Where(candidate => !candidate.IsGroup).ToLookup(candidate => candidate.Name.Zh);

        // Every row is read and checked before the first is taken in.
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var reports = file.Rows().Select(row => Read(row)).ToList();
        int added = 0, known = 0;
        foreach (var report in reports)
        {
            switch (await commands.ReportAsync(report, Importer, cancellationToken))
            {
                case ReportResult.Accepted:
                    added++;
                    break;
                case ReportResult.TakenInBefore:
                    known++;
                    break;
                case ReportResult.Invalid invalid:
                    throw new InvalidOperationException($"A checked row was refused: {invalid.TextKey}.");
            }

            progress.Report((double)(added + known) / reports.Count);
        }

        return new CaseImportResult(added, known, [.. unknown]);

        NewReport Read(CsvLine row)
        {
            var (heading, text, label) = (Field(row, title), Field(row, detail), Field(row, category));
            if (heading.Length + text.Length == 0)
            {
                throw row.Bad(OperationsText.Of("ImportCasesEmptyRow"));
            }

            if (text.Length > NewReport.MaxKept)
            {
                throw row.Bad(OperationsText.Of("ImportCasesTooLong", text.Length, NewReport.MaxKept));
            }

            var given = label.Length > 0 ? names[label].FirstOrDefault() : null;
            if (label.Length > 0 && given is null)
            {
                unknown.Add(label);
            }

            return new NewReport
            {
                Title = heading.Length > NewReport.MaxTitle ? heading[..(NewReport.MaxTitle - 1)] + "…" : heading,
                Detail = text.Length > 0 ? text : heading,
                Channel = channel,
                Nature = NatureOf(heading),
                AreaCode = area,
                Category = given?.Key,
                ReportedAt = ReadTime(row, created),
                HasReporter = true,
                IsImported = true,
                Key = "import:" + Fingerprint(Field(row, id), heading, text, Field(row, created)),
            };
        }
    }

    // Files seldom have a column for it; people say in the heading what they want.
    private static CaseNature NatureOf(string heading) =>
        NatureWords.FirstOrDefault(words => words.Words.Any(word => heading.Contains(word, StringComparison.Ordinal))) is { Words: not null } found ? found.Nature : CaseNature.Request;

    private static string Field(CsvLine row, string? column) => column is null ? "" : row.Find(column) ?? "";

    private static DateTimeOffset? ReadTime(CsvLine row, string? column)
    {
        var text = Field(row, column);
        if (text.Length == 0)
        {
            return null;
        }

        var zone = Workflows.Calendars.WorkingCalendar.China.Zone;
        return DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant.ToUniversalTime()
                : throw row.Bad(OperationsText.Of("ImportCasesBadTime", text, column!));
    }

    // Each part is preceded by its length, so that no two different rows read the same.
    private static string Fingerprint(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Length}:{part}")))));

    private static string? Column(CsvFile file, string? named, string option, string[] guesses, bool required)
    {
        if (named is not null)
        {
            return file.Columns.FirstOrDefault(column => string.Equals(column, named, StringComparison.OrdinalIgnoreCase))
                ?? throw new BadInputException($"{file.Path}:1: {OperationsText.Of("ImportCasesNoColumn", option, named, string.Join(", ", file.Columns))}");
        }

        return guesses.Select(guess => file.Columns.FirstOrDefault(column => string.Equals(column, guess, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(column => column is not null)
            ?? (required ? throw new BadInputException($"{file.Path}:1: {OperationsText.Of("ImportCasesNoGuess", option, string.Join(", ", file.Columns))}") : null);
    }

    // Cases that say no place belong to the widest area that has somebody to dispatch them.
    private async Task<string> FindAreaAsync(string? code, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (code is not null)
        {
            return await db.Areas.AnyAsync(area => area.Code == code, cancellationToken) ? code : throw new BadInputException(OperationsText.Of("NoSuchArea", code));
        }

        var units = await db.Posts.Where(post => post.Role == Role.Dispatcher).Select(post => post.UnitKey).Distinct().ToListAsync(cancellationToken);
        return units.Select(UnitKey.AreaOf).OfType<string>().Where(area => area.Length > 0).OrderBy(area => area.Length).ThenBy(area => area, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new BadInputException(OperationsText.Of("ImportCasesNoArea"));
    }
}
