using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Tests.Model;

namespace GridFlow.Workflows.Tests.Mutations;

public sealed class DefinitionMutationTests
{
    private const int Count = 10_000;
    private const long MostBytes = 200_000_000;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly List<string> Originals = [.. Shipped(), .. Drawn(), .. Samples()];

    [Fact]
    public async Task Ten_thousand_spoilt_definitions_are_read_or_refused_with_a_message()
    {
        var fates = await Mutants.GoThroughAsync(Count, MostBytes, random => DefinitionMutator.Mutate(Originals[random.Next(Originals.Count)], random), Judge, TestContext.Current.CancellationToken);

        // Else the mutator would be too tame or too wild to tell anything.
        Assert.All((string[])["refused", "read, with errors", "read, and run"], fate => Assert.True(fates.GetValueOrDefault(fate) > fates.Values.Sum() / 100, $"{fate}: {fates.GetValueOrDefault(fate)}"));
    }

    private static string Judge(string json)
    {
        WorkflowDefinition definition;
        try
        {
            definition = ElsaJson.Read(json);
        }
        catch (DefinitionFormatException refusal)
        {
            Assert.NotEmpty(refusal.Problem.Zh);
            Assert.NotEmpty(refusal.Problem.En);
            return "refused";
        }

        // What is read can be checked, kept, and read again.
        var problems = DefinitionValidator.Validate(definition, id => id == definition.DefinitionId, _ => true);
        Assert.All(problems, problem => Assert.NotEmpty(problem.Message.Zh));
        Assert.Equal(definition.AllActivities().Count(), ElsaJson.Read(ElsaJson.Write(definition).ToJsonString()).AllActivities().Count());
        if (problems.Any(problem => problem.IsError))
        {
            return "read, with errors";
        }

        Run(definition);
        return "read, and run";
    }

    // What may be published may fail, as an incident; it may not throw.
    private static void Run(WorkflowDefinition definition)
    {
        var bundle = BlockDrawing.BundleOf(definition);
        var state = new CaseState { Number = "C1", Title = "t", ReportedAt = Now, AcceptedAt = Now, AreaPath = "/99/9901/990101/" };
        var start = new Stimulus.Start("C1", definition.DefinitionId, state, ImmutableDictionary<string, object?>.Empty, Actor.System);
        var begun = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(bundle, null, start, Now)).Checkpoint.Instance;
        Assert.DoesNotContain(begun.WorkItems, item => item.Problem?.Contains("the program itself failed", StringComparison.Ordinal) == true);
        var kept = InstanceJson.Read(InstanceJson.Write(begun));
        kept.Case = begun.Case;
        if (kept.WorkItems.FirstOrDefault() is { } item)
        {
            WorkflowExecutor.Decide(bundle, kept, new Stimulus.CompleteWorkItem(item.Id, "Done", ImmutableDictionary<string, object?>.Empty, "x", Actor.System), Now);
        }

        if (kept.Timers.FirstOrDefault() is { } timer)
        {
            WorkflowExecutor.Decide(bundle, kept, new Stimulus.TimerDue(timer.Id), timer.DueAt);
        }
    }

    private static IEnumerable<string> Shipped() => ShippedBundle.Read(1).Definitions.Select(Text);

    private static IEnumerable<string> Drawn() => FsCheck.Fluent.Gen.Sample(Plans.Any, 40, new FsCheck.Rnd(1, 1), 50).SelectMany(plan => BlockDrawing.Bundle(plan.Normal().Main).Definitions).Select(Text);

    // Real definitions, where they are beside the repository.
    private static IEnumerable<string> Samples() => SampleFolder() is { } folder
        ? Directory.EnumerateFiles(folder, "*.json").Where(file => !Path.GetFileName(file).StartsWith("studio_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file).TrimStart('\uFEFF')).Where(text => text.Length < 50_000)
        : [];

    private static string? SampleFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
            {
                var samples = Path.Combine(folder.FullName, "..", "shared", "data", "elsa_definitions");
                return Directory.Exists(samples) ? samples : null;
            }
        }

        return null;
    }

    private static string Text(WorkflowDefinition definition) => ElsaJson.Write(definition).ToJsonString(new JsonSerializerOptions());
}
