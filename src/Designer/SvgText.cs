using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace GridFlow.Designer;

/// <summary>Lines of text in a picture. Written as code, because Razor keeps the name of SVG's text element for itself.</summary>
public sealed class SvgText : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Lines { get; set; }

    [Parameter, EditorRequired]
    public double X { get; set; }

    /// <summary>The base line of the first line.</summary>
    [Parameter, EditorRequired]
    public double Y { get; set; }

    [Parameter]
    public double LineHeight { get; set; }

    [Parameter]
    public string Class { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        for (var i = 0; i < Lines.Count; i++)
        {
            builder.OpenElement(2, "tspan");
            builder.AddAttribute(3, "x", X.ToString("0.#", CultureInfo.InvariantCulture));
            builder.AddAttribute(4, "y", (Y + (i * LineHeight)).ToString("0.#", CultureInfo.InvariantCulture));
            // Where a line breaks between words there was a space, which whoever listens or selects wants back.
            builder.AddContent(5, Lines[i] is [.., < '\u2e80'] ? Lines[i] + " " : Lines[i]);
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
