using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Values;

/// <summary>Which variables an activity sees: those of the containers around it, innermost first, and then the workflow's.</summary>
internal static class VariableScopes
{
    /// <summary>All of them by name; the workflow's own dictionary where no container adds any.</summary>
    public static IReadOnlyDictionary<string, object?> Visible(Step step, ActivityRun run)
    {
        var outer = step.Scope(run.Scope).Variables;
        Dictionary<string, object?>? merged = null;
        foreach (var around in Around(step, run).Where(around => around.Variables.Count > 0).Reverse())
        {
            merged ??= new(outer);
            foreach (var (name, value) in around.Variables)
            {
                merged[name] = value;
            }
        }

        return merged ?? outer;
    }

    /// <summary>The variable a name or an id means here; null when none is declared under it.</summary>
    public static (Dictionary<string, object?> Values, string Name, Variable? Declared)? Find(Step step, ActivityRun run, string key)
    {
        var definition = step.Definition(run.Scope);
        foreach (var around in Around(step, run).Where(around => around.Variables.Count > 0))
        {
            var declared = Declared(definition.FindActivity(around.ActivityId)?.Variables ?? [], key);
            if (around.Variables.ContainsKey(declared?.Name ?? key))
            {
                return (around.Variables, declared?.Name ?? key, declared);
            }
        }

        var values = step.Scope(run.Scope).Variables;
        var own = Declared(definition.Variables, key);
        return own is not null || values.ContainsKey(key) ? (values, own?.Name ?? key, own) : null;
    }

    // A file refers to variables by their ids; people write names.
    private static Variable? Declared(IEnumerable<Variable> variables, string key)
    {
        Variable? named = null;
        foreach (var variable in variables)
        {
            if (variable.Id == key)
            {
                return variable;
            }

            named ??= variable.Name == key ? variable : null;
        }

        return named;
    }

    private static IEnumerable<ActivityRun> Around(Step step, ActivityRun run)
    {
        for (var around = run; around is not null; around = step.FindRun(around.Parent))
        {
            yield return around;
        }
    }
}
