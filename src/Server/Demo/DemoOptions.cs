namespace GridFlow.Server.Demo;

/// <summary>What of the demo is wanted, in Development only; anywhere else there is none.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>A few dozen cases at every stage, when the portal starts on a database without cases.</summary>
    public bool Cases { get; set; } = true;
}
