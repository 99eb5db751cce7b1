using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>What is wrong with a field is said beside it, in the language of the page, and goes when it is mended.</summary>
public sealed class FieldJourneys(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("zh-CN", 390, "请填写此项。")]
    [InlineData("en", 1440, "Please fill this in.")]
    public async Task Who_signs_in_without_a_name_is_told_so_beside_the_field(string language, int width, string needed)
    {
        await using var visitor = await portal.OpenAsync(width, language);
        var page = visitor.Page;
        await page.GotoAsync("/sign-in");
        var name = page.GetByLabel(visitor.Say("账号", "User name"), new() { Exact = true });
        await page.Locator("form[method=post] .btn-primary").ClickAsync();

        await Expect(page.Locator("form.form [role=alert]")).ToHaveTextAsync([needed, needed]);
        await Expect(name).ToBeFocusedAsync();
        await Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(name).ToHaveAccessibleDescriptionAsync(needed);
        await visitor.LookAsync($"fields-sign-in-{language}");

        await name.FillAsync("qingxi");
        await Expect(page.Locator("form.form [role=alert]")).ToHaveCountAsync(1);
        Assert.Null(await name.GetAttributeAsync("aria-invalid"));
        Assert.Null(await name.GetAttributeAsync("aria-describedby"));
        await page.Locator("input[type=password]").FillAsync("gridflow-demo");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
        await Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sign-in"));
    }

    [Theory]
    [InlineData("zh-CN", 1440, "请填写此项。")]
    [InlineData("en", 390, "Please fill this in.")]
    public async Task A_page_that_draws_itself_anew_keeps_the_note_until_the_field_is_filled_in(string language, int width, string needed)
    {
        await using var worker = await portal.SignInAsync("county", width, language);
        var page = worker.Page;
        await page.GotoAsync("/report");
        var send = page.Locator("form[data-draft=report] button[type=submit]");
        await Expect(send).ToBeEnabledAsync();
        var where = page.GetByRole(AriaRole.Combobox, new() { Name = worker.Say("在哪里", "Where") });
        await where.FillAsync("");
        await page.Locator("textarea").FillAsync("路灯坏了");
        await send.ClickAsync();
        var note = page.Locator("form[data-draft=report] [role=alert]");
        await Expect(note).ToHaveTextAsync(needed);
        await Expect(where).ToBeFocusedAsync();

        // The page draws its list of places anew under the note.
        await page.Locator("textarea").FillAsync("路灯坏了，夜里看不见路。");
        await page.Locator(".choice").Last.ClickAsync();
        await Expect(page.Locator(".choice input").Last).ToBeCheckedAsync();
        await Expect(note).ToHaveTextAsync(needed);
        await worker.LookAsync($"fields-report-{language}");
        await where.OfferedAsync(worker.Say("柳塘村", "Liutang"));
        await Expect(note).ToHaveCountAsync(0);
        await send.ClickAsync();
        await Expect(page.Locator(".report .notice-ok")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("zh-CN", "请填写数字。", "请填写完整的日期或时间。", "请填写电子邮箱，如 name@example.com。", "请选择一项。", "太长了，请不要超过 3 个字。", "请填写不大于 5 的值。")]
    [InlineData("en", "Please enter a number.", "Please enter a whole date or time.", "Please enter an e-mail address, such as name@example.com.", "Please choose one.", "Please shorten it to 3 characters.", "Please enter 5 or less.")]
    public async Task Each_kind_of_mistake_has_its_own_words(string language, params string[] words)
    {
        await using var worker = await portal.SignInAsync("county", 1440, language);
        var page = worker.Page;
        await worker.GoLiveAsync("/inbox");
        await page.EvaluateAsync("""
            () => {
              const fields = [["number", "n"], ["date", "d"], ["email", "e"], ["radio", "r"], ["radio", "r"], ["text", "t"], ["number", "m"]];
              const form = document.createElement("form");
              form.id = "trial";
              fields.forEach(([type, name], at) => {
                const field = Object.assign(document.createElement("input"), { type, name, id: name + at });
                field.setAttribute("aria-label", name + at);
                if (type === "radio") field.required = true;
                form.append(field);
              });
              const fold = document.createElement("details");
              fold.append(Object.assign(document.createElement("summary"), { textContent: "…" }), form.querySelector("[name=m]"));
              form.append(fold, Object.assign(document.createElement("button"), { textContent: "…" }));
              form.m6.max = 5;
              document.getElementById("main").append(form);
            }
            """);
        await page.Locator("#n0").PressSequentiallyAsync("e");
        await page.Locator("#d1").PressSequentiallyAsync("1");
        await page.Locator("#e2").FillAsync("someone");
        await page.Locator("#t5").PressSequentiallyAsync("1234");
        await page.EvaluateAsync("document.querySelector('#m6').value = 9");

        // A browser stops whoever types too much; the limit comes after what was typed.
        await page.EvaluateAsync("document.querySelector('#t5').maxLength = 3");
        await page.Locator("#trial button").ClickAsync();

        foreach (var expected in words)
        {
            await Expect(page.Locator("#trial [role=alert]").Filter(new() { HasText = expected })).ToHaveCountAsync(1);
        }

        await Expect(page.Locator("#trial [role=alert]")).ToHaveCountAsync(words.Length);
        await Expect(page.Locator("#n0")).ToBeFocusedAsync();

        // A field that is taken away takes its note with it.
        await page.EvaluateAsync("document.querySelector('#e2').remove()");
        await Expect(page.Locator("#trial [role=alert]")).ToHaveCountAsync(words.Length - 1);
        await page.Locator("#r4").CheckAsync();
        await Expect(page.Locator("#trial [role=alert]")).ToHaveCountAsync(words.Length - 2);
        await page.Locator("#n0").FillAsync("7");
        await page.Locator("#d1").FillAsync("2026-01-31");
        await page.Locator("#t5").FillAsync("12");

        // What is wrong inside a fold opens it.
        await page.EvaluateAsync("document.querySelector('#trial details').open = false");
        await page.Locator("#trial button").ClickAsync();
        await Expect(page.Locator("#m6")).ToBeFocusedAsync();
        await Expect(page.Locator("#trial [role=alert]")).ToHaveTextAsync([words[5]]);
    }
}
