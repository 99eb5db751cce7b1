using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>A step as it is drawn.</summary>
/// <param name="Id">The activity's id.</param>
/// <param name="Kind">Its look.</param>
/// <param name="Bounds">The outline.</param>
/// <param name="Name">Its whole name.</param>
/// <param name="Title">The name, broken into lines.</param>
/// <param name="Notes">Small lines under the name: who, and for how long.</param>
public sealed record DrawnNode(string Id, StepKind Kind, Rect Bounds, string Name, ImmutableArray<string> Title, ImmutableArray<string> Notes)
{
    /// <summary>Where the name of a bar stands: beneath it, as it has no inside.</summary>
    public Rect? Caption { get; init; }

    /// <summary>The same with its left upper corner at zero, to be moved about as a whole.</summary>
    public DrawnNode AtOrigin() => this with
    {
        Bounds = new Rect(0, 0, Bounds.Width, Bounds.Height),
        Caption = Caption is { } caption ? new Rect(caption.X - Bounds.X, caption.Y - Bounds.Y, caption.Width, caption.Height) : null,
    };

    /// <summary>Whether both are painted alike.</summary>
    public bool LooksLike(DrawnNode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || (Id == other.Id && Kind == other.Kind && Bounds == other.Bounds && Name == other.Name && Title.SequenceEqual(other.Title) && Notes.SequenceEqual(other.Notes));
    }
}

/// <summary>A line as it is drawn; outcomes of one step that lead to the same next step share one.</summary>
public sealed record DrawnEdge(string Source, string Target, ImmutableArray<string> Ports, ImmutableArray<CanvasPoint> Points, DrawnLabel? Label)
{
    /// <summary>The whole text of the label, one outcome a line.</summary>
    public string LabelText { get; init; } = "";
}

/// <summary>A workflow laid out: where everything stands, in canvas units, ready to be painted.</summary>
public sealed record FlowDrawing(ImmutableArray<DrawnNode> Nodes, ImmutableArray<DrawnEdge> Edges, Rect Bounds);
