using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer;

/// <summary>The small window that lies over a canvas.</summary>
internal enum CanvasWindow
{
    None,
    Add,
    Port,
    Ways,
    Search,
    Help,
}

/// <summary>A line on its way: from where, by which outcome if that is known, to which step or place.</summary>
internal sealed record LineBegun(string Source, string? Port, string? Target, CanvasPoint? At);
