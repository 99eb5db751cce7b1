using System.Globalization;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Migration;

/// <summary>Moving an instance to another bundle, and back.</summary>
internal static class MigrationActs
{
    private const int LongestMapping = 300;

    public static Decision Move(WorkflowInstance instance, Bundles.Bundle from, Stimulus.MoveToBundle move, DateTimeOffset now)
    {
        if (move.From != from.Number)
        {
            return Refused(MigrationObstacle.OfInstance(ObstacleKind.OtherBundle, Text(from.Number)));
        }

        if (move.Target.Number == from.Number)
        {
            return Refused(MigrationObstacle.OfInstance(ObstacleKind.SameBundle, Text(from.Number)));
        }

        var preview = MigrationPlan.Preview(instance, from, move.Target, move.Mapping);
        if (!preview.IsPossible)
        {
            return new Decision.Refused(Refusal.CannotMove, MigrationObstacle.Write(preview.Obstacles));
        }

        var step = new Step(MigrationPlan.Apply(instance, from, move.Target, move.Mapping), move.Target, move.Actor, now, isNew: false);
        Touch(step);
        step.Migration = new MigrationRecord(move.Run, instance.Id, from.Number, move.Target.Number, now, instance.Version + 1, InstanceJson.Write(instance));
        step.Record(HistoryKind.Migrated, move.Actor, false, ("from", Text(from.Number)), ("to", Text(move.Target.Number)), ("run", move.Run), ("reason", move.Reason), ("mapping", Mattered(preview)));
        return new Decision.Accepted(step.ToCheckpoint());
    }

    public static Decision MoveBack(WorkflowInstance instance, Bundles.Bundle current, Stimulus.MoveBack back, DateTimeOffset now)
    {
        var record = back.Record;
        var until = record.At + back.Window;
        if (record.InstanceId != instance.Id || record.UndoneAt is not null || instance.Version != record.Version)
        {
            return Refused(MigrationObstacle.OfInstance(ObstacleKind.MovedOn));
        }

        if (now > until)
        {
            return Refused(MigrationObstacle.OfInstance(ObstacleKind.TooLate, until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        }

        // Exactly what it was, but for what tells of the move and of this.
        var restored = InstanceJson.Read(record.Before);
        (restored.Version, restored.Case) = (instance.Version, instance.Case);
        (restored.HistoryCount, restored.HistoryHash) = (instance.HistoryCount, instance.HistoryHash);
        var step = new Step(restored, current, back.Actor, now, isNew: false);
        Touch(step);
        step.Migration = record with { UndoneAt = now };
        step.Record(HistoryKind.Migrated, back.Actor, false, ("from", Text(record.To)), ("to", Text(record.From)), ("run", record.Run), ("undo", "true"), ("reason", back.Reason));
        return new Decision.Accepted(step.ToCheckpoint());
    }

    // Every open item now belongs to another bundle, wherever it stands.
    private static void Touch(Step step)
    {
        foreach (var item in step.Instance.WorkItems.ToList())
        {
            step.Change(item);
        }
    }

    private static Decision.Refused Refused(MigrationObstacle obstacle) => new(Refusal.CannotMove, MigrationObstacle.Write([obstacle]));

    // The mapping has an entry for each activity there is; the history keeps those this case stood at and that changed.
    private static string Mattered(MigrationPreview preview)
    {
        var text = string.Join("; ", preview.Stands.Where(place => place.From != place.To).Select(place => $"{place.Definition}/{place.From} > {place.To}").Distinct());
        return text.Length <= LongestMapping ? text : text[..LongestMapping] + "…";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
