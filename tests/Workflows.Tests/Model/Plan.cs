using System.Collections.Immutable;
using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>A flow, what it is called with, and numbers that decide what happens when.</summary>
internal sealed record Plan(Line Main, int Input, ImmutableArray<int> Order)
{
    /// <summary>
    /// The same flow, drawn so that what it should do does not hang on the order in which a single step runs what needs no wait,
    /// and numbered. Both the engine and the model are given this one.
    /// </summary>
    public Plan Normal()
    {
        var next = 1;
        return this with { Main = Number(Tidy(Main, mayLeave: true)) };

        Line Number(Line line) => new([.. line.Blocks.Select(block =>
        {
            var numbered = block with { Id = next++ };
            return numbered.WithLines([.. numbered.Lines.Select(Number)]);
        })]);
    }

    public override string ToString() => $"k = {Input}, order {string.Join(' ', Order)}\n  {Normal().Main}";

    // What follows an end is never reached. Ends stand at the tail of a workflow, or on a way out beside others (mayEnd):
    // so whatever waits inside a branch can still arrive where the branches meet.
    private static Line Tidy(Line line, bool mayLeave, bool mayEnd = false)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        foreach (var block in line.Blocks)
        {
            if (block is Block.End or Block.Leave)
            {
                if (mayLeave || (mayEnd && blocks.All(before => before is Block.Add)))
                {
                    blocks.Add(block);
                    break;
                }

                continue;
            }

            blocks.Add(block switch
            {
                Block.Ask ask => ask with
                {
                    Outcomes = [.. ask.Outcomes.Select((outcome, index) => Tidy(outcome, false, mayEnd: index > 0))],
                    // The port Overdue counts only where it leads somewhere.
                    Overdue = ask.Overdue is null ? null : Tidy(ask.Overdue.Blocks.IsEmpty ? new Line([new Block.Add(1)]) : ask.Overdue, false, mayEnd: true),
                },
                Block.Choose choose => choose with { Then = Tidy(choose.Then, false), Else = Tidy(choose.Else, false, mayEnd: true) },
                Block.Fork fork => Tidy(fork),
                Block.Box box => box with { Parts = [.. box.Parts.Select(part => Tidy(part, mayLeave: true)).Select(part => box.Kind == BoxKind.Parallel ? Delayed(part) : part)] },
                Block.Loop loop => loop with { Body = Tidy(loop.Body, false) },
                Block.Call call => call with { Child = Tidy(call.Child, mayLeave: true), WhenX = Tidy(call.WhenX, false, mayEnd: true) },
                _ => block,
            });
        }

        return new Line(blocks.ToImmutable());
    }

    private static Block.Fork Tidy(Block.Fork fork)
    {
        var branches = fork.Branches.Select(branch => Tidy(branch, false)).ToList();
        // Of branches that race, and of branches that may end all, each waits first: so no two get there in one step.
        var tidy = branches.Select(branch => Delayed(branch, fork.Mode == FlowJoinMode.WaitAny));
        // A join that waits for all branches, of which one may end elsewhere, becomes an incident: not for this model.
        var mode = fork.Mode == FlowJoinMode.WaitAll && branches.Any(Has<Block.End>) ? FlowJoinMode.WaitAllActive : fork.Mode;
        return new Block.Fork([.. tidy], mode);
    }

    private static Line Delayed(Line branch, bool races = false) => branch.Blocks.IsEmpty || StartsWaiting(branch) || (!races && !Has<Block.Leave>(branch))
        ? branch
        : new Line([new Block.Pause(), .. branch.Blocks]);

    private static bool StartsWaiting(Line line) => line.Blocks.FirstOrDefault() switch
    {
        Block.Ask or Block.Pause or Block.Signal => true,
        Block.Box { Kind: BoxKind.Parallel } box => box.Parts.All(StartsWaiting),
        Block.Box box => StartsWaiting(box.Parts[0]),
        Block.Loop loop => loop.Body.Blocks.IsEmpty || StartsWaiting(loop.Body),
        Block.Call call => StartsWaiting(call.Child),
        Block.Fork fork => fork.Branches.All(StartsWaiting),
        _ => false,
    };

    // What is called ends for itself, so only what is drawn in this workflow counts.
    private static bool Has<T>(Line line)
        where T : Block => line.Blocks.Any(block => block is T || (block is Block.Call call ? Has<T>(call.WhenX) : block.Lines.Any(Has<T>)));
}
