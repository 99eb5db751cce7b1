using System.ComponentModel.DataAnnotations;

namespace GridFlow.Server.Photos;

/// <summary>Where photos are kept and how large they may be.</summary>
public sealed class PhotoOptions
{
    public const string Section = "Photos";

    /// <summary>Default: <c>photos</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>The largest file taken, in bytes. The pages shrink what they send to about 300 KB; scripts may not.</summary>
    [Range(10_000, 100_000_000)]
    public int MaxBytes { get; set; } = 8_000_000;

    /// <summary>The longest side taken, in pixels.</summary>
    [Range(100, 65_000)]
    public int MaxSide { get; set; } = 10_000;

    /// <summary>How many photos a case may have.</summary>
    [Range(1, 10_000)]
    public int MaxPerCase { get; set; } = 60;
}
