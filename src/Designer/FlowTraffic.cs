using GridFlow.Designer.Canvas;

namespace GridFlow.Designer;

/// <summary>What went through a workflow in a span of time: how often each outcome, and how long steps usually took.</summary>
/// <param name="Ports">How often each outcome was taken, as <c>activity:port</c>.</param>
/// <param name="Medians">How long half of the work at a step took at most, from being given to being done, by activity id.</param>
public sealed record FlowTraffic(IReadOnlyDictionary<string, int> Ports, IReadOnlyDictionary<string, TimeSpan> Medians)
{
    private readonly Dictionary<string, int> _ends = Ports.GroupBy(port => port.Key[..port.Key.LastIndexOf(':')]).ToDictionary(group => group.Key, group => group.Sum(port => port.Value));
    private readonly int _most = Ports.Count == 0 ? 0 : Ports.Values.Max();

    /// <summary>Which part of a step's ends was by an outcome, from 0 to 1; null where the step never ended.</summary>
    public double? ShareOf(string activity, string port) =>
        _ends.TryGetValue(activity, out var ends) && ends > 0 ? (double)Ports.GetValueOrDefault($"{activity}:{port}") / ends : null;

    /// <summary>How much goes along a line, against the busiest, from 0 to 1; by the root, so that a tenth can still be told from nothing.</summary>
    public double WeightOf(DrawnEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        return _most == 0 ? 0 : Math.Sqrt(Math.Min(1, (double)edge.Ports.Sum(port => Ports.GetValueOrDefault($"{edge.Source}:{port}")) / _most));
    }
}
