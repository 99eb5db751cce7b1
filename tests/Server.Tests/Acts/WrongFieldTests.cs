using GridFlow.Server.Cases;
using GridFlow.Workflows.Acts;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Acts;

/// <summary>A field that is refused says what would be right.</summary>
public sealed class WrongFieldTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    [Fact]
    public async Task A_day_of_a_hold_that_is_refused_is_told_with_the_days_that_are_taken()
    {
        var words = _application.Services.GetRequiredService<ActWords>();

        var hold = CaseActCatalog.Find("Hold")!;
        var past = await words.WrongFieldAsync(hold, "until", isGiven: true, TestContext.Current.CancellationToken);
        var none = await words.WrongFieldAsync(hold, "until", isGiven: false, TestContext.Current.CancellationToken);

        Assert.Contains("365", past, StringComparison.Ordinal);
        Assert.DoesNotContain("365", none, StringComparison.Ordinal);
    }

    public void Dispose() => _application.Dispose();
}
