using System.Text;
using GridFlow.Server.Sheets;

namespace GridFlow.Server.Tests.Sheets;

public sealed class SheetTests
{
    private static readonly string[][] Rows = [["代码", "名称", "备注"], ["06001", "暴露\"垃圾\"", "一行\n两行"], ["06002", "=1+1", "a,b;c\td"], ["06003", "@town", "'x"]];

    [Fact]
    public void What_is_written_as_CSV_is_read_back_the_same()
    {
        var read = TextSheet.Read(Encoding.UTF8.GetString(TextSheet.Write(Rows)));

        Assert.Equal(Rows, read.Rows.Select(row => row.Cells));
    }

    [Fact]
    public void What_is_written_as_a_workbook_is_read_back_the_same()
    {
        using var stream = new MemoryStream(ExcelSheet.Write("x", Rows));

        Assert.Equal(Rows, ExcelSheet.Read(stream).Rows.Select(row => row.Cells));
    }

    [Fact]
    public void No_cell_is_written_so_that_a_spreadsheet_would_run_it() =>
        Assert.Contains("'=1+1", Encoding.UTF8.GetString(TextSheet.Write(Rows)), StringComparison.Ordinal);

    [Fact]
    public void What_is_pasted_is_cut_at_tabs_and_quoted_cells_hold_anything()
    {
        var read = TextSheet.Read("code\tname\r\n\r\n06\t\"two\nlines, \"\"quoted\"\"\"\r\n");

        Assert.Equal([["code", "name"], ["06", "two\nlines, \"quoted\""]], read.Rows.Select(row => row.Cells));
        Assert.Equal([1, 3], read.Rows.Select(row => row.Number));
    }

    [Fact]
    public void Semicolons_cut_where_there_are_more_of_them_than_commas() => Assert.Equal(["a", "b,c"], TextSheet.Read("x;y;z,\na;b,c").Rows[1].Cells);

    [Fact]
    public void What_is_no_workbook_is_refused_whatever_it_is()
    {
        var workbook = ExcelSheet.Write("x", Rows);
        byte[][] broken = [[], [1, 2, 3], "code,name"u8.ToArray(), workbook[..(workbook.Length / 2)]];
        foreach (var content in broken)
        {
            using var stream = new MemoryStream(content);
            Assert.Equal("NotExcel", Assert.Throws<SheetException>(() => ExcelSheet.Read(stream)).Message);
        }
    }
}
