using GridFlow.Server.Persistence;
using GridFlow.Server.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Accounts;

public sealed partial class SignInPage
{
    private string? _problem;
    private IReadOnlyList<DemoAccount> _demo = [];

    [Inject]
    public required SignInManager<Account> SignIn { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [Inject]
    public required Navigation Navigation { get; init; }

    [Inject]
    public required IWebHostEnvironment Environment { get; init; }

    [Inject]
    public required IDbContextFactory<GridFlowDbContext> Database { get; init; }

    [SupplyParameterFromForm]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "back")]
    private string? Back { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Environment.IsDevelopment())
        {
            await using var db = await Database.CreateDbContextAsync();
            var present = await db.Users.Select(user => user.UserName).ToListAsync();
            _demo = [.. DemoAccounts.All.Where(account => present.Contains(account.UserName))];
        }
    }

    private async Task SignInAsync()
    {
        var result = await SignIn.PasswordSignInAsync(
            Form?.UserName?.Trim() ?? "", Form?.Password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            // Wrong name and wrong password read the same: nobody learns here which accounts exist.
            _problem = Text[result.IsLockedOut ? "LockedOut" : "WrongPassword"];
            return;
        }

        var user = await SignIn.UserManager.FindByNameAsync(Form!.UserName!.Trim());
        var home = await Navigation.GetHomeAsync(await SignIn.CreateUserPrincipalAsync(user!));
        Navigator.NavigateTo(Preferences.Local(Back, home));
    }

    private sealed class SignInForm
    {
        public string? UserName { get; set; }

        public string? Password { get; set; }
    }
}
