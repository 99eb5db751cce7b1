namespace GridFlow.Workflows.Expressions;

/// <summary>The methods of lists that take an arrow function: it is called with an item and its place.</summary>
internal static class ExpressionListMethods
{
    public static readonly Dictionary<string, ExpressionFunction> All = new ExpressionFunction[]
    {
        new("map", 1, 1, call => Items(call).Select((item, index) => call.Lambda([item, (double)index])).ToList()),
        new("flatMap", 1, 1, call => Items(call).SelectMany((item, index) => call.Lambda([item, (double)index]) is var made && made is IReadOnlyList<object?> list ? list : [made]).ToList()),
        new("filter", 1, 1, call => Items(call).Where((item, index) => Holds(call, item, index)).ToList()),
        new("find", 1, 1, call => Items(call).Where((item, index) => Holds(call, item, index)).FirstOrDefault()),
        new("findIndex", 1, 1, call => (double)FindIndex(call)),
        new("some", 1, 1, call => FindIndex(call) >= 0),
        new("every", 1, 1, call => Items(call).Select((item, index) => Holds(call, item, index)).All(holds => holds)),
        new("reduce", 1, 2, Reduce),
        new("sort", 1, 1, Sort),
    }.Select(function => function with { TakesLambda = true }).ToDictionary(function => function.Name);

    private static IEnumerable<object?> Items(ExpressionCall call) => call.TargetList.Select(ExpressionValue.From);

    private static bool Holds(ExpressionCall call, object? item, int index) => ExpressionValue.IsTruthy(call.Lambda([item, (double)index]));

    private static int FindIndex(ExpressionCall call)
    {
        var index = 0;
        foreach (var item in Items(call))
        {
            if (Holds(call, item, index))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    private static object? Reduce(ExpressionCall call)
    {
        var items = Items(call).ToList();
        if (items.Count == 0 && !call.Has(1))
        {
            throw call.Fail("'reduce' of an empty list needs a value to begin with.");
        }

        var value = call.Has(1) ? call.Value(1) : items[0];
        for (var index = call.Has(1) ? 0 : 1; index < items.Count; index++)
        {
            value = call.Lambda([value, items[index], (double)index]);
        }

        return value;
    }

    // Insertion into a sorted list: whatever a comparison answers, it ends, and equal items keep their order.
    private static List<object?> Sort(ExpressionCall call)
    {
        var sorted = new List<object?>();
        foreach (var item in Items(call))
        {
            var (low, high) = (0, sorted.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (ExpressionValue.ToNumber(call.Lambda([sorted[middle], item])) > 0)
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            sorted.Insert(low, item);
        }

        return sorted;
    }
}
