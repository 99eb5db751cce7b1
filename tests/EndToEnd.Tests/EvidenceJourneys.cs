using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Whoever reports something done photographs it in the very form, and loses nothing of what was typed.</summary>
public sealed class EvidenceJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_camera_stands_in_the_form_and_what_was_typed_survives_the_photo_and_a_reload()
    {
        var number = await portal.SmallAsync();
        await using var worker = await portal.SignInAsync("liutang", 390);
        await worker.GoLiveAsync($"/cases/{number}");
        var form = worker.Page.Locator(".work-item form").Filter(new() { Has = worker.Page.Locator("[name=comment]") });
        await form.GetByLabel("答复内容").FillAsync("已清运，明早再看一次。");
        await form.GetByLabel("答复内容").PressAsync("Tab");
        var camera = form.GetByLabel("拍处置后");
        await Expect(camera).ToBeEnabledAsync();
        Assert.True((await form.Locator(".btn-camera").BoundingBoxAsync())!.Height >= 48);

        await new Hand(worker.Page).PhotographAsync(camera);

        await Expect(form.Locator(".photo-group img")).ToHaveCountAsync(1);
        await Expect(form.GetByLabel("答复内容")).ToHaveValueAsync("已清运，明早再看一次。");
        await worker.LookAsync("form-with-photo");
        await worker.GoLiveAsync($"/cases/{number}");
        await Expect(form.GetByLabel("答复内容")).ToHaveValueAsync("已清运，明早再看一次。");
        await Expect(form.Locator(".photo-group img")).ToHaveCountAsync(1);

        // A way that reports nothing done asks for no picture of it.
        await form.GetByLabel("办不了，上报", new() { Exact = true }).CheckAsync();
        await Expect(form.GetByLabel("拍处置后")).ToHaveCountAsync(0);
        await form.GetByLabel("办结", new() { Exact = true }).CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "提交：办结" }).ClickAsync();
        await Expect(worker.Page.Locator(".notice-ok").First).ToBeVisibleAsync();

        // An English reader knows who took it.
        await using var reader = await portal.SignInAsync("qingxi", 1440, "en");
        await reader.GoLiveAsync($"/cases/{number}");
        await Expect(reader.Page.Locator(".photo-group img").First).ToHaveAttributeAsync("alt", new System.Text.RegularExpressions.Regex((await portal.UserAsync("liutang")).NameEn!));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task The_button_that_sends_stays_under_the_finger_while_a_photo_arrives(int width)
    {
        var number = await portal.SmallAsync();
        await using var worker = await portal.SignInAsync("liutang", width);
        var (isMeasured, isSeen) = (new TaskCompletionSource(), new TaskCompletionSource());
        await worker.Page.RouteAsync("**/photos", async route =>
        {
            // First nothing has arrived; then the server has the photo and tells the page, while its answer is still on the way.
            await isMeasured.Task;
            var answer = await route.FetchAsync();
            await isSeen.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await worker.GoLiveAsync($"/cases/{number}");
        var form = worker.Page.Locator(".work-item form").Filter(new() { Has = worker.Page.Locator("[name=comment]") });
        await Expect(form.GetByLabel("拍处置后")).ToBeEnabledAsync();
        await new Hand(worker.Page).PhotographAsync(form.GetByLabel("拍处置后"));
        await Expect(form.Locator(".photo-waiting img")).ToBeVisibleAsync();
        var send = form.GetByRole(AriaRole.Button, new() { Name = "提交：办结" });
        var waiting = (await send.BoundingBoxAsync())!;

        isMeasured.SetResult();
        await Expect(form.Locator(".photo-group img")).ToBeVisibleAsync();
        var told = (await send.BoundingBoxAsync())!;
        isSeen.SetResult();
        await Expect(form.Locator(".photo-waiting li")).ToHaveCountAsync(0);

        Assert.Equal(waiting.Y, told.Y, 0.5);
        Assert.Equal(waiting.Y, (await send.BoundingBoxAsync())!.Y, 0.5);
    }
}
