using System.Globalization;

namespace GridFlow.Workflows.Tests.Mutations;

/// <summary>
/// Goes through many mutants, each made from its own seed, and fails on the first that crashes, takes more memory than it may, or
/// does not come to an end. <c>GRIDFLOW_MUTANTS</c> says how many, <c>GRIDFLOW_MUTANT_SEED</c> from which seed on.
/// </summary>
internal static class Mutants
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Counts what became of the mutants: <paramref name="judge"/> names it, having thrown nothing.</summary>
    public static async Task<Dictionary<string, int>> GoThroughAsync(int count, long mostBytes, Func<Random, string> make, Func<string, string> judge, CancellationToken cancellationToken)
    {
        var first = Number("GRIDFLOW_MUTANT_SEED", 1);
        var last = first + Number("GRIDFLOW_MUTANTS", count);
        var fates = new Dictionary<string, int>();
        var current = first;
        var work = Task.Run(() =>
        {
            for (; current < last; current++)
            {
                // Reproducible on purpose: a seed names a mutant.
#pragma warning disable CA5394
                var mutant = make(new Random(current));
#pragma warning restore CA5394
                var before = GC.GetAllocatedBytesForCurrentThread();
                string fate;
                try
                {
                    fate = judge(mutant);
                }
                catch (Exception crash)
                {
                    throw new InvalidOperationException($"Seed {current} crashes: {crash.Message}\n{Excerpt(mutant)}", crash);
                }

                var used = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(used <= mostBytes, $"Seed {current} takes {used:N0} bytes ({fate})\n{Excerpt(mutant)}");
                fates[fate] = fates.GetValueOrDefault(fate) + 1;
            }
        }, cancellationToken);
        if (await Task.WhenAny(work, Task.Delay(Patience, cancellationToken)) != work)
        {
            Assert.Fail($"Seed {current} does not come to an end.");
        }

        await work;
        TestContext.Current.SendDiagnosticMessage("{0}", string.Join(", ", fates.OrderBy(fate => fate.Key, StringComparer.Ordinal).Select(fate => $"{fate.Key}: {fate.Value}")));
        return fates;
    }

    private static int Number(string variable, int otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;

    private static string Excerpt(string mutant) => mutant.Length > 4000 ? mutant[..4000] + "…" : mutant;
}
