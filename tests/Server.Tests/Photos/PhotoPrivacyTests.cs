using System.Text;
using GridFlow.Server.Photos;

namespace GridFlow.Server.Tests.Photos;

public sealed class PhotoPrivacyTests
{
    public static TheoryData<string> Types => ["jpeg", "png", "webp"];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_picture_is_known_by_its_content_with_its_size(string type)
    {
        var shape = PhotoShape.Of(Picture(type));

        Assert.Equal(("image/" + type, 320, 200), (shape!.ContentType, shape.Width, shape.Height));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Where_it_was_taken_is_in_no_part_of_what_is_kept(string type)
    {
        var picture = Picture(type);
        var shape = PhotoShape.Of(picture)!;
        Assert.Contains(Pictures.Secret, Encoding.Latin1.GetString(picture), StringComparison.Ordinal);

        var cleaned = PhotoPrivacy.Clean(picture, shape.Type)!;

        Assert.DoesNotContain(Pictures.Secret, Encoding.Latin1.GetString(cleaned), StringComparison.Ordinal);
        Assert.Equal(shape, PhotoShape.Of(cleaned));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_clean_stays_as_it_is(string type)
    {
        var shape = PhotoShape.Of(Picture(type))!;
        var cleaned = PhotoPrivacy.Clean(Picture(type), shape.Type)!;

        Assert.Equal(cleaned, PhotoPrivacy.Clean(cleaned, shape.Type));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void A_picture_taken_upright_stays_upright(ushort orientation)
    {
        var cleaned = PhotoPrivacy.Clean(Pictures.Jpeg(orientation: orientation), PhotoType.Jpeg)!;

        // Right after the head: one EXIF entry, the orientation, and no directory of the place.
        var exif = cleaned.AsSpan().IndexOf("Exif\0\0"u8);
        Assert.True(exif > 0);
        Assert.Equal(orientation, cleaned[exif + 6 + 8 + 2 + 9]);
        Assert.Equal(1, cleaned[exif + 6 + 9]);
    }

    [Fact]
    public void The_picture_data_itself_is_not_touched()
    {
        var cleaned = PhotoPrivacy.Clean(Pictures.Jpeg(orientation: 1), PhotoType.Jpeg)!;

        Assert.Equal([7, 0xFF, 0x00, 5, 0xFF, 0xD0, 6, 0xFF, 0xD9], cleaned[^9..]);
        Assert.Equal(-1, cleaned.AsSpan().IndexOf("Exif"u8));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Whatever_is_cut_off_or_spoilt_is_refused_or_read_and_never_fails(string type)
    {
        var picture = Picture(type);
        for (var length = 0; length < picture.Length; length++)
        {
            Look(picture.AsSpan(0, length));
        }

        for (var at = 0; at < picture.Length; at++)
        {
            foreach (var value in (byte[])[0x00, 0x01, 0x7F, 0xFF])
            {
                byte[] spoilt = [.. picture];
                spoilt[at] = value;
                Look(spoilt);
            }
        }

        static void Look(ReadOnlySpan<byte> picture)
        {
            if (PhotoShape.Of(picture) is { } shape && PhotoPrivacy.Clean(picture, shape.Type) is { } cleaned)
            {
                Assert.True(cleaned.Length <= picture.Length + 36);
            }
        }
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("GIF89a..........")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("")]
    public void What_is_no_photo_is_none_whatever_it_is_called(string content) => Assert.Null(PhotoShape.Of(Encoding.UTF8.GetBytes(content)));

    private static byte[] Picture(string type) => type switch
    {
        "jpeg" => Pictures.Jpeg(320, 200),
        "png" => Pictures.Png(320, 200),
        _ => Pictures.WebP(320, 200),
    };
}
