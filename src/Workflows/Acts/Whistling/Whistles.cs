using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Whistling;

/// <summary>What happens to whistles while their units' work items come and go; the same for those a drawing sounds.</summary>
internal static class Whistles
{
    /// <summary>The whistle a work item belongs to, with its unit; null for an item of none.</summary>
    public static (WhistleCall Call, WhistledUnit Unit)? Find(Step step, string item)
    {
        foreach (var call in step.Instance.Whistles)
        {
            if (call.Units.Find(unit => unit.Item == item) is { } found)
            {
                return (call, found);
            }
        }

        return null;
    }

    /// <summary>A drawing sounds a whistle for items that are open already.</summary>
    public static void Sound(Step step, IReadOnlyList<WorkItem> items, string unit)
    {
        var call = new WhistleCall(step.Instance.Whistles.Count + 1, WhistleKind.Push, WhistleGrounds.BeyondUs, WhistleLevel.Street, "", unit, step.Actor.Name, step.Now) { SoundedAt = step.Now, State = WhistleState.Sounding };
        step.Add(call with { Units = [.. items.Select(item => WhistleClock.Start(step, new WhistledUnit(item.Unit), call, item))] });
    }

    public static void Signed(Step step, WorkItem item, Actor by)
    {
        if (Find(step, item.Id) is not var (call, unit) || unit.SignedAt is not null)
        {
            return;
        }

        WhistleClock.Stop(step, item.Id, WhistleClock.Sign);
        step.Change(call.With(unit with { SignedAt = step.Now, SignedBy = by.Name }).Advanced(step.Now));
    }

    /// <summary>The unit reports its part done; whoever is done has also signed. That it never came, or never called, stays to be seen.</summary>
    public static void Done(Step step, WorkItem item, Actor by, string report)
    {
        if (Find(step, item.Id) is not var (call, unit))
        {
            return;
        }

        var done = unit with { DoneAt = step.Now, Report = report, SignedAt = unit.SignedAt ?? step.Now, SignedBy = unit.SignedBy ?? by.Name };
        step.Change(call.With(done).Advanced(step.Now));
    }

    /// <summary>A unit's work went to another unit: that one answers the whistle from now on.</summary>
    public static void Moved(Step step, WorkItem from, WorkItem to)
    {
        if (Find(step, from.Id) is not var (call, unit))
        {
            return;
        }

        var left = unit with { MovedTo = to.Unit, Item = null };
        var moved = WhistleClock.Start(step, new WhistledUnit(to.Unit), call, to);
        var units = call.Units.Replace(unit, left).RemoveAll(one => one.Unit == to.Unit).Add(moved);
        step.Change((call with { Units = units }).Advanced(step.Now));
    }

    /// <summary>The case is over; what still sounds ends with it.</summary>
    public static void EndAll(Step step)
    {
        foreach (var call in step.Instance.Whistles.Where(call => call.State is WhistleState.Audit or WhistleState.Sounding or WhistleState.Answered or WhistleState.Attended).ToList())
        {
            step.Change(call with { State = WhistleState.Ended });
        }
    }
}
