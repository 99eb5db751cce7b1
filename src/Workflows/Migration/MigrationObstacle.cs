using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Migration;

/// <summary>What keeps an instance from moving to another bundle.</summary>
public enum ObstacleKind
{
    /// <summary>A workflow that runs in it is not in the newer bundle.</summary>
    WorkflowGone,

    /// <summary>It stands at an activity that nothing takes the place of.</summary>
    ActivityGone,

    /// <summary>What takes the activity's place is of another type; detail: old and new type.</summary>
    TypeChanged,

    /// <summary>What takes the activity's place is inside another container; detail: that container.</summary>
    PlaceChanged,

    /// <summary>A branch waits at a join, and the connection it came by is not drawn any more; detail: where it waits.</summary>
    ConnectionGone,

    /// <summary>Two activities are mapped to one; detail: that one.</summary>
    TwoBecomeOne,

    /// <summary>The mapping names an activity that does not exist.</summary>
    UnknownActivity,

    /// <summary>It is not open any more.</summary>
    NotRunning,

    /// <summary>It does not run under the bundle to migrate from; detail: its bundle.</summary>
    OtherBundle,

    /// <summary>It runs under the bundle to migrate to already; detail: that bundle.</summary>
    SameBundle,

    /// <summary>It went on since it was moved, so that it cannot go back.</summary>
    MovedOn,

    /// <summary>It was moved too long ago to go back; detail: until when it could.</summary>
    TooLate,
}

/// <summary>One reason why an instance cannot move.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Definition">The workflow, or empty.</param>
/// <param name="Activity">The activity by id, or empty.</param>
/// <param name="Detail">See <see cref="ObstacleKind"/>.</param>
public sealed record MigrationObstacle(ObstacleKind Kind, string Definition, string Activity, string Detail)
{
    /// <summary>An obstacle that is about the whole instance.</summary>
    public static MigrationObstacle OfInstance(ObstacleKind kind, string detail = "") => new(kind, "", "", detail);

    /// <summary>Writes obstacles for keeping.</summary>
    public static string Write(IEnumerable<MigrationObstacle> obstacles) => JsonSerializer.Serialize(obstacles, BundleJson.Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ImmutableArray<MigrationObstacle> Read(string json) => [.. JsonSerializer.Deserialize<List<MigrationObstacle>>(json, BundleJson.Options) ?? []];

    /// <summary>The reason in words, with the names of <paramref name="from"/>.</summary>
    public LocalizedText Describe(Bundle from)
    {
        ArgumentNullException.ThrowIfNull(from);
        var definition = from.FindDefinition(Definition);
        var flow = definition?.Name ?? LocalizedText.Same(Definition);
        var step = definition?.FindActivity(Activity)?.Called ?? LocalizedText.Same(Activity);
        return Kind switch
        {
            ObstacleKind.WorkflowGone => new($"新版本里没有流程“{flow.Zh}”", $"there is no workflow “{flow.En}” in the newer version"),
            ObstacleKind.ActivityGone => new($"“{flow.Zh}”的步骤“{step.Zh}”在新版本里没有对应的步骤", $"nothing takes the place of “{step.En}” in “{flow.En}”"),
            ObstacleKind.TypeChanged => new($"“{flow.Zh}”的步骤“{step.Zh}”换了类型：{Detail}", $"“{step.En}” in “{flow.En}” became something else: {Detail}"),
            ObstacleKind.PlaceChanged => new($"“{flow.Zh}”的步骤“{step.Zh}”移到了另一个容器里", $"“{step.En}” in “{flow.En}” stands in another container now"),
            ObstacleKind.ConnectionGone => new($"“{flow.Zh}”里有分支在“{step.Zh}”之后等待汇合，这条连线已不在新版本里", $"a branch of “{flow.En}” waits to be joined after “{step.En}”, by a connection that is not drawn any more"),
            ObstacleKind.TwoBecomeOne => new($"“{flow.Zh}”的 {Activity} 不能对应到同一个步骤 {Detail}", $"{Activity} of “{flow.En}” cannot both become {Detail}"),
            ObstacleKind.UnknownActivity => new($"“{flow.Zh}”里没有步骤 {Activity}", $"there is no step {Activity} in “{flow.En}”"),
            ObstacleKind.NotRunning => new("已经办完，不需要迁移", "it is over and needs no moving"),
            ObstacleKind.OtherBundle => new($"正在版本 {Detail} 下办理，不在所选的旧版本下", $"it runs under version {Detail}, not under the one chosen"),
            ObstacleKind.SameBundle => new($"已经在版本 {Detail} 下办理", $"it runs under version {Detail} already"),
            ObstacleKind.MovedOn => new("迁移之后已经继续办理，不能退回", "it has gone on since it was moved and cannot go back"),
            ObstacleKind.TooLate => new($"撤回期限（{Detail}）已过", $"it could go back until {Detail}"),
        };
    }
}
