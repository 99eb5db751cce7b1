using GridFlow.Server.Drafts;
using GridFlow.Workflows.Bundles;

namespace GridFlow.Server.Catalogue;

/// <summary>What a page of rules shows: the bundle in force to be read, or a draft to be changed.</summary>
/// <param name="Bundle">The rules.</param>
/// <param name="Session">The draft; null where the bundle in force is shown.</param>
public sealed record RulesView(Bundle Bundle, DraftSession? Session)
{
    public bool IsReadOnly => Session is null or { IsClosed: true };

    public IReadOnlyList<Problem> Problems => Session?.Problems ?? [];

    public Task EditAsync(Func<Bundle, Bundle> change) => IsReadOnly ? Task.CompletedTask : Session!.EditAsync(change);
}
