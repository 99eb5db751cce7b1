using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace GridFlow.Server.Operations;

/// <summary>
/// Something an operator does, named by one or two words ("import areas"). The database, where it needs one, is up to date when it runs.
/// Bad input is a <see cref="BadInputException"/>.
/// </summary>
internal abstract class Verb(string name, string description)
{
    protected abstract IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>Settles what the host is built with, where a verb works on something other than the installation; what it returns goes away last.</summary>
    public virtual IAsyncDisposable? Arrange(IHostApplicationBuilder builder) => null;

    /// <summary>Whether it works on an installation. One that does not is given a clock and nothing else.</summary>
    public virtual bool NeedsDatabase => true;

    public abstract Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken);

    public Command AddTo(Command root)
    {
        var words = name.Split(' ');
        var parent = root;
        foreach (var word in words[..^1])
        {
            var group = parent.Subcommands.FirstOrDefault(command => command.Name == word);
            if (group is null)
            {
                group = new Command(word, $"{word} …");
                parent.Add(group);
            }

            parent = group;
        }

        var command = new Command(words[^1], description);
        foreach (var symbol in Symbols)
        {
            if (symbol is Option option)
            {
                command.Add(option);
            }
            else
            {
                command.Add((Argument)symbol);
            }
        }

        parent.Add(command);
        return command;
    }
}

/// <summary>What a verb was asked, what it works with, and how it answers.</summary>
internal sealed class VerbContext(ParseResult parsed, IServiceProvider services, bool json)
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public IServiceProvider Services => services;

    public ParseResult Parsed => parsed;

    /// <summary>Prints the result: the object for a script that asked for JSON, the lines for a person.</summary>
    public void Report(object result, params IEnumerable<string> lines)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, JsonOptions));
            return;
        }

        foreach (var line in lines)
        {
            Console.Out.WriteLine(line);
        }
    }

    /// <summary>Shows a bar while the work reports shares of 0 to 1; silent when nobody watches the error stream.</summary>
    public static async Task<T> WithProgressAsync<T>(string label, Func<IProgress<double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new Silent());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(async progress =>
            await work(new Bar(progress.AddTask(Markup.Escape(label), maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
