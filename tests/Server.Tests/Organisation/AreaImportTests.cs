using System.Text;
using GridFlow.Server.Operations;
using GridFlow.Server.Organisation;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Organisation;

public sealed class AreaImportTests : IDisposable
{
    private readonly GridFlowApplication _app = new() { EnvironmentName = "Production" };
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-csv-").FullName;

    [Fact]
    public async Task The_real_files_come_in_whole_and_a_second_time_add_nothing()
    {
        var files = RealFiles("streets.csv", "villages_3304_jiaxing.csv", "areas.csv", "provinces.csv", "cities.csv");

        var first = await RunAsync(files);
        var second = await RunAsync(files);

        Assert.Equal(41352 + 1202 + 2978 + 342 + 31, first.Added);
        Assert.Empty(first.Missing);
        Assert.Equal((0, 0, first.Added), (second.Added, second.Renamed, second.Unchanged));
        Assert.Equal("南湖区 / 建设街道", await Queries.GetPathNameAsync("330402007", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Under_a_code_only_its_subtree_and_the_way_to_it_come_in()
    {
        var result = await RunAsync(RealFiles("streets.csv", "areas.csv", "provinces.csv", "cities.csv"), "3304");

        var roots = await Queries.ListChildrenAsync(null, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["33"], roots.Select(area => area.Code));
        Assert.Equal("浙江省", roots[0].Name);
        Assert.Empty(result.Missing);
        Assert.True(result.OutsideSubtree > 40000);
    }

    [Fact]
    public async Task Areas_above_that_no_file_names_are_made_as_missing_and_named_later()
    {
        var first = await RunAsync([File("v.csv", "code,name,streetCode\n330402007024,百福弄社区,330402007\n")]);
        var second = await RunAsync([File("s.csv", "code,name\n330402007,解放街道\n")]);

        Assert.Equal(["33", "3304", "330402", "330402007"], first.Missing);
        Assert.Equal((0, 1), (second.Added, second.Renamed));
        var town = await Queries.FindAreaAsync("330402007", TestContext.Current.CancellationToken);
        Assert.False(town!.IsMissing);
        Assert.Equal("/33/3304/330402/330402007/", town.Path);
    }

    [Fact]
    public async Task A_changed_name_is_counted_and_kept()
    {
        await RunAsync([File("a.csv", "code,name\n11,北京\n")]);

        var result = await RunAsync([File("b.csv", "code,name\n11,北京市\n")]);

        Assert.Equal((0, 1, 0), (result.Added, result.Renamed, result.Unchanged));
    }

    [Theory]
    [InlineData("code,title\n11,x\n", ":1: ", "name")]
    [InlineData("code,name\n11,北京\n1x,y\n", ":3: ", "1x")]
    [InlineData("code,name\n11,北京\n12\n", ":3: ", "1")]
    [InlineData("code,name\n11,\"北京\n12,天津\n", ":2: ", "")]
    [InlineData("code,name\n11,北京\n11,天津\n", ":3: ", "11")]
    [InlineData("code,name,provinceCode\n1101,市辖区,110101\n", ":2: ", "110101")]
    [InlineData("", ": ", "")]
    public async Task A_broken_file_is_refused_with_its_line_and_nothing_changes(string content, string where, string what)
    {
        var good = File("good.csv", "code,name\n45,广西\n");
        var bad = File("bad.csv", content);

        var problem = await Assert.ThrowsAsync<BadInputException>(() => RunAsync([good, bad]));

        Assert.StartsWith(bad + where, problem.Message, StringComparison.Ordinal);
        Assert.Contains(what, problem.Message[(bad + where).Length..], StringComparison.Ordinal);
        Assert.Empty(await Queries.ListChildrenAsync(null, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_refused_with_its_line()
    {
        var bad = Path.Combine(_directory, "gbk.csv");

        // "北京" in GBK, as a spreadsheet saves it by default.
        await System.IO.File.WriteAllBytesAsync(
            bad, [.. "code,name\n11,"u8, 0xB1, 0xB1, 0xBE, 0xA9, (byte)'\n'], TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<BadInputException>(() => RunAsync([bad]));

        Assert.StartsWith(bad + ":2: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_byte_order_mark_is_read()
    {
        var file = Path.Combine(_directory, "bom.csv");
        await System.IO.File.WriteAllTextAsync(file, "code,name\n11,北京市\n", new UTF8Encoding(true), TestContext.Current.CancellationToken);

        Assert.Equal(1, (await RunAsync([file])).Added);
    }

    public void Dispose()
    {
        _app.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private OrganisationQueries Queries => _app.Services.GetRequiredService<OrganisationQueries>();

    private Task<AreaImportResult> RunAsync(string[] files, string? under = null) =>
        _app.Services.GetRequiredService<AreaImport>().RunAsync(files, under, null, TestContext.Current.CancellationToken);

    private string File(string name, string content)
    {
        var path = Path.Combine(_directory, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private static string[] RealFiles(params string[] names)
    {
        var directory = Path.Combine(SharedMaterial.Directory ?? "", "data", "divisions");
        Assert.SkipUnless(Directory.Exists(directory), "The division files are not here; set GRIDFLOW_SHARED to the folder that holds data/divisions.");
        return [.. names.Select(name => Path.Combine(directory, name))];
    }
}
