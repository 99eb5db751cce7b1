using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Drafts;

/// <summary>Edits as an administrator makes them, in any order.</summary>
internal static class RandomEdits
{
    public static WorkflowDefinition Flow(WorkflowDefinition flow, Random random)
    {
        var chart = flow.Root;
        var node = chart.Activities[random.Next(chart.Activities.Length)];
        return random.Next(9) switch
        {
            0 => flow with { Root = Replace(chart, node with { Position = new CanvasPoint(random.Next(2000), random.Next(900)) }) },
            1 => flow with { Root = Replace(chart, node with { DisplayText = LocalizedText.Same("step " + random.Next(100)) }) },
            2 => flow with { Root = Replace(chart, node with { Inputs = node.Inputs.SetItem("limit", Literal($"{random.Next(1, 9)}wd")) }) },
            3 => flow with { Root = Replace(chart, node with { Inputs = node.Inputs.Remove(node.Inputs.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "none") }) },
            4 when chart.Activities.Length > 2 => flow with { Root = Remove(chart, node.Id) },
            5 => flow with { Root = chart with { Activities = chart.Activities.Add(New(chart, random)) } },
            6 => flow with { Root = chart with { Connections = chart.Connections.Add(new Connection(node.Id, "P" + random.Next(100), chart.Activities[random.Next(chart.Activities.Length)].Id)) } },
            7 when chart.Connections.Length > 0 => flow with { Root = chart with { Connections = chart.Connections.RemoveAt(random.Next(chart.Connections.Length)) } },
            _ => flow with { Name = LocalizedText.Same("flow " + random.Next(100)) },
        };
    }

    public static Bundle Bundle(Bundle bundle, Random random)
    {
        var rows = bundle.Routing.Rows;
        var row = rows[random.Next(rows.Length)];
        var categories = bundle.Categories.All;
        var category = categories[random.Next(categories.Length)];
        var flow = bundle.Definitions[random.Next(bundle.Definitions.Length)];
        return random.Next(9) switch
        {
            0 => With(routing: rows.Replace(row, row with { Lead = "dept:d" + random.Next(9) })),
            1 => With(routing: rows.Replace(row, row with { Note = random.Next(2) == 0 ? "" : "note " + random.Next(9) })),
            2 => With(routing: rows.Insert(0, new RoutingRow { Number = rows.Max(other => other.Number) + 1, Lead = "@town", Keywords = ["k" + random.Next(9)] })),
            3 when rows.Length > 1 => With(routing: rows.Remove(row)),
            4 => With(categories: categories.Replace(category, category with { Tier = (CaseTier)random.Next(3), Keywords = ["w" + random.Next(9)] })),
            5 => With(calendar: bundle.Calendar.With([new(new DateOnly(2027, 1, 1).AddDays(random.Next(300)), random.Next(2) == 0, "test")], [2027])),
            6 when bundle.Definitions.Length > 1 => With(definitions: bundle.Definitions.Remove(flow)),
            7 => With(definitions: bundle.Definitions.Add(flow with { DefinitionId = $"copy{random.Next(1_000_000)}", Id = "copy" })),
            _ => With(definitions: bundle.Definitions.Replace(flow, Flow(flow, random))),
        };

        Bundle With(ImmutableArray<WorkflowDefinition>? definitions = null, IEnumerable<RoutingRow>? routing = null, IEnumerable<Category>? categories = null, Workflows.Calendars.WorkingCalendar? calendar = null) =>
            new(bundle.Number, definitions ?? bundle.Definitions, routing is null ? bundle.Routing : new RoutingTable(routing), categories is null ? bundle.Categories : new CategoryCatalogue(categories), calendar ?? bundle.Calendar);
    }

    public static ActivityInput Literal(string text) => new("String", "Literal", JsonSerializer.SerializeToElement(text));

    private static ActivityNode New(ActivityNode chart, Random random)
    {
        var id = Enumerable.Range(1, 10_000).Select(number => $"new{number}").First(id => chart.Activities.All(node => node.Id != id));
        return new ActivityNode { Id = id, Type = "GridFlow.Approval", Name = id, Position = new CanvasPoint(random.Next(100), 0), Inputs = ImmutableDictionary<string, ActivityInput>.Empty.Add("unit", Literal("@town")) };
    }

    private static ActivityNode Replace(ActivityNode chart, ActivityNode node) =>
        chart with { Activities = [.. chart.Activities.Select(other => other.Id == node.Id ? node : other)] };

    private static ActivityNode Remove(ActivityNode chart, string id) => chart with
    {
        Activities = [.. chart.Activities.Where(node => node.Id != id)],
        Connections = [.. chart.Connections.Where(connection => connection.Source != id && connection.Target != id)],
    };
}
