using System.Reflection;

namespace GridFlow.Workflows.Tests;

public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("GridFlow.Designer")]
    [InlineData("GridFlow.Server")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Radzen")]
    public void The_engine_knows_nothing_of_the_web_the_database_or_the_projects_above_it(string forbidden)
    {
        var references = Assembly.Load("GridFlow.Workflows").GetReferencedAssemblies();

        Assert.DoesNotContain(references, reference => reference.Name!.StartsWith(forbidden, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_packages_the_engine_takes_one_for_cron_expressions()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = Assembly.Load("GridFlow.Workflows").GetReferencedAssemblies().Select(reference => reference.Name!);

        Assert.Equal(["Quartz"], references.Where(name => !File.Exists(Path.Combine(framework, name + ".dll"))));
    }
}
