namespace GridFlow.Workflows.Engine;

/// <summary>What was to happen in a dry run is not allowed as things stand.</summary>
/// <param name="reason">Why.</param>
/// <param name="detail">What the reason is about, see <see cref="Refusal"/>.</param>
public sealed class StimulusRefusedException(Refusal reason, string detail) : InvalidOperationException($"{reason}: {detail}")
{
    /// <summary>Why.</summary>
    public Refusal Reason => reason;

    /// <summary>What the reason is about.</summary>
    public string Detail => detail;
}
