using System.CommandLine;
using System.Globalization;
using GridFlow.Server.BundleMigration;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Migration;

namespace GridFlow.Server.Operations;

internal sealed class MigrateInstancesVerb() : Verb("instances migrate", OperationsText.Of("MigrateHelp"))
{
    private const int Told = 50;
    private readonly Option<int?> _from = new("--from") { Description = OperationsText.Of("MigrateFrom"), HelpName = "N" };
    private readonly Option<int?> _to = new("--to") { Description = OperationsText.Of("MigrateTo"), HelpName = "M" };
    private readonly Option<string?> _workflow = new("--workflow") { Description = OperationsText.Of("MigrateWorkflow"), HelpName = "ID" };
    private readonly Option<string?> _mapping = new("--mapping") { Description = OperationsText.Of("MigrateMapping"), HelpName = "FILE" };
    private readonly Option<string?> _reason = new("--reason") { Description = OperationsText.Of("MigrateReason"), HelpName = "TEXT" };
    private readonly Option<bool> _preview = new("--preview") { Description = OperationsText.Of("MigratePreview") };
    private readonly Option<string?> _resume = new("--resume") { Description = OperationsText.Of("MigrateResume"), HelpName = "RUN" };
    private readonly Option<string?> _undo = new("--undo") { Description = OperationsText.Of("MigrateUndo"), HelpName = "RUN" };

    protected override IReadOnlyList<Symbol> Symbols => [_from, _to, _workflow, _mapping, _reason, _preview, _resume, _undo];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        RefuseContradictions(context.Parsed);
        var runs = context.Services.GetRequiredService<MigrationRuns>();
        var reason = context.Parsed.GetValue(_reason)?.Trim() ?? "";
        if (context.Parsed.GetValue(_undo) is { } undone)
        {
            return await UndoAsync(context, runs, undone, reason, cancellationToken);
        }

        if (context.Parsed.GetValue(_resume) is { } resumed)
        {
            var known = await FindAsync(runs, resumed, cancellationToken);
            if (await runs.ProgressAsync(resumed, cancellationToken) is { MayResume: false } over)
            {
                throw new BadInputException(over.Undone + over.NotUndone > 0
                    ? OperationsText.Of("MigrateWasUndone", resumed, known.FromBundle, known.ToBundle)
                    : OperationsText.Of("MigrateFinished", resumed));
            }

            return await CarryOutAsync(context, runs, resumed, await BundleAsync(context, known.FromBundle, cancellationToken), cancellationToken);
        }

        if (context.Parsed.GetValue(_from) is not { } from || context.Parsed.GetValue(_to) is not { } to)
        {
            throw new BadInputException(OperationsText.Of("MigrateMissing"));
        }

        if (from == to)
        {
            throw new BadInputException(OperationsText.Of("MigrateSame", from));
        }

        var (old, target) = (await BundleAsync(context, from, cancellationToken), await BundleAsync(context, to, cancellationToken));
        var workflow = context.Parsed.GetValue(_workflow);
        if (workflow is not null && old.FindDefinition(workflow) is null)
        {
            throw new BadInputException(OperationsText.Of("MigrateNoWorkflow", workflow, from));
        }

        var mapping = await MappingAsync(context.Parsed.GetValue(_mapping), old, target, cancellationToken);
        var order = new MigrationOrder(from, to, workflow, mapping);
        if (context.Parsed.GetValue(_preview))
        {
            return await PreviewAsync(context, runs, order, old, cancellationToken);
        }

