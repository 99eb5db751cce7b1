namespace GridFlow.Workflows.Activities.Values;

/// <summary>Gives the instance a name people can tell it by.</summary>
internal sealed class SetName : Activity
{
    private const int MaxLength = 200;

    public override string Type => "Elsa.SetName";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        var name = context.Text("value");
        context.Step.Instance.Name = name.Length > MaxLength ? name[..MaxLength] : name;
        return ActivityResult.Done;
    }
}
