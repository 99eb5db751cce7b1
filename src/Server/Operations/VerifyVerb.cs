using System.CommandLine;
using GridFlow.Server.Cases;

namespace GridFlow.Server.Operations;

internal sealed class VerifyVerb() : Verb("verify", OperationsText.Of("VerifyHelp"))
{
    protected override IReadOnlyList<Symbol> Symbols => [];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var ledger = context.Services.GetRequiredService<ConservationLedger>();
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("VerifyProgress"), progress => ledger.CheckAsync(progress, cancellationToken));
        context.Report(result, Lines(result));
        return result.IsBalanced ? 0 : 1;
    }

    private static IEnumerable<string> Lines(Ledger ledger)
    {
        yield return OperationsText.Of("VerifyCounts", ledger.Accepted, ledger.Open, ledger.Closed, ledger.Merged, ledger.Withdrawn);
        foreach (var (key, cases) in new[]
        {
            ("VerifyStranded", ledger.Stranded), ("VerifyWithoutInstance", ledger.WithoutInstance), ("VerifyWithoutCase", ledger.WithoutCase), ("VerifyAdrift", ledger.Adrift), ("VerifyMisfiled", ledger.Misfiled), ("VerifyBrokenHistory", ledger.BrokenHistory),
        })
        {
            if (cases.Count > 0)
            {
                yield return OperationsText.Of(key, cases.Count, string.Join(", ", cases));
            }
        }

        yield return OperationsText.Of(ledger.IsBalanced ? "VerifyBalanced" : "VerifyNotBalanced");
    }
}
