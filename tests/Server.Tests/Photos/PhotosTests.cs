using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GridFlow.Server.Persistence;
using GridFlow.Server.Photos;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Tests.Photos;

public sealed class PhotosTests : IDisposable
{
    private const string InLiutang = "990101101001001001";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Directory => Path.Combine(_application.Services.GetRequiredService<IOptions<DataOptions>>().Value.Directory, "photos");

    [Fact]
    public async Task A_photo_is_kept_without_its_place_and_shown_to_whoever_sees_the_case()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker);

        using var sent = await SendAsync(worker, number, "one", Pictures.Jpeg());

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        var address = (await sent.Content.ReadFromJsonAsync<PhotoKept>(Cancel))!.Address;
        foreach (var name in (string[])["liutang1", "qingxi", "supervisor"])
        {
            using var reader = await _application.CreateScriptAsync(name);
            using var shown = await reader.GetAsync(address, Cancel);
            var picture = await shown.Content.ReadAsByteArrayAsync(Cancel);
            Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.MediaType);
            Assert.True(shown.Headers.CacheControl!.Private);
            Assert.DoesNotContain(Pictures.Secret, Encoding.Latin1.GetString(picture), StringComparison.Ordinal);
            Assert.Equal(PhotoShape.Of(Pictures.Jpeg()), PhotoShape.Of(picture));
        }
    }

    [Fact]
    public async Task Nobody_else_is_shown_a_photo_or_may_add_one()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker);
        using var sent = await SendAsync(worker, number, "one", Pictures.Jpeg());
        var address = (await sent.Content.ReadFromJsonAsync<PhotoKept>(Cancel))!.Address;

        foreach (var name in (string[])["wenchang1", "urban", "yunling"])
        {
            using var stranger = await _application.CreateScriptAsync(name);
            using var shown = await stranger.GetAsync(address, Cancel);
            using var added = await SendAsync(stranger, number, "two", Pictures.Jpeg());
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, added.StatusCode));
        }

        // Who supervises sees and does not do.
        using var supervisor = await _application.CreateScriptAsync("supervisor");
        using var refused = await SendAsync(supervisor, number, "three", Pictures.Jpeg());
        using var nobody = await _application.CreateBrowser().GetAsync(address, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Found, nobody.StatusCode);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task An_upload_that_is_sent_again_counts_once_also_when_both_come_at_once()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(worker, number, "same", Pictures.Jpeg())));
        using var later = await SendAsync(worker, number, "same", Pictures.Jpeg());

        var ids = new HashSet<string>();
        foreach (var answer in answers.Append(later))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            ids.Add((await answer.Content.ReadFromJsonAsync<PhotoKept>(Cancel))!.Id);
            answer.Dispose();
        }

        Assert.Single(ids);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task The_same_key_of_two_people_is_two_photos()
    {
        using var worker = await _application.CreateScriptAsync("liutang1");
        using var leader = await _application.CreateScriptAsync("liutang");
        var number = await ReportAsync(worker);

        using var one = await SendAsync(worker, number, "same", Pictures.Jpeg());
        using var other = await SendAsync(leader, number, "same", Pictures.Jpeg());

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Files_are_named_by_their_content_and_kept_once()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker);

        using var one = await SendAsync(worker, number, "one", Pictures.Jpeg());
        using var same = await SendAsync(worker, number, "two", Pictures.Jpeg());
        using var other = await SendAsync(worker, number, "three", Pictures.Jpeg(shade: 9));

        var names = System.IO.Directory.GetFiles(Directory, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!).ToList();
        Assert.Equal(2, names.Count);
        Assert.All(names, name => Assert.Matches("^[0-9a-f]{64}$", name));
        Assert.Equal(3, await CountAsync());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("half")]
    [InlineData("large")]
    [InlineData("wide")]
    public async Task What_is_no_whole_photo_of_a_bearable_size_is_refused_with_a_sentence(string what)
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker);
        var options = _application.Services.GetRequiredService<IOptions<PhotoOptions>>().Value;
        var picture = what switch
        {
            "text" => Encoding.UTF8.GetBytes("<svg onload='alert(1)'/>"),
            "half" => Pictures.Jpeg()[..60],
            "large" => [.. Pictures.Png(10, 10), .. new byte[options.MaxBytes]],
            _ => Pictures.Png(options.MaxSide + 1, 10),
        };

        using var answer = await SendAsync(worker, number, "one", picture);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString()!);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_post_that_a_page_of_somebody_else_makes_is_refused()
    {
        var worker = await _application.CreateBrowserAsync("liutang1");
        var number = await ReportAsync(worker);
        worker.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await SendAsync(worker, number, "one", Pictures.Jpeg());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_photo_whose_file_is_gone_is_not_found_and_no_failure()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await ReportAsync(worker);
        using var sent = await SendAsync(worker, number, "one", Pictures.Jpeg());
        System.IO.Directory.Delete(Directory, recursive: true);

        using var shown = await worker.GetAsync((await sent.Content.ReadFromJsonAsync<PhotoKept>(Cancel))!.Address, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
    }

    public void Dispose() => _application.Dispose();

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string number, string key, byte[] picture)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(number), "case" },
            { new StringContent("before"), "kind" },
            { new StringContent(key), "key" },
            { new ByteArrayContent(picture), "photo", "photo.jpg" },
        };
        return await client.PostAsync("/photos", form, Cancel);
    }

    private static async Task<string> ReportAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/api/cases", new { detail = "村口垃圾没人清运，臭味很大。", areaCode = InLiutang, category = "local/1/matter/06001" }, Cancel);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;
    }

    private async Task<int> CountAsync()
    {
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return await db.Set<PhotoRow>().CountAsync(Cancel);
    }
}
