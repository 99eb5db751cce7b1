using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Bundles;

public sealed class ShippedBundleTests
{
    private readonly Bundle _bundle = ShippedBundle.Read(1);

    [Fact]
    public void The_shipped_bundle_may_be_published_as_it_is()
    {
        Assert.Empty(_bundle.Definitions.SelectMany(definition => DefinitionValidator.Validate(definition, id => _bundle.FindDefinition(id) is not null, _ => false)));
        Assert.Empty(RoutingChecker.Check(_bundle.Routing, _bundle.Categories, _ => false, id => _bundle.FindDefinition(id) is not null));
    }

    [Fact]
    public void A_bundle_survives_being_stored()
    {
        var stored = BundleJson.Write(_bundle);

        var read = BundleJson.Read(1, stored);

        Assert.Equal(stored, BundleJson.Write(read));
        Assert.Equal(_bundle.Definitions.Select(definition => definition.Name), read.Definitions.Select(definition => definition.Name));
        Assert.Equal(_bundle.Categories.All.Select(category => category.Key), read.Categories.All.Select(category => category.Key));
        Assert.Equal(_bundle.Calendar.Overrides, read.Calendar.Overrides);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"definitions":[{"id":"x"}],"routing":[],"categories":[],"calendar":{}}""")]
    public void What_is_not_a_bundle_is_refused_with_a_message(string content) =>
        Assert.NotEmpty(Assert.Throws<DefinitionFormatException>(() => BundleJson.Read(1, content)).Problem.En);

    [Fact]
    public void Every_text_of_the_shipped_flows_is_there_in_both_languages()
    {
        foreach (var node in _bundle.Definitions.SelectMany(definition => definition.Root.Activities))
        {
            Assert.Matches("[\u4e00-\u9fff]", node.DisplayText.Zh);
            Assert.DoesNotMatch("[\u4e00-\u9fff]", node.DisplayText.En);
            var form = GridFlow.Workflows.Activities.Cases.WorkItemForm.Of(node);
            foreach (var label in form.Outcomes.Select(outcome => outcome.Label).Concat(form.Fields.Select(field => field.Label)))
            {
                Assert.Matches("[\u4e00-\u9fff]", label.Zh);
                Assert.DoesNotMatch("[\u4e00-\u9fff]", label.En);
            }
        }
    }
}
