using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Accounts;

public sealed partial class PersonEditor
{
    private Role _role;
    private string? _unit;
    private string _password = "";
    private string? _problem;
    private string? _done;
    private int _round;

    [Inject]
    public required AccountCommands Commands { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [Parameter, EditorRequired]
    public required AccountRow Person { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> UnitNames { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    internal static string PostName(PostRow post, IReadOnlyDictionary<string, string> units, IStringLocalizer<AccountsText> text) =>
        (post.UnitKey == GridFlow.Workflows.Cases.UnitKey.Everywhere ? text["Everywhere"].Value : units.GetValueOrDefault(post.UnitKey, post.UnitKey))
        + " · " + text[$"Role{post.Role}"];

    private async Task AddAsync()
    {
        if (_unit is null)
        {
            (_problem, _done) = (Text["UnitMissing"], null);
            return;
        }

        await TellAsync(await Commands.AddPostAsync(Person.Id, new NewPost(_unit, _role), await AuthenticationState.GetUserAsync()), "PostAdded");
        _unit = null;
        _round++;
    }

    private async Task RemoveAsync(PostRow post) =>
        await TellAsync(await Commands.RemovePostAsync(Person.Id, post.Id, await AuthenticationState.GetUserAsync()), "PostRemoved");

    private async Task SetPasswordAsync()
    {
        await TellAsync(await Commands.SetPasswordAsync(Person.Id, _password, await AuthenticationState.GetUserAsync()), "PasswordIsSet");
        _password = "";
    }

    private async Task ToggleAsync() =>
        await TellAsync(await Commands.SetDisabledAsync(Person.Id, !Person.IsDisabled, await AuthenticationState.GetUserAsync()), Person.IsDisabled ? "EnabledNow" : "DisabledNow");

    private async Task TellAsync(AccountResult result, string doneKey)
    {
        _problem = result.Problem;
        _done = result.Problem is null ? Text[doneKey].Value : null;
        await OnChanged.InvokeAsync();
    }
}