        return await CarryOutAsync(context, runs, await runs.OrderAsync(order, reason, CurrentUser.Operator, cancellationToken), old, cancellationToken);
    }

    // A run knows what it was ordered to do; what is said again would be passed over in silence.
    private void RefuseContradictions(ParseResult parsed)
    {
        Option[] order = [_from, _to, _workflow, _mapping, _preview];
        Refuse(_undo, [_resume, .. order]);
        Refuse(_resume, [_reason, .. order]);

        void Refuse(Option act, Option[] others)
        {
            if (parsed.GetResult(act) is not null && others.FirstOrDefault(other => parsed.GetResult(other) is { Implicit: false }) is { } other)
            {
                throw new BadInputException(OperationsText.Of("MigrateContradiction", other.Name, act.Name));
            }
        }
    }

    private static async Task<int> PreviewAsync(VerbContext context, MigrationRuns runs, MigrationOrder order, Bundle old, CancellationToken cancellationToken)
    {
        var forecast = await VerbContext.WithProgressAsync(OperationsText.Of("MigrateLooking"), progress => runs.ForecastAsync(order, progress, cancellationToken));
        context.Report(
            new
            {
                forecast.Total,
                forecast.Possible,
                forecast.Impossible,
                forecast.Visible,
                forecast.Timers,
                Cases = forecast.Cases.Select(one => new
                {
                    Case = one.InstanceId,
                    one.IsPossible,
                    one.Stands,
                    WorkItems = one.WorkItems.Select(item => new { item.Item.Id, item.Item.ActivityId, item.To, item.FormChanges, Due = item.Item.Due?.DueAt }),
                    Timers = one.Timers.Select(timer => new { timer.Timer.Id, timer.From, timer.To, timer.Timer.DueAt }),
                    Obstacles = one.Obstacles.Select(obstacle => new { obstacle.Kind, obstacle.Definition, obstacle.Activity, obstacle.Detail, Message = obstacle.Describe(old).ToString() }),
                }),
            },
            [
                OperationsText.Of("MigrateForecast", forecast.Total, forecast.Possible, forecast.Impossible, forecast.Visible, forecast.Timers),
                .. forecast.Cases.Take(Told).Select(one => Line(one, old)),
            ]);
        return forecast.Impossible == 0 ? 0 : 1;
    }

    private static async Task<int> CarryOutAsync(VerbContext context, MigrationRuns runs, string run, Bundle old, CancellationToken cancellationToken)
    {
        try
        {
            await VerbContext.WithProgressAsync(OperationsText.Of("MigrateMoving"), bar => runs.CarryOutAsync(run, new Shares(bar), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            var stopped = await runs.ProgressAsync(run, CancellationToken.None);
            throw new BadInputException(OperationsText.Of("MigrateStopped", stopped.Moved, stopped.Total, run));
        }

        var done = await runs.ProgressAsync(run, cancellationToken);
        var refusals = await runs.RefusalsAsync(run, int.MaxValue, cancellationToken);
        context.Report(
            new { done.Run, done.Total, done.Moved, done.Refused, Refusals = Refusals(refusals, old, isUndo: false) },
            [OperationsText.Of("MigrateDone", done.Moved, done.Refused, run), .. refusals.Where(refusal => !refusal.IsUndo).Take(Told).Select(refusal => Line(refusal.InstanceId, refusal.Obstacles, old))]);
        return done.Refused == 0 ? 0 : 1;
    }

    private static async Task<int> UndoAsync(VerbContext context, MigrationRuns runs, string run, string reason, CancellationToken cancellationToken)
    {
        var row = await FindAsync(runs, run, cancellationToken);
        var old = await BundleAsync(context, row.FromBundle, cancellationToken);
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("MigrateUndoing"), progress => runs.UndoAsync(run, reason, CurrentUser.Operator, progress, cancellationToken));
        var refusals = await runs.RefusalsAsync(run, int.MaxValue, cancellationToken);
        context.Report(
            new { result.Run, result.Undone, result.Refused, Refusals = Refusals(refusals, old, isUndo: true) },
            [OperationsText.Of("MigrateUndone", result.Undone, result.Refused), .. refusals.Where(refusal => refusal.IsUndo).Take(Told).Select(refusal => Line(refusal.InstanceId, refusal.Obstacles, old))]);
        return result.Refused == 0 ? 0 : 1;
    }

    private static IEnumerable<object> Refusals(IReadOnlyList<MigrationRefusal> refusals, Bundle old, bool isUndo) => refusals.Where(refusal => refusal.IsUndo == isUndo)
        .Select(refusal => new { Case = refusal.InstanceId, Obstacles = refusal.Obstacles.Select(obstacle => new { obstacle.Kind, obstacle.Definition, obstacle.Activity, obstacle.Detail, Message = obstacle.Describe(old).ToString() }) });

    private static string Line(MigrationPreview preview, Bundle old) => preview.IsPossible
        ? OperationsText.Of("MigrateLine", preview.InstanceId, string.Join(", ", preview.Stands.Select(place => place.From == place.To ? place.From : $"{place.From} → {place.To}")))
        : Line(preview.InstanceId, preview.Obstacles, old);

    private static string Line(string id, IEnumerable<MigrationObstacle> obstacles, Bundle old) =>
        OperationsText.Of("MigrateLineRefused", id, string.Join("; ", obstacles.Select(obstacle => obstacle.Describe(old).ToString())));

    private static async Task<ActivityMapping> MappingAsync(string? file, Bundle old, Bundle target, CancellationToken cancellationToken)
    {
        var proposed = MappingProposal.Between(old, target).ToMapping();
        if (file is null)
        {
            return proposed;
        }

        try
        {
            var mapping = proposed.With(ActivityMapping.Read(await File.ReadAllTextAsync(file, cancellationToken)));
            return mapping.Check(old, target).FirstOrDefault() is { } obstacle ? throw new BadInputException($"{file}: {obstacle.Describe(old)}") : mapping;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file}: {problem.Message}");
        }
        catch (DefinitionFormatException problem)
        {
            throw new BadInputException($"{file}: {problem.Message}");
        }
    }

    private static async Task<Bundle> BundleAsync(VerbContext context, int number, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Services.GetRequiredService<BundleStore>().GetAsync(number, cancellationToken);
        }
        catch (KeyNotFoundException)
        {
            throw new BadInputException(OperationsText.Of("MigrateNoBundle", number.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static async Task<MigrationRunRow> FindAsync(MigrationRuns runs, string run, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.GetRunAsync(run, cancellationToken);
        }
        catch (KeyNotFoundException)
        {
            throw new BadInputException(OperationsText.Of("MigrateNoRun", run));
        }
    }

    private sealed class Shares(IProgress<double> bar) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => bar.Report(value.Share);
    }
}
