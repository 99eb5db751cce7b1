using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Operations.Definitions;

/// <summary>Writes the workflows in force as Elsa 3 definitions, a file each. The same workflows give the same files.</summary>
internal sealed class ExportDefinitionsVerb() : Verb("definitions export", OperationsText.Of("DefinitionsExportHelp"))
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string[]> _names = new("NAME") { Description = OperationsText.Of("DefinitionsExportNames"), Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _to = new("--to") { Description = OperationsText.Of("DefinitionsExportTo"), HelpName = "DIR", Required = true };

    protected override IReadOnlyList<Symbol> Symbols => [_names, _to];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var bundle = await context.Services.GetRequiredService<BundleStore>().GetCurrentAsync(cancellationToken);
        var named = (context.Parsed.GetValue(_names) ?? []).Select(name => bundle.Definitions.FirstOrDefault(definition => IsNamed(definition, name))
            ?? throw new BadInputException(OperationsText.Of("DefinitionsExportUnknown", name, string.Join(", ", bundle.Definitions.Select(definition => definition.DefinitionId))))).ToList();
        var directory = context.Parsed.GetRequiredValue(_to);
        var files = new List<string>();
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var definition in (named.Count > 0 ? named : [.. bundle.Definitions]).Distinct().OrderBy(definition => definition.DefinitionId, StringComparer.Ordinal))
            {
                var file = Path.Combine(directory, FileName(definition.DefinitionId, files));
                await File.WriteAllTextAsync(file, ElsaJson.Write(definition).ToJsonString(Readable) + "\n", new UTF8Encoding(false), cancellationToken);
                files.Add(file);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(OperationsText.Of("DefinitionsUnwritable", directory, problem.Message));
        }

        context.Report(new { bundle = bundle.Number, files }, files);
        return 0;
    }

    private static bool IsNamed(WorkflowDefinition definition, string name) => definition.DefinitionId == name || definition.Name.Zh == name || definition.Name.En == name;

    // An id may hold anything; a file's name may not, and may not lead out of the directory.
    private static string FileName(string id, List<string> taken)
    {
        var plain = string.Concat(id.Take(100).Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' ? character : '_'));
        return taken.Any(file => string.Equals(Path.GetFileNameWithoutExtension(file), plain, StringComparison.OrdinalIgnoreCase)) ? $"{plain}-{taken.Count + 1}.json" : plain + ".json";
    }
}
