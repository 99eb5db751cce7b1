using System.Buffers.Binary;
using System.Text;

namespace GridFlow.Server.Tests.Load;

/// <summary>Writes the few shapes of MessagePack that a circuit's messages are made of.</summary>
internal static class PackWriter
{
    public static byte[] Invocation(string target, string? id, object?[] arguments)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(0x96);
        stream.WriteByte(1);
        stream.WriteByte(0x80);
        Write(stream, id);
        Write(stream, target);
        stream.WriteByte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
        {
            Write(stream, argument);
        }

        stream.WriteByte(0x90);
        return stream.ToArray();
    }

    /// <summary>A message with its length before it, seven bits a byte.</summary>
    public static byte[] WithLength(byte[] message)
    {
        using var stream = new MemoryStream();
        var length = message.Length;
        do
        {
            stream.WriteByte((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        stream.Write(message);
        return stream.ToArray();
    }

    private static void Write(Stream stream, object? value)
    {
        switch (value)
        {
            case null:
                stream.WriteByte(0xc0);
                break;
            case bool truth:
                stream.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case long number:
                stream.WriteByte(0xd3);
                Span<byte> wide = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(wide, number);
                stream.Write(wide);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                stream.WriteByte(0xdb);
                Span<byte> length = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
                stream.Write(length);
                stream.Write(bytes);
                break;
            default:
                throw new ArgumentException($"No shape for {value.GetType()}.", nameof(value));
        }
    }
}

/// <summary>Reads them.</summary>
internal ref struct PackReader(ReadOnlyMemory<byte> message)
{
    private ReadOnlySpan<byte> _rest = message.Span;

    /// <summary>Takes a whole message off what has come, if there is one.</summary>
    public static bool TryTakeMessage(ref ReadOnlyMemory<byte> come, out ReadOnlyMemory<byte> message)
    {
        var span = come.Span;
        var (length, at) = (0, 0);
        while (at < span.Length && at < 5)
        {
            length |= (span[at] & 0x7f) << (7 * at);
            if ((span[at++] & 0x80) == 0)
            {
                if (come.Length - at < length)
                {
                    break;
                }

                message = come.Slice(at, length);
                come = come[(at + length)..];
                return true;
            }
        }

        message = default;
        return false;
    }

    public int ReadArray() => Next() is var code && (code & 0xf0) == 0x90 ? code & 0x0f : code == 0xdc ? Take(2) : Take(4);

    public long ReadLong() => Next() switch
    {
        <= 0x7f and var small => small,
        >= 0xe0 and var negative => (sbyte)negative,
        0xcc => (long)Unsigned(1),
        0xcd => (long)Unsigned(2),
        0xce => (long)Unsigned(4),
        0xcf or 0xd3 => (long)Unsigned(8),
        0xd0 => (sbyte)Unsigned(1),
        0xd1 => (short)Unsigned(2),
        0xd2 => (int)Unsigned(4),
        var code => throw new FormatException($"No number: {code:x}."),
    };

    public string ReadText() => Encoding.UTF8.GetString(Cut(Length(Next())));

    /// <summary>Tells only how many.</summary>
    public int ReadBytes() => Cut(Length(Next())).Length;

    public void Skip()
    {
        var code = Next();
        switch (code)
        {
            case 0xc0 or 0xc2 or 0xc3 or <= 0x7f or >= 0xe0:
                break;
            case 0xcc or 0xd0:
                Cut(1);
                break;
            case 0xcd or 0xd1:
                Cut(2);
                break;
            case 0xce or 0xd2 or 0xca:
                Cut(4);
                break;
            case 0xcf or 0xd3 or 0xcb:
                Cut(8);
                break;
            case >= 0x80 and <= 0x8f:
                SkipMany((code & 0x0f) * 2);
                break;
            case >= 0x90 and <= 0x9f:
                SkipMany(code & 0x0f);
                break;
            default:
                Cut(Length(code));
                break;
        }
    }

    private void SkipMany(int count)
    {
        for (; count > 0; count--)
        {
            Skip();
        }
    }

    private int Length(byte code) => code switch
    {
        >= 0xa0 and <= 0xbf => code & 0x1f,
        0xd9 or 0xc4 => Take(1),
        0xda or 0xc5 => Take(2),
        0xdb or 0xc6 => Take(4),
        0xc0 => 0,
        _ => throw new FormatException($"No text: {code:x}."),
    };

    private byte Next()
    {
        var code = _rest[0];
        _rest = _rest[1..];
        return code;
    }

    private int Take(int bytes) => (int)Unsigned(bytes);

    private ulong Unsigned(int bytes)
    {
        ulong value = 0;
        foreach (var one in Cut(bytes))
        {
            value = (value << 8) | one;
        }

        return value;
    }

    private ReadOnlySpan<byte> Cut(int length)
    {
        var cut = _rest[..length];
        _rest = _rest[length..];
        return cut;
    }
}
