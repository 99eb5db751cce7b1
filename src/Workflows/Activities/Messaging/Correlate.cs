namespace GridFlow.Workflows.Activities.Messaging;

/// <summary>Groups the instance with others, so that events can be published for the group.</summary>
internal sealed class Correlate : Activity
{
    private const int MaxLength = 200;

    public override string Type => "Elsa.Correlate";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        var id = context.Text("correlationId");
        if (id.Length > MaxLength)
        {
            throw new ActivityException($"the correlation id of '{context.Node.Id}' is longer than {MaxLength} characters");
        }

        context.Step.Instance.CorrelationId = id.Length > 0 ? id : null;
        return ActivityResult.Done;
    }
}
