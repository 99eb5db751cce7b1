using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>
/// How often a model is run: as the test says, or <c>GRIDFLOW_MODEL_RUNS</c> times. A failure is shrunk and printed with its seed;
/// <c>GRIDFLOW_MODEL_REPLAY=seed,gamma,size</c>, as printed, runs that one again.
/// </summary>
internal static class ModelRuns
{
    public static void Check<T>(int runs, Gen<T> any, Func<T, IEnumerable<T>> shrink, Action<T> holds)
    {
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(Environment.GetEnvironmentVariable("GRIDFLOW_MODEL_RUNS") is { Length: > 0 } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : runs);
        if (Environment.GetEnvironmentVariable("GRIDFLOW_MODEL_REPLAY") is { Length: > 0 } replay)
        {
            var parts = replay.Split(',');
            var seed = new Rnd(ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
            var size = int.Parse(parts[2], CultureInfo.InvariantCulture);
            config = config.WithMaxTest(1).WithReplay(FSharpOption<FsCheck.Replay>.Some(new FsCheck.Replay(seed, FSharpOption<int>.Some(size))));
        }

        Prop.ForAll(Arb.From(any, shrink), holds).Check(config);
    }
}
