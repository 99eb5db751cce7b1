using System.Collections.Immutable;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Bundles;

/// <summary>
/// Everything that decides how a case is handled, published together under one number and never changed afterwards. A case
/// keeps the bundle it started under until a new round begins.
/// </summary>
public sealed class Bundle
{
    private readonly ImmutableDictionary<string, WorkflowDefinition> _byId;

    /// <summary>Puts a bundle together.</summary>
    /// <exception cref="ArgumentException">Two workflows share a definition id, or two categories a key.</exception>
    public Bundle(int number, IEnumerable<WorkflowDefinition> definitions, RoutingTable routing, CategoryCatalogue categories, WorkingCalendar calendar)
    {
        Number = number;
        Definitions = [.. definitions];
        Routing = routing;
        Categories = categories;
        Calendar = calendar;
        _byId = Definitions.ToImmutableDictionary(definition => definition.DefinitionId, StringComparer.Ordinal);
    }

    /// <summary>Counts up from 1. Rolling back publishes the old content under a new number.</summary>
    public int Number { get; }

    /// <summary>The workflows, one version of each.</summary>
    public ImmutableArray<WorkflowDefinition> Definitions { get; }

    /// <summary>Who gets which case.</summary>
    public RoutingTable Routing { get; }

    /// <summary>What cases can be about, with the limits.</summary>
    public CategoryCatalogue Categories { get; }

    /// <summary>Working days and hours.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>What people may do beyond the drawing: counts, limits and deciders.</summary>
    public CaseRules Rules { get; init; } = CaseRules.Default;

    /// <summary>A copy with some parts replaced; what is not given stays.</summary>
    public Bundle Copy(
        IEnumerable<WorkflowDefinition>? definitions = null, RoutingTable? routing = null, CategoryCatalogue? categories = null, WorkingCalendar? calendar = null, CaseRules? rules = null) =>
        new(Number, definitions ?? Definitions, routing ?? Routing, categories ?? Categories, calendar ?? Calendar) { Rules = rules ?? Rules };

    /// <summary>The workflow with this definition id, or null.</summary>
    public WorkflowDefinition? FindDefinition(string definitionId) => _byId.GetValueOrDefault(definitionId);
}
