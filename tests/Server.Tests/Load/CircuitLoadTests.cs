using System.Globalization;
using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Load;

/// <summary>
/// Staff with open inboxes, and changes that concern some of them. <c>GRIDFLOW_CIRCUITS=500</c> makes it the run that stands in
/// docs/measurements.md; the figures are written to the output (<c>-showLiveOutput</c>). Browsers and server are one process, so the
/// memory told is that of both.
/// </summary>
public sealed class CircuitLoadTests(ITestOutputHelper output)
{
    private const string Liutang = "990101101001001001";
    private const int Opening = 16;
    private static readonly string[] NoInbox = ["editor", "supervisor"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static int Circuits => int.Parse(Environment.GetEnvironmentVariable("GRIDFLOW_CIRCUITS") ?? "40", CultureInfo.InvariantCulture);

    private static int Rounds => Circuits > 100 ? 15 : 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_open_inbox_a_change_concerns_is_told_and_no_other(bool isEverybodyConcerned)
    {
        await using var application = new GridFlowApplication();
        application.UseKestrel(0);
        application.StartServer();
        var time = TimeProvider.System;
        for (var index = 0; index < 40; index++)
        {
            await ReportAsync(application, Liutang);
        }

        var staff = await SignInAsync(application);
        if (isEverybodyConcerned)
        {
            staff = [.. staff.Where(person => person.IsToldOf(Liutang))];
        }

        foreach (var person in staff)
        {
            await (await person.OpenAsync(time)).DisposeAsync();
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var began = time.GetTimestamp();
        var open = new List<(Person Person, BlazorCircuit Circuit)>();
        foreach (var some in Enumerable.Range(0, Circuits).Chunk(Opening))
        {
            open.AddRange(await Task.WhenAll(some.Select(async index => (staff[index % staff.Count], await staff[index % staff.Count].OpenAsync(time)))));
        }

        var opening = time.GetElapsedTime(began);
        var concerned = open.Where(one => one.Person.IsToldOf(Liutang)).ToList();
        var others = open.Except(concerned).ToList();
        Assert.NotEmpty(concerned);
        Assert.Equal(isEverybodyConcerned, others.Count == 0);
        await RoundAsync(application, concerned, time);
        var heap = (GC.GetTotalMemory(forceFullCollection: true) - before) / Circuits;
        Drain(open);

        var times = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            times.AddRange(await RoundAsync(application, concerned, time));
        }

        var each = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / times.Count;
        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Circuits} circuits opened in {opening.TotalSeconds:F1} s, {heap / 1024} KB of heap each; {concerned.Count} told of each of {Rounds} changes: p50 {times[times.Count / 2]:F0} ms, p95 {times[(int)(times.Count * 0.95)]:F0} ms, at most {times[^1]:F0} ms after the commit; {each:F2} ms of processor for each page shown"));
        Assert.All(open, one => Assert.Null(one.Circuit.Problem));
        Assert.All(others, one => Assert.False(one.Circuit.Drawn.TryRead(out _), one.Person.UserName));
        foreach (var (_, circuit) in open)
        {
            await circuit.DisposeAsync();
        }
    }

    /// <summary>Something happens; how long after its commit each page has it, in milliseconds.</summary>
    private static async Task<IReadOnlyList<double>> RoundAsync(GridFlowApplication application, List<(Person Person, BlazorCircuit Circuit)> concerned, TimeProvider time)
    {
        Drain(concerned);
        var feed = application.Services.GetRequiredService<ChangeFeed>();
        long committed = 0;
        void Note(CaseChange change) => Interlocked.CompareExchange(ref committed, time.GetTimestamp(), 0);
        feed.Changed += Note;
        await ReportAsync(application, Liutang);
        feed.Changed -= Note;
        return await Task.WhenAll(concerned.Select(async one => time.GetElapsedTime(committed, (await one.Circuit.Drawn.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel)).At).TotalMilliseconds));
    }

    private static void Drain(List<(Person Person, BlazorCircuit Circuit)> open)
    {
        foreach (var (_, circuit) in open)
        {
            while (circuit.Drawn.TryRead(out _))
            {
                // Was drawn before what is measured.
            }
        }
    }

    private static async Task ReportAsync(GridFlowApplication application, string area)
    {
        var report = new NewReport { Title = "垃圾桶满溢", Detail = "垃圾箱满溢，味道很大，请尽快清运。", AreaCode = area };
        Assert.IsType<ReportResult.Accepted>(await application.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.System, Cancel));
    }

    private static async Task<IReadOnlyList<Person>> SignInAsync(GridFlowApplication application)
    {
        await using var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var paths = await db.Areas.ToDictionaryAsync(area => area.Code, area => area.Path, Cancel);
        var staff = new List<Person>();
        foreach (var account in DemoAccounts.All.Where(account => !NoInbox.Contains(account.UserName)))
        {
            var area = UnitKey.AreaOf(account.UnitKey) is { } code ? paths[code] : null;
            staff.Add(await Person.SignInAsync(application.ClientOptions.BaseAddress, account.UserName, new UserPost(account.UnitKey, account.Role, area), paths));
        }

        return staff;
    }

    private sealed class Person(string userName, HttpClient browser, string cookies, Func<string, bool> isToldOf)
    {
        public string UserName => userName;

        public static async Task<Person> SignInAsync(Uri address, string userName, UserPost post, Dictionary<string, string> paths)
        {
            var jar = new System.Net.CookieContainer();
            var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = jar, AllowAutoRedirect = false }) { BaseAddress = address };
            using var answer = await GridFlowApplication.PostFormAsync(browser, "/sign-in", new()
            {
                ["_handler"] = "sign-in",
                ["Form.UserName"] = userName,
                ["Form.Password"] = DemoAccounts.Password,
            });
            Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
            var concerns = InboxLive.Concerning(new CurrentUser(userName, userName, null, [post]));

            // What is reported there and can be done on the spot goes to the grid.
            return new Person(userName, browser, jar.GetCookieHeader(address), area => concerns(new CaseChange("", [UnitKey.ForArea(area[..15])], paths[area])));
        }

        public bool IsToldOf(string area) => isToldOf(area);

        public async Task<BlazorCircuit> OpenAsync(TimeProvider time)
        {
            var circuit = await BlazorCircuit.OpenAsync(browser, cookies, "/inbox", time, Cancel);
            await circuit.Drawn.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel);
            return circuit;
        }
    }
}
