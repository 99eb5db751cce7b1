using System.Buffers.Binary;

namespace GridFlow.Server.Photos;

/// <summary>
/// Takes out of a picture what the camera wrote beside it: where and when it was taken, with what, by whom, and the small
/// preview that may show more than the picture. How it is to be turned stays, or it would lie on its side.
/// </summary>
public static class PhotoPrivacy
{
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte Comment = 0xFE;
    private const ushort OrientationTag = 0x0112;
    private const int PngHead = 8;
    private const int PngFrame = 12;
    private const int RiffHead = 12;

    /// <summary>The picture without those; null when it is not whole.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> picture, PhotoType type) => type switch
    {
        PhotoType.Jpeg => Jpeg(picture),
        PhotoType.Png => Png(picture),
        PhotoType.WebP => WebP(picture),
    };

    private static byte[]? Jpeg(ReadOnlySpan<byte> picture)
    {
        var segments = JpegSegments.Of(picture);
        if (!JpegSegments.IsWhole(segments))
        {
            return null;
        }

        var kept = new List<byte>(picture.Length);
        ushort orientation = 1;
        var at = 0;
        foreach (var segment in segments)
        {
            var content = picture.Slice(segment.Start, segment.Length);
            if (segment.Marker == App1 && content[4..].StartsWith("Exif\0\0"u8))
            {
                orientation = OrientationOf(content[10..]);
            }

            if (IsNeeded(segment.Marker, content))
            {
                kept.AddRange(content);
            }

            at = segment.Marker is 0xD8 or App0 ? kept.Count : at;
        }

        if (orientation is > 1 and <= 8)
        {
            kept.InsertRange(at, OrientationAlone(orientation));
        }

        return [.. kept];
    }

    // Of what applications add, three are needed to show the picture: its density, its colours, how they are coded.
    private static bool IsNeeded(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        App0 => content[4..].StartsWith("JFIF\0"u8),
        App2 => content[4..].StartsWith("ICC_PROFILE\0"u8),
        App14 => content[4..].StartsWith("Adobe"u8),
        > App0 and <= 0xEF or Comment => false,
        _ => true,
    };

    private static ushort OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return 1;
        }

        var isLittle = tiff.StartsWith("II"u8);
        var at = (long)Four(tiff[4..]);
        if (at + 2 > tiff.Length)
        {
            return 1;
        }

        var count = Two(tiff[(int)at..]);
        for (var entry = (int)at + 2; count > 0 && entry + 12 <= tiff.Length; entry += 12, count--)
        {
            if (Two(tiff[entry..]) == OrientationTag)
            {
                return Two(tiff[(entry + 8)..]);
            }
        }

        return 1;

        ushort Two(ReadOnlySpan<byte> from) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt16BigEndian(from);
        uint Four(ReadOnlySpan<byte> from) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(from) : BinaryPrimitives.ReadUInt32BigEndian(from);
    }

    /// <summary>An EXIF segment that says one thing: how the picture is turned.</summary>
    private static byte[] OrientationAlone(ushort orientation) =>
    [
        0xFF, App1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static byte[]? Png(ReadOnlySpan<byte> picture)
    {
        var kept = new List<byte>(picture.Length);
        kept.AddRange(picture[..PngHead]);
        for (var at = PngHead; at + PngFrame <= picture.Length;)
        {
            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(picture[at..]) + PngFrame;
            if (at + length > picture.Length)
            {
                return null;
            }

            var chunk = picture.Slice(at, (int)length);
            var name = chunk[4..8];
            if (!(name.SequenceEqual("eXIf"u8) || name.SequenceEqual("tEXt"u8) || name.SequenceEqual("iTXt"u8) || name.SequenceEqual("zTXt"u8) || name.SequenceEqual("tIME"u8)))
            {
                kept.AddRange(chunk);
            }

            if (name.SequenceEqual("IEND"u8))
            {
                return [.. kept];
            }

            at += (int)length;
        }

        return null;
    }

    private static byte[]? WebP(ReadOnlySpan<byte> picture)
    {
        const byte exifAndXmp = 0x0C;
        var end = (long)BinaryPrimitives.ReadUInt32LittleEndian(picture[4..]) + 8;
        if (end > picture.Length)
        {
            return null;
        }

        var kept = new List<byte>(picture.Length);
        kept.AddRange(picture[..RiffHead]);
        for (var at = RiffHead; at + 8 <= end;)
        {
            var length = 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(picture[(at + 4)..]);
            length += length % 2;
            if (at + length > end)
            {
                return null;
            }

            var chunk = picture.Slice(at, (int)length);
            if (!(chunk.StartsWith("EXIF"u8) || chunk.StartsWith("XMP "u8)))
            {
                kept.AddRange(chunk);
                if (chunk.StartsWith("VP8X"u8) && chunk.Length > 8)
                {
                    kept[^(chunk.Length - 8)] &= unchecked((byte)~exifAndXmp);
                }
            }

            at += (int)length;
        }

        byte[] cleaned = [.. kept];
        BinaryPrimitives.WriteUInt32LittleEndian(cleaned.AsSpan(4), (uint)(cleaned.Length - 8));
        return cleaned;
    }
}
