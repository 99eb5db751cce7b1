using Xunit.Sdk;
using Xunit.v3;

namespace GridFlow.EndToEnd.Tests;

/// <summary>
/// The journeys of a class in the order of their names. By itself xunit orders by a hash of the assembly's path, so that journeys that share a
/// portal would meet in another order wherever the repository lies.
/// </summary>
public sealed class JourneysByName : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(test => test.TestCaseDisplayName, StringComparer.Ordinal)];
}
