using System.Security.Cryptography;
using GridFlow.Server.Persistence;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Photos;

/// <summary>
/// Keeps pictures as files named by what is in them: the same picture is kept once, and a file once written never changes.
/// Everything the rest of the portal knows of the file system is here.
/// </summary>
public sealed class PhotoFiles(IOptions<PhotoOptions> options, IOptions<DataOptions> data)
{
    private readonly string _directory = Path.GetFullPath(options.Value.Directory is { Length: > 0 } given ? given : Path.Combine(data.Value.Directory, "photos"));

    /// <summary>Keeps a picture; when this returns it is on the disk, under the hash it returns.</summary>
    public async Task<string> KeepAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellationToken = default)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(picture.Span));
        var path = PathOf(hash);
        if (File.Exists(path))
        {
            return hash;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Written beside and renamed: whoever finds the name finds the whole picture.
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(picture, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        return hash;
    }

    /// <summary>The picture with this hash, or null when the file is gone.</summary>
    public Stream? Open(string hash)
    {
        var path = PathOf(hash);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 16 * 1024, useAsync: true) : null;
    }

    // Two levels, so that no directory grows beyond what tools can list.
    private string PathOf(string hash) => Path.Combine(_directory, hash[..2], hash);
}
