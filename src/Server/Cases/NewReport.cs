using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Cases;

/// <summary>A report as it comes in, from whichever channel.</summary>
public sealed record NewReport
{
    public const int MaxTitle = 100;
    /// <summary>The longest text a person may type, in characters.</summary>
    public const int MaxDetail = 5_000;

    /// <summary>The longest text that is kept; what is imported may be longer than what a form takes.</summary>
    public const int MaxKept = 20_000;

    /// <summary>One line; taken from the text when empty.</summary>
    public string Title { get; init; } = "";

    public required string Detail { get; init; }

    public CaseChannel Channel { get; init; }

    public CaseNature Nature { get; init; } = CaseNature.Request;

    /// <summary>The area's code; null when it is not known.</summary>
    public string? AreaCode { get; init; }

    /// <summary>The place in words.</summary>
    public string? Place { get; init; }

    /// <summary>The category's key, when the reporter or the source knows it.</summary>
    public string? Category { get; init; }

    /// <summary>When it was said or found; now when null.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>Names the report at its source, so that sending it again takes it in once.</summary>
    public string? Key { get; init; }

    /// <summary>It comes from a file and may be as long as what is kept.</summary>
    public bool IsImported { get; init; }

    /// <summary>Somebody outside waits for an answer.</summary>
    public bool HasReporter { get; init; }

    public string ReporterName { get; init; } = "";

    public string ReporterPhone { get; init; } = "";

    public string ReporterEmail { get; init; } = "";
}

/// <summary>What became of a report.</summary>
public abstract record ReportResult
{
    private ReportResult()
    {
    }

    /// <summary>Taken in. The code is shown once; it cannot be read back.</summary>
    public sealed record Accepted(string Number, string Code) : ReportResult;

    /// <summary>Taken in before, under this number.</summary>
    public sealed record TakenInBefore(string Number) : ReportResult;

    /// <summary>Not taken in; the key of a sentence in <see cref="CasesText"/>.</summary>
    public sealed record Invalid(string TextKey) : ReportResult;
}
