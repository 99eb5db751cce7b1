using System.CommandLine;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Operations;

internal sealed class ImportCasesVerb() : Verb("import cases", OperationsText.Of("ImportCasesHelp"))
{
    private readonly Argument<string> _file = new("FILE") { Description = OperationsText.Of("ImportCasesFile") };
    private readonly Option<string?> _title = Column("--title");
    private readonly Option<string?> _detail = Column("--detail");
    private readonly Option<string?> _created = Column("--created");
    private readonly Option<string?> _category = Column("--category");
    private readonly Option<string?> _id = Column("--id");
    private readonly Option<string?> _area = new("--area") { Description = OperationsText.Of("ImportCasesArea"), HelpName = "CODE" };
    private readonly Option<CaseChannel> _channel = new("--channel") { Description = OperationsText.Of("ImportCasesChannel"), DefaultValueFactory = _ => CaseChannel.Hotline };

    protected override IReadOnlyList<Symbol> Symbols => [_file, _title, _detail, _created, _category, _id, _area, _channel];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        var columns = new CaseColumns(parsed.GetValue(_title), parsed.GetValue(_detail), parsed.GetValue(_created), parsed.GetValue(_category), parsed.GetValue(_id));
        var import = context.Services.GetRequiredService<CaseImport>();
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("ImportCasesProgress"), progress =>
            import.RunAsync(parsed.GetRequiredValue(_file), columns, parsed.GetValue(_area), parsed.GetValue(_channel), progress, cancellationToken));
        context.Report(result, Lines(result));
        return 0;
    }

    private static IEnumerable<string> Lines(CaseImportResult result)
    {
        yield return result.Added == 0
            ? OperationsText.Of("ImportCasesNothingNew", result.Known)
            : OperationsText.Of("ImportCasesDone", result.Added, result.Known);
        if (result.UnknownCategories.Count > 0)
        {
            yield return OperationsText.Of("ImportCasesUnknownCategories", string.Join(", ", result.UnknownCategories));
        }
    }

    private static Option<string?> Column(string name) => new(name) { Description = OperationsText.Of("ImportCasesColumn"), HelpName = "COLUMN" };
}
