using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Photos;

/// <summary>A photo as it comes in.</summary>
/// <param name="CaseNumber">The case it belongs to.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="WorkItem">The work item it is evidence for, or null.</param>
/// <param name="Key">Names the upload at its sender.</param>
/// <param name="Picture">The file.</param>
public sealed record NewPhoto(string CaseNumber, PhotoKind Kind, string? WorkItem, string Key, ReadOnlyMemory<byte> Picture);

/// <summary>What became of a photo that came in.</summary>
public abstract record PhotoResult
{
    private PhotoResult()
    {
    }

    /// <summary>It is kept, now or since it was sent the first time.</summary>
    public sealed record Kept(Photo Photo) : PhotoResult;

    /// <summary>There is no such case, or none that this person may see.</summary>
    public sealed record NotFound : PhotoResult;

    /// <summary>Not taken; the key of a sentence in <see cref="PhotosText"/> and a number for it.</summary>
    public sealed record Refused(string TextKey, int Number = 0) : PhotoResult;
}

/// <summary>The photos of cases: who may add one, who may see one.</summary>
public sealed class PhotoStore(IDbContextFactory<GridFlowDbContext> database, PhotoFiles files, PhotoFeed feed, WriteGate gate, IOptions<PhotoOptions> options, TimeProvider time)
{
    public const int MaxKey = 100;
    private const int MaxWorkItem = 100;

    /// <summary>Why a picture would not be taken, whatever case it is for; null when it would.</summary>
    public PhotoResult.Refused? Check(ReadOnlySpan<byte> picture) => Judge(picture, out _, out _);

    /// <summary>Adds a photo. Sending the same key again keeps what is kept.</summary>
    public async Task<PhotoResult> AddAsync(NewPhoto photo, CurrentUser user, CancellationToken cancellationToken = default)
    {
        if (photo.Key.Length is 0 or > MaxKey || photo.WorkItem?.Length > MaxWorkItem)
        {
            return new PhotoResult.Refused("RefusedForm");
        }

        // Keys are made by phones; one person's must not hit upon another's.
        var key = $"{user.AccountId}:{photo.Key}";
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => row.Number == photo.CaseNumber).Select(row => new { row.Status }).FirstOrDefaultAsync(cancellationToken) is not { } found)
        {
            return new PhotoResult.NotFound();
        }

        if (await FindByKeyAsync(db, key, cancellationToken) is { } before)
        {
            return new PhotoResult.Kept(before);
        }

        if (!user.Can(Permission.WorkItems) || found.Status != CaseStatus.Open)
        {
            return new PhotoResult.Refused(found.Status != CaseStatus.Open ? "RefusedClosed" : "RefusedRight");
        }

        if (Judge(photo.Picture.Span, out var shape, out var cleaned) is { } refused)
        {
            return refused;
        }

        if (await db.Set<PhotoRow>().CountAsync(row => row.CaseNumber == photo.CaseNumber, cancellationToken) >= options.Value.MaxPerCase)
        {
            return new PhotoResult.Refused("RefusedMany", options.Value.MaxPerCase);
        }

        // The file first: a row without its file would be a photo that is lost, a file without its row is only space.
        var hash = await files.KeepAsync(cleaned, cancellationToken);
        var row = new PhotoRow
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Key = key,
            CaseNumber = photo.CaseNumber,
            Kind = photo.Kind,
            WorkItem = photo.WorkItem,
            ById = user.AccountId,
            ByName = user.Name,
            At = time.GetUtcNow(),
            Hash = hash,
            Type = shape.Type,
            Width = shape.Width,
            Height = shape.Height,
            Size = cleaned.Length,
        };
        db.Add(row);
        try
        {
            // Asked again in turn: of the same upload sent twice at once, the second finds the first.
            using var turn = await gate.EnterAsync(cancellationToken);
            if (await FindByKeyAsync(db, key, cancellationToken) is { } quicker)
            {
                return new PhotoResult.Kept(quicker);
            }

            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Where writers take no turns, the other may be quicker still. Anything else is thrown on.
            await using var again = await database.CreateDbContextAsync(cancellationToken);
            if (await FindByKeyAsync(again, key, cancellationToken) is { } other)
            {
                return new PhotoResult.Kept(other);
            }

            throw;
        }

        feed.Publish(photo.CaseNumber);
        return new PhotoResult.Kept(ToPhoto(row));
    }

    /// <summary>The photos of a case in the order they came; none when the reader may not see the case.</summary>
    public async Task<IReadOnlyList<Photo>> ListAsync(string caseNumber, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(db, user).Where(row => row.CaseNumber == caseNumber).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ToPhoto)];
    }

    /// <summary>A photo with its picture, or null for whoever may not see its case.</summary>
    public async Task<(PhotoRow Row, Stream Picture)?> OpenAsync(string id, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Visible(db, user).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row && files.Open(row.Hash) is { } picture ? (row, picture) : null;
    }

    private static IQueryable<PhotoRow> Visible(GridFlowDbContext db, CurrentUser user)
    {
        var cases = db.Cases.VisibleTo(user, db);
        return db.Set<PhotoRow>().AsNoTracking().Where(row => cases.Any(visible => visible.Number == row.CaseNumber));
    }

    private static async Task<Photo?> FindByKeyAsync(GridFlowDbContext db, string key, CancellationToken cancellationToken) =>
        await db.Set<PhotoRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Key == key, cancellationToken) is { } row ? ToPhoto(row) : null;

    private static Photo ToPhoto(PhotoRow row) => new(row.Id, row.Key[(row.Key.IndexOf(':', StringComparison.Ordinal) + 1)..], row.Kind, row.WorkItem, row.ByName, row.At, row.Width, row.Height);

    private PhotoResult.Refused? Judge(ReadOnlySpan<byte> picture, out PhotoShape shape, out byte[] cleaned)
    {
        (shape, cleaned) = (null!, []);
        if (picture.Length > options.Value.MaxBytes)
        {
            return new PhotoResult.Refused("RefusedLarge", options.Value.MaxBytes / 1_000_000);
        }

        if (PhotoShape.Of(picture) is not { } found || PhotoPrivacy.Clean(picture, found.Type) is not { } whole)
        {
            return new PhotoResult.Refused("RefusedType");
        }

        (shape, cleaned) = (found, whole);
        return Math.Max(found.Width, found.Height) > options.Value.MaxSide ? new PhotoResult.Refused("RefusedSide", options.Value.MaxSide) : null;
    }
}
