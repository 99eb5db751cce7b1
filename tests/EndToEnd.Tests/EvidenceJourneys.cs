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
    }
}
