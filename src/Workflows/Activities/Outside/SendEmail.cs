using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>Sends an e-mail. It leaves with the outbox; the workflow does not wait for it. Attachments are not sent.</summary>
internal sealed class SendEmail : Activity
{
    private const int MaxRecipients = 50;

    public override string Type => "Elsa.SendEmail";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["to"];

    public override IEnumerable<LocalizedText> Problems(ActivityNode node)
    {
        if (node.Inputs.TryGetValue("attachments", out var attachments) && attachments.Text.Length > 0)
        {
            yield return new LocalizedText("不支持邮件附件", "attachments of e-mails are not supported");
        }
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        var to = context.List("to");
        if (to.Length is 0 or > MaxRecipients)
        {
            throw new ActivityException($"'{context.Node.Id}' names no recipient, or more than {MaxRecipients}");
        }

        context.Post(MessageKind.Email, to[0], new Dictionary<string, object?>
        {
            ["to"] = Addresses(to),
            ["cc"] = Addresses(context.List("cc")),
            ["bcc"] = Addresses(context.List("bcc")),
            ["subject"] = context.Text("subject"),
            ["body"] = context.Text("body"),
        });
        return ActivityResult.Done;
    }

    private static List<object?> Addresses(IEnumerable<string> addresses) => [.. addresses];
}
