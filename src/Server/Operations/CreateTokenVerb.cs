using System.CommandLine;
using GridFlow.Server.Accounts;

namespace GridFlow.Server.Operations;

internal sealed class CreateTokenVerb() : Verb("create-token", OperationsText.Of("CreateTokenHelp"))
{
    private readonly Argument<string> _user = new("USER") { Description = OperationsText.Of("CreateTokenUser") };

    private readonly Option<string> _name = new("--name")
    {
        Description = OperationsText.Of("CreateTokenName"),
        DefaultValueFactory = _ => "create-token",
    };

    protected override IReadOnlyList<Symbol> Symbols => [_user, _name];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var user = context.Parsed.GetRequiredValue(_user);
        var token = await context.Services.GetRequiredService<ApiTokens>()
            .CreateAsync(user, context.Parsed.GetRequiredValue(_name), cancellationToken)
            ?? throw new BadInputException(OperationsText.Of("NoSuchUser", user));

        // The bare token alone, so that TOKEN=$(… create-token USER) works.
        context.Report(new { user, token }, token);
        return 0;
    }
}
