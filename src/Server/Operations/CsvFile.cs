using System.Text.Unicode;
using CsvHelper;

namespace GridFlow.Server.Operations;

/// <summary>
/// A CSV file in UTF-8 with a header, read strictly: what a spreadsheet saved in another encoding or cut short is refused
/// with its line instead of becoming wrong data.
/// </summary>
public sealed class CsvFile
{
    private readonly byte[] _content;

    private CsvFile(string path, byte[] content, IReadOnlyList<string> columns)
    {
        Path = path;
        _content = content;
        Columns = columns;
    }

    public string Path { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads the file and its header; column names are compared without regard to case.</summary>
    /// <exception cref="BadInputException">Not readable, not UTF-8, no header, or a required column is missing.</exception>
    public static CsvFile Open(string path, params IReadOnlyList<string> requiredColumns)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{path}: {(problem is FileNotFoundException or DirectoryNotFoundException ? OperationsText.Of("CsvNoFile") : problem.Message)}");
        }

        CheckEncoding(path, content);
        using var csv = Reader(content);
        IReadOnlyList<string> columns = Guarded(path, () => csv.Headers.Select(name => name.Trim()).ToArray());
        var missing = requiredColumns.Where(name => !columns.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        return columns.All(string.IsNullOrEmpty)
            ? throw new BadInputException($"{path}: {(requiredColumns.Count == 0 ? OperationsText.Of("CsvEmptyFile") : OperationsText.Of("CsvEmpty", string.Join(", ", requiredColumns)))}")
            : missing.Count > 0
                ? throw new BadInputException(
                    $"{path}:1: {OperationsText.Of("CsvNoColumn", string.Join(", ", missing), OneLine(string.Join(", ", columns)))}")
                : new CsvFile(path, content, columns);
    }

    /// <summary>The rows below the header, in order.</summary>
    /// <exception cref="BadInputException">While enumerating: a row is broken.</exception>
    public IEnumerable<CsvLine> Rows()
    {
        using var csv = Reader(_content);
        while (Guarded(Path, csv.Read))
        {
            var fields = csv.Current.ToArray();
            if (fields.Length == 1 && string.IsNullOrWhiteSpace(fields[0]))
            {
                continue;
            }

            var row = new CsvLine(this, csv.LineNumber, fields);
            yield return fields.Length == Columns.Count
                ? row
                : throw row.Bad(OperationsText.Of("CsvFieldCount", fields.Length, Columns.Count));
        }
    }

    private static CsvReader Reader(byte[] content) => CsvReader.Create(content, new CsvReaderOptions
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 4 * 1024 * 1024,
    });

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException problem)
        {
            throw new BadInputException($"{path}:{problem.LineNumber}: {OperationsText.Of("CsvBadRow")}");
        }
    }

    private static void CheckEncoding(string path, byte[] content)
    {
        if (Utf8.IsValid(content) && !content.Contains((byte)0))
        {
            return;
        }

        var line = 1;
        var start = 0;
        for (var end = 0; end < content.Length; end++)
        {
            if (content[end] == (byte)'\n')
            {
                if (!Utf8.IsValid(content.AsSpan(start, end - start)))
                {
                    break;
                }

                line++;
                start = end + 1;
            }
        }

        throw new BadInputException(
            $"{path}:{line}: {OperationsText.Of("CsvEncoding")}");
    }

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > 200 ? line[..200] + "…" : line;
    }
}

/// <summary>One row, its fields by column name.</summary>
public sealed class CsvLine(CsvFile file, long line, string[] fields)
{
    /// <summary>Counted from 1, the header included, as an editor counts.</summary>
    public long Line => line;

    public string this[string column] => Find(column) ?? throw new KeyNotFoundException($"{file.Path} has no column {column}.");

    /// <summary>The trimmed field, or null when the file has no such column.</summary>
    public string? Find(string column)
    {
        for (var index = 0; index < file.Columns.Count; index++)
        {
            if (string.Equals(file.Columns[index], column, StringComparison.OrdinalIgnoreCase))
            {
                return fields[index].Trim();
            }
        }

        return null;
    }

    public BadInputException Bad(string what) => new($"{file.Path}:{line}: {what}");
}
