using System.CommandLine;
using System.Security.Cryptography;
using GridFlow.Server.Accounts;
using GridFlow.Server.Organisation;
using GridFlow.Workflows.Cases;
using Spectre.Console;

namespace GridFlow.Server.Operations;

internal sealed class CreateAdminVerb() : Verb("create-admin", OperationsText.Of("CreateAdminHelp"))
{
    private readonly Argument<string> _user = new("USER")
    {
        Description = OperationsText.Of("CreateAdminUser"),
        DefaultValueFactory = _ => "admin",
    };

    private readonly Option<string?> _name = new("--name") { Description = OperationsText.Of("CreateAdminName") };

    private readonly Option<string?> _password = new("--password") { Description = OperationsText.Of("CreateAdminPassword") };

    private readonly Option<string?> _area = new("--area") { Description = OperationsText.Of("CreateAdminArea"), HelpName = "CODE" };

    protected override IReadOnlyList<Symbol> Symbols => [_user, _name, _password, _area];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var user = context.Parsed.GetRequiredValue(_user);
        var given = context.Parsed.GetValue(_password) ?? Ask();
        var password = given ?? Generate();
        var posts = await FindPostsAsync(context, cancellationToken);
        var result = await context.Services.GetRequiredService<AccountCommands>()
            .CreateAsync(new NewAccount(user, context.Parsed.GetValue(_name) ?? user, null, password), posts, Security.CurrentUser.Operator);
        if (result.Problem is { } problem)
        {
            throw new BadInputException(problem);
        }

        context.Report(
            new { user, password = given is null ? password : null, posts = posts.Select(post => post.UnitKey) },
            given is null ? OperationsText.Of("CreateAdminGenerated", user, password) : OperationsText.Of("CreateAdminDone", user));
        return 0;
    }

    /// <summary>An administrator of everything holds the post in every root of the tree; without areas, in none yet but the unit "all".</summary>
    private async Task<List<NewPost>> FindPostsAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var queries = context.Services.GetRequiredService<OrganisationQueries>();
        if (context.Parsed.GetValue(_area) is { } code)
        {
            return await queries.FindAreaAsync(code, cancellationToken) is null
                ? throw new BadInputException(OperationsText.Of("NoSuchArea", code))
                : [new NewPost(UnitKey.ForArea(code), Role.Administrator)];
        }

        return [new NewPost(UnitKey.Everywhere, Role.Administrator)];
    }

    private static string? Ask() =>
        Console.IsInputRedirected || Console.IsErrorRedirected
            ? null
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
                .Prompt(new TextPrompt<string>(OperationsText.Of("CreateAdminPrompt")).Secret().AllowEmpty()) is { Length: > 0 } typed
                ? typed
                : null;

    private static string Generate() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20);
}
