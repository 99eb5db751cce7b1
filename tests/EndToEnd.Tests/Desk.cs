using System.Collections.Immutable;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>
/// Cases as they lie on desks: brought to where a journey begins by the same commands the pages call, so that a browser test shows
/// the one act it is about.
/// </summary>
internal static class Desk
{
    /// <summary>A small matter of 柳塘村, with the village's grid leader.</summary>
    public static Task<string> SmallAsync(this Portal portal, string text = "村口垃圾堆了三天没人清运，臭味很大。") => portal.TakeInAsync(text, "990101101001", "local/1/matter/06001");

    public static async Task<string> TakeInAsync(this Portal portal, string text, string area, string? category = null)
    {
        var report = new NewReport { Detail = text, AreaCode = area, Channel = CaseChannel.Hotline, Category = category };
        return ((ReportResult.Accepted)await portal.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, TestContext.Current.CancellationToken)).Number;
    }

    /// <summary>Somebody of the demo county, as the server knows them.</summary>
    public static async Task<CurrentUser> UserAsync(this Portal portal, string userName)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<GridFlow.Server.Accounts.Account>>().FindByNameAsync(userName);
        return CurrentUser.From(await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<GridFlow.Server.Accounts.Account>>().CreateAsync(account!));
    }

    public static async Task<string> ItemAsync(this Portal portal, string number, string activity)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.WorkItems.Where(item => item.CaseNumber == number && item.ActivityId == activity && item.ClosedAt == null).Select(item => item.Id).FirstAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<CaseRow> CaseAsync(this Portal portal, string number)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Cases.AsNoTracking().FirstAsync(row => row.Number == number, TestContext.Current.CancellationToken);
    }

    /// <summary>Lets a case stand at a stage, where only what its row says matters.</summary>
    public static async Task StandAtAsync(this Portal portal, string number, CaseStage stage)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await db.Cases.Where(row => row.Number == number).ExecuteUpdateAsync(set => set.SetProperty(row => row.Stage, stage), TestContext.Current.CancellationToken);
    }

    /// <summary>Whether a whistled unit of a case let one of its clocks pass.</summary>
    public static async Task<bool> IsLateAsync(this Portal portal, string number, string clock)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.WhistledUnits.AnyAsync(unit => unit.WhistleId.StartsWith(number) && unit.Late.Contains(clock), TestContext.Current.CancellationToken);
    }

    public static async Task<bool> HasCaseAsync(this Portal portal, string number)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Cases.AnyAsync(row => row.Number == number, TestContext.Current.CancellationToken);
    }

    /// <summary>How often something of a kind happened to a case whose details say these words.</summary>
    public static async Task<int> CountHistoryAsync(this Portal portal, string number, HistoryKind kind, string words)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.History.CountAsync(row => row.InstanceId == number && row.Kind == kind && row.Data.Contains(words), TestContext.Current.CancellationToken);
    }

    /// <summary>Open work items of an activity of a case.</summary>
    public static async Task<int> CountOpenAsync(this Portal portal, string number, string activity)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.WorkItems.CountAsync(item => item.CaseNumber == number && item.ActivityId == activity && item.ClosedAt == null, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether somebody has opened a work item in the inbox.</summary>
    public static async Task<bool> IsSeenAsync(this Portal portal, string item, string userName)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Set<GridFlow.Server.Inbox.SeenRow>().AnyAsync(row => row.WorkItem == item && db.Users.Any(user => user.Id == row.AccountId && user.UserName == userName), TestContext.Current.CancellationToken);
    }

    /// <summary>Completes a step as somebody, without a browser.</summary>
    public static async Task DoAsync(this Portal portal, string userName, string number, string activity, string outcome, params (string Name, object? Value)[] fields)
    {
        var item = await portal.ItemAsync(number, activity);
        var result = await portal.Services.GetRequiredService<CaseCommands>().CompleteAsync(
            item, outcome, fields.ToImmutableDictionary(field => field.Name, field => field.Value), "说明", await portal.UserAsync(userName), TestContext.Current.CancellationToken);
        Assert.IsType<ActResult.Done>(result);
    }

    /// <summary>Tries an act as somebody, without a browser: what a caller of the API gets.</summary>
    public static async Task<ActResult> TryAsync(this Portal portal, string userName, string number, string act, string? activity, params (string Name, object? Value)[] fields) =>
        await portal.Services.GetRequiredService<CaseCommands>().TakeActAsync(
            number, act, activity is null ? null : await portal.ItemAsync(number, activity), fields.ToImmutableDictionary(field => field.Name, field => field.Value), "理由", await portal.UserAsync(userName), TestContext.Current.CancellationToken);

    /// <summary>Opens a case and does something with it through the menu of acts, as its reader would.</summary>
    public static async Task TakeAsync(this Visitor visitor, string number, string act, string? comment = "理由说明", params (string Label, string Value)[] fields)
    {
        var dialog = await visitor.OpenActAsync(number, act);
        foreach (var (label, value) in fields)
        {
            var field = dialog.Locator(".field").Filter(new() { HasText = label });
            var choice = field.GetByLabel(value, new() { Exact = true });
            if (await choice.CountAsync() > 0)
            {
                await choice.First.CheckAsync();
                continue;
            }

            var isMarked = await field.Locator(".picked").CountAsync() > 0;
            foreach (var one in isMarked ? value.Split('、') : [value])
            {
                var input = field.Locator("select, input:not([type=hidden]), textarea").First;
                if (await input.EvaluateAsync<string>("element => element.tagName") == "SELECT")
                {
                    await input.SelectOptionAsync(new SelectOptionValue { Label = one });
                    continue;
                }

                // Several units are chosen one after the other; each becomes a mark.
                await input.FillAsync(one);
                await input.PressAsync("Tab");
                if (isMarked)
                {
                    await Expect(field.Locator(".picked .badge").Filter(new() { HasText = one })).ToBeVisibleAsync();
                }
            }
        }

        if (comment is not null)
        {
            await dialog.Locator("[name=comment]").FillAsync(comment);
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = "确定：" + act }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
    }

    /// <summary>Types a name into a field that offers names, and takes the first one offered that begins with it.</summary>
    public static async Task OfferedAsync(this ILocator field, string name)
    {
        await field.FillAsync(name);
        var offered = field.Page.Locator($"datalist#{await field.GetAttributeAsync("list")} option[value^='{name}']").First;
        await Expect(offered).ToBeAttachedAsync();
        await field.FillAsync((await offered.GetAttributeAsync("value"))!);
        await field.PressAsync("Tab");
    }

    /// <summary>Opens the dialog of an act.</summary>
    public static async Task<ILocator> OpenActAsync(this Visitor visitor, string number, string act)
    {
        var button = await visitor.FindActAsync(number, act);
        await button.ClickAsync();
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    /// <summary>Opens a case and the fold in which an act stands; gives its button.</summary>
    public static async Task<ILocator> FindActAsync(this Visitor visitor, string number, string act)
    {
        await visitor.Page.GotoAsync($"/cases/{number}");
        await visitor.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var fold = visitor.Page.Locator("details.acts-fold").Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Button, new() { Name = act, Exact = true, IncludeHidden = true }) });
        await fold.Locator("summary").First.ClickAsync();
        var button = fold.GetByRole(AriaRole.Button, new() { Name = act, Exact = true });
        await Expect(button).ToBeVisibleAsync();
        return button;
    }

    /// <summary>Opens a case and completes what its reader has to decide or to do there.</summary>
    public static async Task DecideAsync(this Visitor visitor, string number, string title, string outcome, string? comment = null, params (string Label, string Value)[] fields)
    {
        await visitor.Page.GotoAsync($"/cases/{number}");
        await visitor.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var among = visitor.Page.Locator(".item-choice label").Filter(new() { HasText = title });
        if (await among.CountAsync() > 0)
        {
            await among.First.ClickAsync();
        }

        await Expect(visitor.Page.Locator(".work-item h2").Filter(new() { HasText = title })).ToBeVisibleAsync();
        var form = visitor.Page.Locator(".work-item form").Filter(new() { Has = visitor.Page.Locator("[name=comment]") });
        var way = form.GetByLabel(outcome, new() { Exact = true });
        if (await way.CountAsync() > 0)
        {
            await way.CheckAsync();
        }

        var send = form.GetByRole(AriaRole.Button, new() { Name = "提交：" + outcome });
        await Expect(send).ToBeVisibleAsync();
        foreach (var (label, value) in fields)
        {
            var field = form.Locator(".field").Filter(new() { HasText = label });
            var choice = field.GetByLabel(value, new() { Exact = true });
            if (await choice.CountAsync() > 0)
            {
                await choice.First.CheckAsync();
                continue;
            }

            var input = field.Locator("input:not([type=hidden]), textarea").First;
            await input.FillAsync(value);
            await input.PressAsync("Tab");
            if (await field.Locator(".picked").CountAsync() > 0)
            {
                await Expect(field.Locator(".picked .badge").Filter(new() { HasText = value })).ToBeVisibleAsync();
            }
        }

        if (comment is not null)
        {
            await form.Locator("[name=comment]").FillAsync(comment);
        }

        await send.ClickAsync();
        await Expect(visitor.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
    }

    /// <summary>Waits for what a loop of the server brings a moment later; asks ten times a second, for as long as a busy machine may need.</summary>
    public static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (var asked = 0; !await isSo(); asked++)
        {
            Assert.True(asked < 300, "It did not come to pass.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Who has the case now, as its page says.</summary>
    public static ILocator Now(this Visitor visitor) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = "现在谁在办" });
}
