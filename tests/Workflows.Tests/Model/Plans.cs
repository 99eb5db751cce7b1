using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>Makes plans at random, and smaller ones from one that failed.</summary>
internal static class Plans
{
    private const int Deepest = 3;

    public static Gen<Plan> Any { get; } =
        from main in LineOf(1, 4, Deepest)
        from input in Gen.Choose(0, 3)
        from order in Order
        select new Plan(main, input, order);

    /// <summary>Numbers that decide what happens when; where they run out, the first thing possible happens.</summary>
    public static Gen<ImmutableArray<int>> Order { get; } =
        from count in Gen.Choose(0, 30)
        from numbers in Gen.ArrayOf(Gen.Choose(0, (1 << 20) - 1), count)
        select numbers.ToImmutableArray();

    public static IEnumerable<Plan> Shrink(Plan plan) =>
    [
        .. Shrink(plan.Main).Select(main => plan with { Main = main }),
        .. ShrinkOrder(plan.Order).Select(order => plan with { Order = order }),
    ];

    public static IEnumerable<ImmutableArray<int>> ShrinkOrder(ImmutableArray<int> order)
    {
        for (var half = order.Length / 2; half > 0; half /= 2)
        {
            yield return order[..^half];
        }

        for (var index = 0; index < order.Length; index++)
        {
            yield return order.RemoveAt(index);
            if (order[index] >= 1 << 12)
            {
                // Same choice, but nothing goes wrong.
                yield return order.SetItem(index, order[index] & 0xFFF);
            }
            else if (order[index] > 0)
            {
                yield return order.SetItem(index, order[index] / 2);
            }
        }
    }

    private static IEnumerable<Line> Shrink(Line line)
    {
        for (var index = 0; index < line.Blocks.Length; index++)
        {
            yield return new Line(line.Blocks.RemoveAt(index));
            foreach (var inner in line.Blocks[index].Lines)
            {
                yield return new Line(line.Blocks.RemoveAt(index).InsertRange(index, inner.Blocks));
            }

            foreach (var smaller in Shrink(line.Blocks[index]))
            {
                yield return new Line(line.Blocks.SetItem(index, smaller));
            }
        }
    }

    private static IEnumerable<Block> Shrink(Block block)
    {
        switch (block)
        {
            case Block.Ask { Outcomes.Length: > 1 } ask:
                yield return ask with { Outcomes = ask.Outcomes.RemoveAt(ask.Outcomes.Length - 1) };
                break;
            case Block.Box { Parts.Length: > 1 } box:
                for (var index = 0; index < box.Parts.Length; index++)
                {
                    yield return box with { Parts = box.Parts.RemoveAt(index) };
                }

                break;
            case Block.Fork { Branches.Length: > 1 } fork:
                for (var index = 0; index < fork.Branches.Length; index++)
                {
                    yield return fork with { Branches = fork.Branches.RemoveAt(index) };
                }

                break;
        }

        if (block is Block.Ask { HasLimit: true } limited)
        {
            yield return limited with { HasLimit = false, Overdue = null };
        }

        if (block is Block.Fork { Mode: not null } joined)
        {
            yield return joined with { Mode = null };
        }

        var lines = block.Lines.ToList();
        for (var index = 0; index < lines.Count; index++)
        {
            foreach (var smaller in Shrink(lines[index]))
            {
                yield return block.WithLines([.. lines[..index], smaller, .. lines[(index + 1)..]]);
            }
        }
    }

    private static Gen<Line> LineOf(int fewest, int most, int depth) =>
        from count in Gen.Choose(fewest, most)
        from blocks in Gen.ArrayOf(BlockOf(depth), count)
        select new Line([.. blocks]);

    private static Gen<Block> BlockOf(int depth)
    {
        var ask = Gen.Constant<Block>(new Block.Ask([Line.Empty], false, null));
        var pause = Gen.Constant<Block>(new Block.Pause());
        var signal = Gen.Constant<Block>(new Block.Signal());
        var add = Gen.Choose(1, 9).Select(Block (amount) => new Block.Add(amount));
        var leave = Gen.Elements<Block>(new Block.Leave(true), new Block.Leave(false), new Block.End());
        return depth == 0
            ? Gen.Frequency((4, ask), (1, pause), (1, signal), (2, add), (1, leave))
            : Gen.Frequency((2, ask), (1, pause), (1, signal), (1, add), (1, leave), (2, BoxOf(depth - 1)), (4, AskOf(depth - 1)), (2, ChooseOf(depth - 1)), (5, ForkOf(depth - 1)), (2, LoopOf(depth - 1)), (2, CallOf(depth - 1)));
    }

    private static Gen<Block> AskOf(int depth) =>
        from count in Gen.Choose(1, 3)
        from outcomes in Gen.ArrayOf(LineOf(0, 2, depth), count)
        from clock in Gen.Choose(0, 3)
        from overdue in LineOf(0, 2, depth)
        select (Block)new Block.Ask([.. outcomes], clock > 1, clock == 3 ? overdue : null);

    private static Gen<Block> ChooseOf(int depth) =>
        from above in Gen.Choose(0, 2)
        from then in LineOf(0, 2, depth)
        from otherwise in LineOf(0, 2, depth)
        select (Block)new Block.Choose(above, then, otherwise);

    private static Gen<Block> ForkOf(int depth) =>
        from count in Gen.Choose(2, 3)
        from branches in Gen.ArrayOf(LineOf(0, 2, depth), count)
        from mode in Gen.Elements<FlowJoinMode?>(null, null, FlowJoinMode.WaitAll, FlowJoinMode.WaitAllActive, FlowJoinMode.WaitAny)
        select (Block)new Block.Fork([.. branches], mode);

    private static Gen<Block> BoxOf(int depth) =>
        from kind in Gen.Elements(BoxKind.Flowchart, BoxKind.Sequence, BoxKind.Parallel)
        from count in Gen.Choose(1, kind == BoxKind.Flowchart ? 1 : 3)
        from parts in Gen.ArrayOf(LineOf(0, 2, depth), count)
        select (Block)new Block.Box(kind, [.. parts]);

    private static Gen<Block> LoopOf(int depth) => LineOf(0, 2, depth).Select(Block (body) => new Block.Loop(body));

    private static Gen<Block> CallOf(int depth) =>
        from child in LineOf(0, 3, depth)
        from input in Gen.Choose(0, 3)
        from whenX in LineOf(0, 2, depth)
        select (Block)new Block.Call(child, input, whenX);
}
