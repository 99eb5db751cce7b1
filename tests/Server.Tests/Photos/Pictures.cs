using System.Buffers.Binary;
using System.Text;

namespace GridFlow.Server.Tests.Photos;

/// <summary>Pictures as phones and programs write them, made by hand so that every byte is known.</summary>
internal static class Pictures
{
    /// <summary>What a camera writes beside the picture, and what must not be found in what is kept.</summary>
    public const string Secret = "30.2741N,120.1551E";

    /// <summary>A JPEG with a JFIF head, EXIF with a place, IPTC, a comment, and a second picture behind its end.</summary>
    public static byte[] Jpeg(int width = 40, int height = 30, ushort orientation = 6, byte shade = 7) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. Segment(0xE1, [.. "Exif\0\0"u8, .. Tiff(orientation)]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes(Secret)]),
        .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Encoding.ASCII.GetBytes(Secret)]),
        .. Segment(0xFE, Encoding.ASCII.GetBytes(Secret)),
        .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), shade, 0xFF, 0x00, 5, 0xFF, 0xD0, 6,
        0xFF, 0xD9,
        .. Encoding.ASCII.GetBytes(Secret),
    ];

    public static byte[] Png(int width, int height) =>
    [
        0x89, .. "PNG\r\n\u001a\n"u8,
        .. Chunk("IHDR"u8, [.. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0]),
        .. Chunk("eXIf"u8, Tiff(1)),
        .. Chunk("tEXt"u8, Encoding.ASCII.GetBytes(Secret)),
        .. Chunk("IDAT"u8, [1, 2, 3]),
        .. Chunk("IEND"u8, []),
        .. Encoding.ASCII.GetBytes(Secret),
    ];

    public static byte[] WebP(int width, int height)
    {
        byte[] body =
        [
            .. "WEBP"u8,
            .. RiffChunk("VP8X"u8, [0x0C, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]),
            .. RiffChunk("VP8L"u8, [0x2F, 1, 2, 3, 4]),
            .. RiffChunk("EXIF"u8, Tiff(1)),
            .. RiffChunk("XMP "u8, Encoding.ASCII.GetBytes(Secret)),
        ];
        return [.. "RIFF"u8, .. LittleEndian(body.Length), .. body];
    }

    /// <summary>TIFF with an orientation and, in the directory of the place, the secret.</summary>
    private static byte[] Tiff(ushort orientation) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0,
        2, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0,
        0, 0, 0, 0,
        .. Encoding.ASCII.GetBytes(Secret),
    ];

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content) => [.. BigEndian(content.Length), .. name, .. content, 0, 0, 0, 0];

    private static byte[] RiffChunk(ReadOnlySpan<byte> name, byte[] content) => [.. name, .. LittleEndian(content.Length), .. content, .. new byte[content.Length % 2]];

    private static byte[] Three(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] LittleEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
