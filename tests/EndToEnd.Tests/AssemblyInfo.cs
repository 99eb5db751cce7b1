// Each class has a portal and a browser of its own: side by side they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The same order wherever the repository lies.
[assembly: TestCaseOrderer(typeof(GridFlow.EndToEnd.Tests.JourneysByName))]
