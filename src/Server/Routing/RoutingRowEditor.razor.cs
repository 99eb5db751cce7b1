using System.Globalization;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GridFlow.Server.Routing;

/// <summary>Edits one row; every change is at once a change of the draft, so that checks and try-outs follow.</summary>
public sealed partial class RoutingRowEditor
{
    private ElementReference _heading;
    private string _amount = "";
    private TimeUnit _unit = TimeUnit.WorkingDay;
    private bool _isLimitBad;
    private int _assistingRound;

    [Parameter, EditorRequired]
    public required RoutingRow Row { get; set; }

    [Parameter]
    public EventCallback<RoutingRow> RowChanged { get; set; }

    [Parameter, EditorRequired]
    public required RoutingNames Names { get; set; }

    [Parameter, EditorRequired]
    public required RoutingWords Words { get; set; }

    [Parameter]
    public IReadOnlyList<string> Problems { get; set; } = [];

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback OnDuplicate { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    protected override void OnInitialized()
    {
        if (Row.Limit is { } limit)
        {
            (_amount, _unit) = (limit.Amount.ToString("0.####", CultureInfo.InvariantCulture), limit.Unit);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _heading.FocusAsync();
        }
    }

    private Task Set(RoutingRow row) => RowChanged.InvokeAsync(row);

    private Task AddAssisting(string unit)
    {
        if (unit.Length == 0)
        {
            return Task.CompletedTask;
        }

        _assistingRound++;
        return Row.Assisting.Contains(unit) ? Task.CompletedTask : Set(Row with { Assisting = Row.Assisting.Add(unit) });
    }

    private Task SetLimit(string amount, TimeUnit unit)
    {
        (_amount, _unit) = (amount.Trim(), unit);
        if (_amount.Length == 0)
        {
            _isLimitBad = false;
            return Set(Row with { Limit = null });
        }

        var isNumber = decimal.TryParse(_amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        _isLimitBad = !isNumber || !TimeLimit.TryParse(new TimeLimit(number, unit).ToString(), out _);
        return _isLimitBad ? Task.CompletedTask : Set(Row with { Limit = new TimeLimit(number, unit) });
    }

    private Task CloseOnEscapeAsync(KeyboardEventArgs key) => key.Key == "Escape" ? OnClose.InvokeAsync() : Task.CompletedTask;

    private RenderFragment Choice<T>(string name, T? value, Func<T?, RoutingRow> with)
        where T : struct, Enum => builder =>
    {
        builder.OpenElement(0, "label");
        builder.AddAttribute(1, "class", "field");
        builder.OpenElement(2, "span");
        builder.AddContent(3, Text[name]);
        builder.CloseElement();
        builder.OpenElement(4, "select");
        builder.AddAttribute(5, "value", value?.ToString() ?? "");
        builder.AddAttribute(6, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, change => Set(with(Parse<T>(change)))));
        builder.OpenElement(7, "option");
        builder.AddAttribute(8, "value", "");
        builder.AddContent(9, Text["Any"]);
        builder.CloseElement();
        foreach (var option in Enum.GetValues<T>())
        {
            builder.OpenElement(10, "option");
            builder.AddAttribute(11, "value", option.ToString());
            builder.AddContent(12, Text[$"{name}{option}"]);
            builder.CloseElement();
        }

        builder.CloseElement();
        builder.CloseElement();
    };

    private static T? Parse<T>(ChangeEventArgs change)
        where T : struct, Enum => Enum.TryParse<T>(change.Value as string, out var value) ? value : null;

    private static string? TextOf(ChangeEventArgs change) => change.Value is string { Length: > 0 } text ? text : null;

    private static string Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static TimeOnly? ParseTime(ChangeEventArgs change) =>
        TimeOnly.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var time) ? time : null;
}
