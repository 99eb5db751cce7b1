using GridFlow.Designer;
using GridFlow.Designer.Inspector;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Flows;

/// <summary>A workflow of the bundle in force, and the cases that stand in it now.</summary>
/// <param name="Definition">The workflow.</param>
/// <param name="Total">Cases standing in it; a case that stands at two of its steps counts once.</param>
/// <param name="Steps">Cases standing at each step, by activity id.</param>
public sealed record FlowView(WorkflowDefinition Definition, NodeCount Total, IReadOnlyDictionary<string, NodeCount> Steps);

public sealed class FlowQueries(BundleStore bundles, OrganisationQueries organisation, IDbContextFactory<GridFlowDbContext> database)
{
    /// <summary>The number of the bundle in force and its workflows, with the cases the reader may see.</summary>
    public async Task<(int Bundle, IReadOnlyList<FlowView> Flows)> ListAsync(CurrentUser user, CancellationToken cancellationToken = default)
    {
        var bundle = await bundles.GetCurrentAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var open = from item in db.WorkItems.AsNoTracking()
                   join @case in db.Cases.VisibleTo(user, db) on item.CaseNumber equals @case.Number
                   where item.ClosedAt == null
                   select item;
        var steps = await open.GroupBy(item => new { item.DefinitionId, item.ActivityId }).Select(group => new
        {
            group.Key.DefinitionId,
            group.Key.ActivityId,
            Open = group.Select(item => item.CaseNumber).Distinct().Count(),
            Overdue = group.Where(item => item.IsOverdue).Select(item => item.CaseNumber).Distinct().Count(),
        }).ToListAsync(cancellationToken);
        var totals = await open.GroupBy(item => item.DefinitionId).Select(group => new
        {
            DefinitionId = group.Key,
            Open = group.Select(item => item.CaseNumber).Distinct().Count(),
            Overdue = group.Where(item => item.IsOverdue).Select(item => item.CaseNumber).Distinct().Count(),
        }).ToDictionaryAsync(total => total.DefinitionId, total => new NodeCount(total.Open, total.Overdue), cancellationToken);
        return (bundle.Number, [.. bundle.Definitions.Select(definition => new FlowView(
            definition,
            totals.GetValueOrDefault(definition.DefinitionId),
            steps.Where(step => step.DefinitionId == definition.DefinitionId).ToDictionary(step => step.ActivityId, step => new NodeCount(step.Open, step.Overdue))))]);
    }

    /// <summary>One workflow of the bundle in force, or null.</summary>
    public async Task<FlowView?> FindAsync(string definitionId, CurrentUser user, CancellationToken cancellationToken = default) =>
        (await ListAsync(user, cancellationToken)).Flows.FirstOrDefault(flow => flow.Definition.DefinitionId == definitionId);

    /// <summary>The definition alone, or null.</summary>
    public async Task<WorkflowDefinition?> FindDefinitionAsync(string definitionId, CancellationToken cancellationToken = default) =>
        (await bundles.GetCurrentAsync(cancellationToken)).FindDefinition(definitionId);

    /// <summary>What the validator says about a workflow of the bundle in force.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(WorkflowDefinition definition, CancellationToken cancellationToken = default)
    {
        var problems = await bundles.CheckAsync(await bundles.GetCurrentAsync(cancellationToken), cancellationToken);
        return [.. problems.Where(problem => problem.Path.StartsWith($"definitions/{definition.DefinitionId}/", StringComparison.Ordinal))];
    }

    /// <summary>Names of the departments and areas that a workflow names.</summary>
    public Task<IReadOnlyDictionary<string, string>> GetUnitNamesAsync(WorkflowDefinition definition, CancellationToken cancellationToken = default) =>
        organisation.GetUnitNamesAsync([.. StepWords.UnitsIn(definition)], cancellationToken);

    /// <summary>Departments and those areas that a workflow names, for the pickers of the designer.</summary>
    public async Task<(IReadOnlyList<KeyValuePair<string, string>> Departments, IReadOnlyDictionary<string, string> Areas)> GetUnitsAsync(WorkflowDefinition definition, CancellationToken cancellationToken = default)
    {
        var departments = (await organisation.ListDepartmentsAsync(cancellationToken)).Select(unit => KeyValuePair.Create(UnitKey.ForDepartment(unit.Key), unit.DisplayName)).ToList();
        return (departments, await organisation.GetUnitNamesAsync(InspectorChoices.AreasIn(definition), cancellationToken));
    }

    /// <summary>Areas whose name or code matches: unit key and name with what it lies in.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> FindAreasAsync(string text, CancellationToken cancellationToken = default) =>
        text.Length == 0 ? [] : [.. (await organisation.SearchUnitsAsync(text, cancellationToken: cancellationToken)).Where(unit => UnitKey.AreaOf(unit.Key) is not null).Select(unit => KeyValuePair.Create(unit.Key, unit.Where ?? unit.Name))];
}
