using System.Buffers.Binary;

namespace GridFlow.Server.Photos;

/// <summary>A part of a JPEG file: marker, length and content, and for a scan the picture data that follows it.</summary>
internal readonly record struct JpegSegment(byte Marker, int Start, int Length);

internal static class JpegSegments
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>
    /// The parts of a picture in their order, up to its end; what follows the end (other pictures, notes of the camera) is not
    /// part of it. A broken file gives the parts before the break, so its end is missing.
    /// </summary>
    public static List<JpegSegment> Of(ReadOnlySpan<byte> picture)
    {
        var segments = new List<JpegSegment>();
        var at = 0;
        while (at + 1 < picture.Length && picture[at] == 0xFF)
        {
            var marker = picture[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is StartOfImage or EndOfImage)
            {
                segments.Add(new JpegSegment(marker, at, 2));
                at += 2;
                if (marker == EndOfImage)
                {
                    break;
                }

                continue;
            }

            if (at + 4 > picture.Length)
            {
                break;
            }

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(picture[(at + 2)..]);
            if (length < 4 || at + length > picture.Length)
            {
                break;
            }

            if (marker == StartOfScan)
            {
                length += ScanLength(picture[(at + length)..]);
            }

            segments.Add(new JpegSegment(marker, at, length));
            at += length;
        }

        return segments;
    }

    public static bool IsWhole(List<JpegSegment> segments) => segments is [{ Marker: StartOfImage }, .., { Marker: EndOfImage }];

    // Picture data goes on to the next marker that is neither a stuffed byte nor a restart.
    private static int ScanLength(ReadOnlySpan<byte> data)
    {
        for (var i = 0; i + 1 < data.Length; i++)
        {
            if (data[i] == 0xFF && data[i + 1] is not (0x00 or (>= 0xD0 and <= 0xD7) or 0xFF))
            {
                return i;
            }
        }

        return data.Length;
    }
}
