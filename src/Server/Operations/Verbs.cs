using System.CommandLine;
using GridFlow.Server.Operations.Bench;
using GridFlow.Server.Operations.Bundles;
using GridFlow.Server.Operations.Definitions;
using GridFlow.Server.Persistence;
using Microsoft.AspNetCore.Connections;

namespace GridFlow.Server.Operations;

/// <summary>
/// The command line: <c>serve</c> (or nothing), and one class for each thing an operator does. A new verb is a class
/// derived from <see cref="Verb"/> and a line in <see cref="All"/>.
/// </summary>
public static class Verbs
{
    private const int BadInput = 2;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Directory with the database and keys (setting Data:Directory; default: data in the folder of the solution, or beside the program)",
        Recursive = true,
    };

    private static readonly Option<DatabaseProvider?> Database = new("--db")
    {
        Description = "sqlite (default) or postgres (setting Database:Provider)",
        Recursive = true,
    };

    private static readonly Option<string?> Connection = new("--connection")
    {
        Description = "How to reach it: Host=…;Database=…;Username=… (setting Database:Connection)",
        Recursive = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as JSON", Recursive = true };

    /// <summary>What a host of .NET understands; test hosts and service managers give them.</summary>
    private static readonly Option<string?>[] HostOptions =
    [
        new("--urls") { Description = "Addresses to listen on (default http://localhost:5080)" },
        new("--environment") { Description = "Development or Production", Recursive = true },
        new("--contentRoot") { Hidden = true },
        new("--applicationName") { Hidden = true },
    ];

    private static Verb[] All() =>
    [
        new ImportAreasVerb(), new ImportCatalogueVerb(), new ImportCasesVerb(), new CreateAdminVerb(), new CreateTokenVerb(), new VerifyVerb(), new MigrateInstancesVerb(),
        new ValidateDefinitionsVerb(), new RunDefinitionVerb(), new ImportDefinitionsVerb(), new ExportDefinitionsVerb(),
        new ExportBundleVerb(), new CheckBundleVerb(), new PublishBundleVerb(), new ReplayBundleVerb(),
        new BenchHumanTaskVerb(), new BenchTimersVerb(), new BenchReplayVerb(), new BenchPortalVerb(),
    ];

    /// <summary>Runs what the arguments ask for; 0 when it worked, 1 when a check found something, 2 for bad input.</summary>
    public static async Task<int> RunAsync(string[] args, Action<IHostApplicationBuilder> addServices, Func<string[], Task> serve)
    {
        var settings = args.Where(IsSetting).ToArray();
        var parsed = Commands(settings, addServices, serve).Parse([.. args.Where(arg => !IsSetting(arg))]);
        try
        {
            return parsed.Errors.Count > 0
                ? Refuse(Misuse.Of(parsed))
                : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (BadInputException problem)
        {
            return Refuse(problem.Message);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            return Refuse(problem.Message);
        }
        catch (FormatException problem) when (problem.Message.Contains("url", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(problem.Message);
        }
        catch (OperationCanceledException)
        {
            return Refuse("cancelled");
        }
    }

    private static RootCommand Commands(string[] settings, Action<IHostApplicationBuilder> addServices, Func<string[], Task> serve)
    {
        var root = new RootCommand("GridFlow: cases of a grid, from the report to the answer") { Data, Database, Connection, Json };
        var serveCommand = new Command("serve", "Serve the portal (the default)");
        foreach (var option in HostOptions)
        {
            root.Add(option);
            if (!option.Recursive)
            {
                serveCommand.Add(option);
            }
        }

        root.SetAction(parsed => serve(HostArguments(parsed, settings)));
        serveCommand.SetAction(parsed => serve(HostArguments(parsed, settings)));
        root.Add(serveCommand);
        foreach (var verb in All())
        {
            var command = verb.AddTo(root);
            command.SetAction((parsed, cancellationToken) => RunVerbAsync(verb, parsed, settings, addServices, cancellationToken));
        }

        return root;
    }

    private static async Task<int> RunVerbAsync(
        Verb verb, ParseResult parsed, string[] settings, Action<IHostApplicationBuilder> addServices, CancellationToken cancellationToken)
    {
        if (!verb.NeedsDatabase)
        {
            await using var alone = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider();
            return await verb.RunAsync(new VerbContext(parsed, alone, parsed.GetValue(Json)), cancellationToken);
        }

        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = HostArguments(parsed, settings),
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Standard output is for the result; a script reads it.
        builder.Logging.ClearProviders().AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.Error);
        await using var arranged = verb.Arrange(builder);
        addServices(builder);
        using var host = builder.Build();
        await host.Services.PrepareDatabaseAsync(cancellationToken);
        await using var scope = host.Services.CreateAsyncScope();
        return await verb.RunAsync(new VerbContext(parsed, scope.ServiceProvider, parsed.GetValue(Json)), cancellationToken);
    }

    private static string[] HostArguments(ParseResult parsed, string[] settings) =>
    [
        .. settings,
        .. HostOptions.Select(option => (option.Name, Value: parsed.GetResult(option) is null ? null : parsed.GetValue(option)))
            .Where(option => option.Value is not null).Select(option => $"{option.Name}={option.Value}"),
        .. parsed.GetValue(Data) is { } directory ? [$"--{DataOptions.Section}:{nameof(DataOptions.Directory)}={Path.GetFullPath(directory)}"] : Array.Empty<string>(),
        .. parsed.GetValue(Database) is { } provider ? [$"--{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}={provider}"] : Array.Empty<string>(),
        .. parsed.GetValue(Connection) is { } connection ? [$"--{DatabaseOptions.Section}:{nameof(DatabaseOptions.Connection)}={connection}"] : Array.Empty<string>(),
    ];

    /// <summary>
    /// <c>--Section:Key=value</c>, and <c>--Section=value</c> with a capital, is a setting for the host, whatever the verb;
    /// options of ours are small letters.
    /// </summary>
    private static bool IsSetting(string argument) =>
        argument.Split('=', 2) is [['-', '-', var first, ..] key, _] && (char.IsAsciiLetterUpper(first) || key.Contains(':', StringComparison.Ordinal));

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return BadInput;
    }
}
