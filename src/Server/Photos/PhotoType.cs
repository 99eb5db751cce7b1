using System.Buffers.Binary;

namespace GridFlow.Server.Photos;

public enum PhotoType
{
    Jpeg,
    Png,
    WebP,
}

/// <summary>What a picture is by its content, and how large; a name or a header says nothing.</summary>
public sealed record PhotoShape(PhotoType Type, int Width, int Height)
{
    private static ReadOnlySpan<byte> PngMark => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public string ContentType => TypeOf(Type);

    public static string TypeOf(PhotoType type) => type switch
    {
        PhotoType.Jpeg => "image/jpeg",
        PhotoType.Png => "image/png",
        PhotoType.WebP => "image/webp",
    };

    /// <summary>Null for what is none of the three, or is broken before its size.</summary>
    public static PhotoShape? Of(ReadOnlySpan<byte> picture)
    {
        var found = picture switch
        {
            [0xFF, 0xD8, 0xFF, ..] => Jpeg(picture),
            _ when picture.StartsWith(PngMark) => Png(picture),
            _ when picture.Length > 30 && picture.StartsWith("RIFF"u8) && picture[8..].StartsWith("WEBP"u8) => WebP(picture),
            _ => null,
        };
        return found is { Width: > 0, Height: > 0 } ? found : null;
    }

    private static PhotoShape? Jpeg(ReadOnlySpan<byte> picture)
    {
        foreach (var segment in JpegSegments.Of(picture))
        {
            // The start-of-frame markers; C4, C8 and CC lie among them and are none.
            if (segment.Marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && segment.Length >= 9)
            {
                var body = picture.Slice(segment.Start, segment.Length);
                return new PhotoShape(PhotoType.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(body[7..]), BinaryPrimitives.ReadUInt16BigEndian(body[5..]));
            }
        }

        return null;
    }

    private static PhotoShape? Png(ReadOnlySpan<byte> picture) => picture.Length >= 24 && picture[12..].StartsWith("IHDR"u8)
        ? new PhotoShape(PhotoType.Png, BinaryPrimitives.ReadInt32BigEndian(picture[16..]), BinaryPrimitives.ReadInt32BigEndian(picture[20..]))
        : null;

    private static PhotoShape? WebP(ReadOnlySpan<byte> picture)
    {
        var kind = picture[12..16];
        if (kind.SequenceEqual("VP8X"u8))
        {
            return new PhotoShape(PhotoType.WebP, Three(picture[24..]) + 1, Three(picture[27..]) + 1);
        }

        if (kind.SequenceEqual("VP8 "u8))
        {
            return new PhotoShape(PhotoType.WebP, BinaryPrimitives.ReadUInt16LittleEndian(picture[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(picture[28..]) & 0x3FFF);
        }

        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(picture[21..]);
            return new PhotoShape(PhotoType.WebP, (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return null;

        static int Three(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);
    }
}
