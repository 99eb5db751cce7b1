using GridFlow.Designer.Editing;
using GridFlow.Workflows.Definitions;
using Microsoft.JSInterop;

namespace GridFlow.Designer;

/// <summary>What the browser tells a canvas: the end of a gesture, or a key. One message each.</summary>
public sealed class CanvasGestures(FlowCanvas canvas)
{
    /// <summary>Steps and lines (<c>source</c>, <c>target</c>) were chosen.</summary>
    [JSInvokable]
    public Task Choose(string[] nodes, string[][] links) => canvas.OnCircuitAsync(() => canvas.ChooseAsync(new FlowSelection([.. nodes], [.. links.Select(link => new FlowLink(link[0], link[1]))])));

    /// <summary>Steps were let go, so far from where they stood.</summary>
    [JSInvokable]
    public Task Move(string[] nodes, double x, double y) => canvas.OnCircuitAsync(() => canvas.EditAsync(actions => actions.Move(nodes, x, y)));

    /// <summary>A line was drawn from a step, or from one of its outcomes, to another step or to an empty place; a mere click on an outcome says neither.</summary>
    [JSInvokable]
    public Task Connect(string source, string? port, string? target, double? x, double? y) =>
        canvas.OnCircuitAsync(() => canvas.ConnectAsync(source, port, target, x is { } left && y is { } top ? new CanvasPoint(left, top) : null));

    /// <summary>An end of a line was let go on another step.</summary>
    [JSInvokable]
    public Task Reconnect(string source, string target, string newSource, string newTarget) =>
        canvas.OnCircuitAsync(() => canvas.EditAsync(actions => actions.Reconnect(new FlowLink(source, target), newSource, newTarget)));

    /// <summary>A kind of step was let go on the canvas, perhaps on a line.</summary>
    [JSInvokable]
    public Task Add(string type, string? flow, double x, double y, string[]? link) =>
        canvas.OnCircuitAsync(() => canvas.AddAsync(new NewStepChoice(type, flow), new CanvasPoint(x, y), link is [var source, var target] ? new FlowLink(source, target) : null));

    /// <summary>A key was pressed, or a place on the canvas, that stands for a command.</summary>
    [JSInvokable]
    public Task Press(string command, string? step) => canvas.OnCircuitAsync(() => canvas.PressAsync(command, step));
}

/// <summary>A kind of step to add.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Flow">For a step that calls another workflow: its definition id.</param>
public sealed record NewStepChoice(string Type, string? Flow);
