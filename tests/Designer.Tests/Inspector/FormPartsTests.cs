using GridFlow.Designer.Inspector;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Tests.Inspector;

public sealed class FormPartsTests
{
    private static readonly WorkflowDefinition Hard = ShippedBundle.Read(1).FindDefinition("hard")!;
    private static readonly WorkflowDefinition Intake = ShippedBundle.Read(1).FindDefinition("intake")!;

    [Fact]
    public void An_outcome_renamed_keeps_its_connections_and_its_fields()
    {
        var renamed = Hard.RenameOutcome("plan", "Whistle", "Call");

        Assert.Equal(["Call", "Raise"], FormParts.OutcomesOf(renamed.FindActivity("plan")!)!.Value.Select(outcome => outcome.Name));
        Assert.Equal(Targets(Hard, "plan", "Whistle"), Targets(renamed, "plan", "Call"));
        Assert.Empty(Targets(renamed, "plan", "Whistle"));
        Assert.All(FormParts.FieldsOf(renamed.FindActivity("plan")!)!.Value, field => Assert.DoesNotContain("Whistle", field.For));
        Assert.Equal(Problems(Hard), Problems(renamed));
    }

    [Fact]
    public void Conditions_follow_what_is_renamed()
    {
        var renamed = Intake.RenameOutcome("check", "Resort", "Again").RenameField("check", "category", "kind");
        var asking = Intake.Change("sure", node => node.With("condition", InputValues.Expression("Boolean", "['Resort', 'x'].includes(outputs.check?.outcome) && outputs.check?.category !== null && outputs.plan?.outcome === 'Resort'")))
            .RenameOutcome("check", "Resort", "Again").RenameField("check", "category", "kind");

        Assert.Equal("case.isSure || case.round > 1 || outputs.check?.outcome === 'Again'", renamed.FindActivity("sure")!.Inputs["condition"].Text);
        Assert.Equal("['Again', 'x'].includes(outputs.check?.outcome) && outputs.check?.kind !== null && outputs.plan?.outcome === 'Resort'", asking.FindActivity("sure")!.Inputs["condition"].Text);
        Assert.Contains(FormParts.FieldsOf(renamed.FindActivity("check")!)!.Value, field => field.Name == "kind");
        Assert.Equal(Intake.FindActivity("again")!.Inputs["condition"].Text, renamed.FindActivity("again")!.Inputs["condition"].Text);
    }

    [Fact]
    public void An_outcome_removed_takes_its_connections_and_its_own_fields_along()
    {
        var without = Intake.RemoveOutcome("check", "Resort");

        Assert.Empty(Targets(without, "check", "Resort"));
        Assert.DoesNotContain(FormParts.FieldsOf(without.FindActivity("check")!)!.Value, field => field.Name == "category");
        Assert.DoesNotContain(FormParts.FieldsOf(without.FindActivity("check")!)!.Value, field => field.For.Contains("Resort"));
    }

    [Fact]
    public void What_an_entry_holds_beyond_what_we_know_stays_with_it_wherever_it_moves()
    {
        var node = Node("""[{"name":"a","colour":"red"},{"name":"b","label":{"zh":"乙","en":"B"}}]""");
        var outcomes = FormParts.OutcomesOf(node)!.Value;

        var moved = FormParts.WithOutcomes(node, [(outcomes[1], 1), (outcomes[0] with { NeedsComment = true }, 0), (new WorkItemOutcome { Name = "c" }, -1)]);

        Assert.Equal("""[{"name":"b","label":{"zh":"乙","en":"B"}},{"colour":"red","name":"a","needsComment":true},{"name":"c"}]""", Plain(moved, "outcomes"));
    }

    [Fact]
    public void A_field_is_written_as_it_is_read()
    {
        foreach (var node in ShippedBundle.Read(1).Definitions.SelectMany(flow => flow.AllActivities()).Where(node => node.Inputs.ContainsKey("fields")))
        {
            var fields = FormParts.FieldsOf(node)!.Value;

            var written = FormParts.WithFields(node, fields.Select((field, index) => (field, index)));

            Assert.Equivalent(fields, FormParts.FieldsOf(written)!.Value, strict: true);
        }
    }

    [Fact]
    public void Cases_of_a_switch_are_renamed_reordered_and_removed_with_their_connections()
    {
        var cases = SwitchCases.Of(Intake.FindActivity("tier")!);

        var changed = SwitchCases.Change(Intake, "tier", [cases[3], cases[1] with { Label = "Hard" }, cases[2] with { Label = "Small" }]);

        Assert.Equal(["Big", "Hard", "Small"], SwitchCases.Of(changed.FindActivity("tier")!).Select(one => one.Label));
        Assert.Equal(Targets(Intake, "tier", "Small"), Targets(changed, "tier", "Hard"));
        Assert.Equal(Targets(Intake, "tier", "Hard"), Targets(changed, "tier", "Small"));
        Assert.Empty(Targets(changed, "tier", "Own"));
    }

    [Fact]
    public void The_step_inside_a_case_moves_with_its_case()
    {
        var flow = ElsaJson.Read("""
            {"id":"1","definitionId":"s","name":"s","root":{"id":"r","type":"Elsa.Sequence","activities":[{"id":"s","type":"Elsa.Switch","version":1,"cases":[
              {"label":"A","condition":{"type":"JavaScript","value":"true"},"activity":{"id":"a","type":"Elsa.WriteLine","version":1}},
              {"label":"B","condition":{"type":"JavaScript","value":"false"},"activity":{"id":"b","type":"Elsa.WriteLine","version":1}}]}]}}
            """);
        var cases = SwitchCases.Of(flow.FindActivity("s")!);

        var turned = ElsaJson.Read(ElsaJson.Write(SwitchCases.Change(flow, "s", [cases[1], cases[0]])).ToJsonString()).FindActivity("s")!;
        var only = ElsaJson.Read(ElsaJson.Write(SwitchCases.Change(flow, "s", [cases[1]])).ToJsonString()).FindActivity("s")!;

        Assert.Equal("b", turned.InSlot("cases/0/activity").Single().Id);
        Assert.Equal("a", turned.InSlot("cases/1/activity").Single().Id);
        Assert.Equal(["b"], only.Activities.Select(node => node.Id));
    }

    private static ActivityNode Node(string outcomes) => new()
    {
        Id = "t",
        Type = "GridFlow.HumanTask",
        Inputs = System.Collections.Immutable.ImmutableDictionary<string, ActivityInput>.Empty.Add("outcomes", new ActivityInput("Object", "Literal", System.Text.Json.JsonDocument.Parse(outcomes).RootElement)),
    };

    private static string Plain(ActivityNode node, string input) => System.Text.RegularExpressions.Regex.Unescape(node.Inputs[input].Text);

    private static IEnumerable<string> Targets(WorkflowDefinition flow, string id, string port) =>
        flow.ParentOf(id)!.Connections.Where(connection => connection.Source == id && connection.SourcePort == port).Select(connection => connection.Target);

    private static IEnumerable<string> Problems(WorkflowDefinition flow) => DefinitionValidator.Validate(flow, _ => true, _ => true).Select(problem => problem.Path + problem.Code);
}
