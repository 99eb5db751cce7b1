using GridFlow.Server.Cases;
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

        var past = await words.WrongFieldAsync("Hold", "until", "挂账到哪天", "2020-01-01");
        var none = await words.WrongFieldAsync("Hold", "until", "挂账到哪天", "");

        Assert.Contains("365", past, StringComparison.Ordinal);
        Assert.DoesNotContain("365", none, StringComparison.Ordinal);
    }

    public void Dispose() => _application.Dispose();
}
