using System.Collections.Concurrent;
using System.Text.Json;
using GridFlow.Server.Audit;
using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Drafts;

/// <summary>
/// Keeps drafts. An edit is a set of changed values applied to the draft as it is when the edit arrives, in one transaction
/// guarded by the draft's version: whoever comes second is applied to what the first one left, or is told what stands in the way.
/// </summary>
public sealed class DraftStore(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, WriteGate gate, DraftFeed feed, TimeProvider time)
{
    /// <summary>How long a draft's name may be, in characters.</summary>
    public const int LongestName = 100;

    // Far more editors than a county has would have to write into one draft in the same instant.
    private const int Attempts = 200;
    private const int EditsSearched = 500;

    private readonly ConcurrentDictionary<int, Draft> _known = [];

    /// <summary>Drafts that are not over, newest change first.</summary>
    public async Task<IReadOnlyList<DraftListRow>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Drafts.AsNoTracking().Where(row => row.Status != DraftStatus.Published && row.Status != DraftStatus.Discarded)
            .OrderByDescending(row => row.ChangedAt).Take(100).ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.Id).ToList();
        var parts = (await db.DraftParts.AsNoTracking().Where(part => ids.Contains(part.DraftId)).Select(part => new { part.DraftId, part.Part }).ToListAsync(cancellationToken)).ToLookup(part => part.DraftId, part => part.Part);
        return [.. rows.Select(row => new DraftListRow(row.Id, row.Name, row.BaseNumber, row.Status, row.AuthorName, row.ChangedBy, row.ChangedAt, row.PublishAt, row.PublishedAs, [.. parts[row.Id].Order(StringComparer.Ordinal)]))];
    }

    /// <summary>A draft as it is now, or null.</summary>
    public async Task<Draft?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadSnapshotAsync(cancellationToken);
        return await db.Drafts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? await ReadAsync(db, row, cancellationToken) : null;
    }

    /// <summary>Begins a draft from the bundle in force.</summary>
    /// <param name="name">What it is to be called; cut where it is too long, and made up where it is empty.</param>
    /// <param name="who">Its author; checked for the permission here.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public Task<Draft> BeginAsync(string name, CurrentUser who, CancellationToken cancellationToken = default) => BeginAsync(name, null, who, cancellationToken);

    /// <summary>Begins a draft that would make a given content the next bundle.</summary>
    /// <param name="name">What it is to be called.</param>
    /// <param name="content">The content; null for that of the bundle in force.</param>
    /// <param name="who">Its author.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public async Task<Draft> BeginAsync(string name, Bundle? content, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who);
        var inForce = await bundles.GetCurrentAsync(cancellationToken);
        var now = time.GetUtcNow();
        var changes = content is null ? [] : BundleEdits.Between(inForce, content);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = new DraftRow
        {
            Name = name.Trim() is { Length: > 0 } given ? Cut(given) : Cut($"{who.Name} {TimeZoneInfo.ConvertTime(now, inForce.Calendar.Zone):M-d HH:mm}"),
            BaseNumber = inForce.Number,
            AuthorId = who.AccountId,
            AuthorName = who.Name,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = who.Name,
            Version = changes.Length > 0 ? 1 : 0,
        };
        db.Drafts.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        if (changes.Length > 0)
        {
            await PutAsync(db, row.Id, row.Version, changes, content!, who, cancellationToken);
        }

        db.Audit.Add(new AuditRow { At = now, AccountId = who.AccountId, Name = who.Name, Act = AuditAct.DraftBegun, Subject = FormattableString.Invariant($"draft/{row.Id}"), Detail = row.Name });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await ReadAsync(db, row, cancellationToken);
    }

    /// <summary>Applies changes to a draft as it is now: all of them, or none.</summary>
    /// <exception cref="DefinitionFormatException">The changes do not lead to anything that can be read.</exception>
    public async Task<EditResult> EditAsync(int id, IReadOnlyList<CellChange> changes, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who);
        for (var attempt = 0; ; attempt++)
        {
            var draft = await FindAsync(id, cancellationToken);
            if (draft is not { Status: DraftStatus.Open })
            {
                return new EditResult.Closed(draft?.Status);
            }

            var applied = BundleEdits.Apply(draft.Content, changes);
            if (!applied.IsDone)
            {
                return new EditResult.Conflicting(draft, await ExplainAsync(draft, applied.Conflicts, cancellationToken));
            }

            var made = BundleEdits.Between(draft.Content, applied.Content);
            if (made.IsEmpty)
            {
                return new EditResult.Kept(draft);
            }

            if (await KeepAsync(draft, applied.Content, made, draft.Base, who, null, cancellationToken) is { } kept)
            {
                return new EditResult.Kept(kept);
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"Draft {id} is edited faster than an edit can be applied.");
            }
        }
    }

    /// <summary>
    /// Takes what was published since the draft was begun into it, so that publishing it takes nothing of that back.
    /// </summary>
    /// <param name="id">The draft.</param>
    /// <param name="mine">Paths at which the draft's value is kept although another was published; all other conflicts are returned, and nothing is kept.</param>
    /// <param name="theirs">Paths at which the published value is taken although the draft has another.</param>
    /// <param name="who">Who decides.</param>
    /// <param name="cancellationToken">Ends the attempt before the commit.</param>
    public async Task<EditResult> RebaseAsync(int id, IReadOnlyCollection<string> mine, IReadOnlyCollection<string> theirs, CurrentUser who, CancellationToken cancellationToken = default)
    {
        Require(who);
        for (var attempt = 0; ; attempt++)
        {
            var draft = await FindAsync(id, cancellationToken);
            if (draft is not { Status: DraftStatus.Open })
            {
                return new EditResult.Closed(draft?.Status);
            }

            var inForce = await bundles.GetCurrentAsync(cancellationToken);
            var published = BundleEdits.Between(draft.Base, inForce).ToDictionary(change => change.Path, StringComparer.Ordinal);
            var own = draft.Changes.Where(change => !theirs.Contains(change.Path))
                .Select(change => mine.Contains(change.Path) && published.TryGetValue(change.Path, out var other) ? change with { Before = other.After } : change);
            var applied = BundleEdits.Apply(inForce, own);
            if (!applied.IsDone)
            {
                return new EditResult.Conflicting(draft, [.. applied.Conflicts.Select(change => new EditConflict(change, published.GetValueOrDefault(change.Path)?.After, null, null))]);
            }

            if (await KeepAsync(draft, applied.Content, BundleEdits.Between(draft.Content, applied.Content), inForce, who, AuditAct.DraftRebased, cancellationToken) is { } kept)
            {
                return new EditResult.Kept(kept);
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"Draft {id} is edited faster than a bundle can be taken in.");
            }
        }
    }

    /// <summary>Edits of a draft, newest first.</summary>
    public async Task<IReadOnlyList<(int Version, DateTimeOffset At, string Name, IReadOnlyList<CellChange> Changes)>> EditsAsync(int id, int take, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.DraftEdits.AsNoTracking().Where(row => row.DraftId == id).OrderByDescending(row => row.Version).Take(take).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Version, row.At, row.Name, (IReadOnlyList<CellChange>)ChangesOf(row)))];
    }

    /// <summary>Changes what is to become of a draft, if it still stands as it was read.</summary>
    internal async Task<bool> SetAsync(Draft draft, CurrentUser who, AuditAct act, string detail, Action<DraftRow> set, CancellationToken cancellationToken)
    {
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await TakeAsync(db, draft, who.Name, cancellationToken))
            {
                return false;
            }

            var row = await db.Drafts.SingleAsync(found => found.Id == draft.Id, cancellationToken);
            set(row);
            db.Audit.Add(new AuditRow { At = time.GetUtcNow(), AccountId = who.AccountId, Name = who.Name, Act = act, Subject = FormattableString.Invariant($"draft/{draft.Id}"), Detail = detail });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        feed.Tell(new DraftEdited(draft.Id, draft.Version + 1, [], who.AccountId, who.Name));
        return true;
    }

    /// <summary>Counts the draft's version up in a transaction, unless somebody else did since it was read: the guard of every change.</summary>
    internal async Task<bool> TakeAsync(GridFlowDbContext db, Draft draft, string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.Drafts.Where(row => row.Id == draft.Id && row.Version == draft.Version && row.Status == draft.Status).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(row => row.Version, draft.Version + 1);
                set.SetProperty(row => row.ChangedAt, now);
                set.SetProperty(row => row.ChangedBy, name);
            },
            cancellationToken) == 1;
    }

    internal void Tell(DraftEdited edited) => feed.Tell(edited);

    private async Task<Draft?> KeepAsync(Draft draft, Bundle content, IReadOnlyList<CellChange> made, Bundle @base, CurrentUser who, AuditAct? act, CancellationToken cancellationToken)
    {
        var parts = made.Select(change => CellPath.PartOf(change.Path)).Distinct().ToList();
        Draft kept;
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await TakeAsync(db, draft, who.Name, cancellationToken))
            {
                return null;
            }

            if (@base.Number != draft.Base.Number)
            {
                // What differs from the new base is written anew.
                await db.DraftParts.Where(row => row.DraftId == draft.Id).ExecuteDeleteAsync(cancellationToken);
                await db.Drafts.Where(row => row.Id == draft.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.BaseNumber, @base.Number), cancellationToken);
                await PutPartsAsync(db, draft.Id, BundleEdits.Between(@base, content).Select(change => CellPath.PartOf(change.Path)), content, cancellationToken);
                AddEdit(db, draft.Id, draft.Version + 1, made, who);
            }
            else
            {
                await PutAsync(db, draft.Id, draft.Version + 1, made, content, who, cancellationToken);
            }

            if (act is { } told)
            {
                db.Audit.Add(new AuditRow { At = time.GetUtcNow(), AccountId = who.AccountId, Name = who.Name, Act = told, Subject = FormattableString.Invariant($"draft/{draft.Id}"), Detail = FormattableString.Invariant($"{draft.Base.Number} → {@base.Number}") });
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            kept = draft with { Version = draft.Version + 1, Base = @base, Content = content, ChangedBy = who.Name, ChangedAt = time.GetUtcNow() };
            _known[draft.Id] = kept;
        }

        feed.Tell(new DraftEdited(draft.Id, kept.Version, parts, who.AccountId, who.Name));
        return kept;
    }

    private Task PutAsync(GridFlowDbContext db, int id, int version, IReadOnlyList<CellChange> made, Bundle content, CurrentUser who, CancellationToken cancellationToken)
    {
        AddEdit(db, id, version, made, who);
        return PutPartsAsync(db, id, made.Select(change => CellPath.PartOf(change.Path)), content, cancellationToken);
    }

    private void AddEdit(GridFlowDbContext db, int id, int version, IReadOnlyList<CellChange> made, CurrentUser who) => db.DraftEdits.Add(new DraftEditRow
    {
        DraftId = id,
        Version = version,
        At = time.GetUtcNow(),
        AccountId = who.AccountId,
        Name = who.Name,
        Changes = JsonSerializer.Serialize(made, BundleJson.Options),
    });

    private static async Task PutPartsAsync(GridFlowDbContext db, int id, IEnumerable<string> parts, Bundle content, CancellationToken cancellationToken)
    {
        var wanted = parts.Distinct().ToList();
        var rows = await db.DraftParts.Where(row => row.DraftId == id && wanted.Contains(row.Part)).ToDictionaryAsync(row => row.Part, cancellationToken);
        foreach (var part in wanted)
        {
            var written = BundleJson.WritePart(content, part) ?? "";
            if (rows.TryGetValue(part, out var row))
            {
                row.Content = written;
            }
            else
            {
                db.DraftParts.Add(new DraftPartRow { DraftId = id, Part = part, Content = written });
            }
        }
    }

    private async Task<Draft> ReadAsync(GridFlowDbContext db, DraftRow row, CancellationToken cancellationToken)
    {
        var publication = new Publication(row.Reason, row.PublishAt, row.RequestedById, row.RequestedByName, row.PublishedAs, row.Problem is null ? null : JsonSerializer.Deserialize<LocalizedText>(row.Problem, BundleJson.Options));
        if (_known.TryGetValue(row.Id, out var known) && known.Version == row.Version && known.Base.Number == row.BaseNumber)
        {
            return known with { Name = row.Name, Status = row.Status, Publication = publication };
        }

        var @base = await bundles.GetAsync(row.BaseNumber, cancellationToken);
        var parts = await db.DraftParts.AsNoTracking().Where(part => part.DraftId == row.Id).Select(part => new { part.Part, part.Content }).ToListAsync(cancellationToken);
        var content = BundleJson.With(@base, parts.Select(part => (part.Part, part.Content.Length > 0 ? part.Content : null)));
        return _known[row.Id] = new Draft(row.Id, row.Name, row.Version, row.Status, @base, content, row.AuthorName, row.CreatedAt, row.ChangedBy, row.ChangedAt, publication);
    }

    // Who last touched what is in the way: the newest edit that names it, or what it lies in.
    private async Task<IReadOnlyList<EditConflict>> ExplainAsync(Draft draft, IReadOnlyList<CellChange> conflicts, CancellationToken cancellationToken)
    {
        var edits = await EditsAsync(draft.Id, EditsSearched, cancellationToken);
        return [.. conflicts.Select(Explain)];

        EditConflict Explain(CellChange wanted)
        {
            foreach (var edit in edits)
            {
                if (edit.Changes.FirstOrDefault(change => change.Path == wanted.Path) is { } found)
                {
                    return new EditConflict(wanted, found.After, edit.Name, edit.At);
                }
            }

            return new EditConflict(wanted, null, null, null);
        }
    }

    private static List<CellChange> ChangesOf(DraftEditRow row) => JsonSerializer.Deserialize<List<CellChange>>(row.Changes, BundleJson.Options)!;

    private static string Cut(string name) => name.Length > LongestName ? name[..LongestName] : name;

    private static void Require(CurrentUser who)
    {
        if (!who.Can(Permission.Edit))
        {
            throw new UnauthorizedAccessException("Editing drafts needs the permission Edit.");
        }
    }
}
