using System.Collections.Immutable;
using System.Text;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Routing.Grid;

/// <summary>A cell of a block that cannot be read.</summary>
/// <param name="Line">The line of the block, counted from 1.</param>
/// <param name="Column">The column.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record CellProblem(int Line, RoutingColumn Column, string Problem);

/// <summary>A block of cells, pasted or from a file: all of it is taken, or nothing.</summary>
public static class RoutingBlock
{
    /// <summary>Cells of a text as spreadsheets copy it: lines, tabs, and quotes around what holds either. Unlike a file, a block keeps its empty lines: they empty cells.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Split(string pasted)
    {
        ArgumentNullException.ThrowIfNull(pasted);
        var lines = new List<IReadOnlyList<string>>();
        var line = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < pasted.Length; index++)
        {
            var sign = pasted[index];
            if (isQuoted && sign == '"' && index + 1 < pasted.Length && pasted[index + 1] == '"')
            {
                cell.Append('"');
                index++;
            }
            else if (sign == '"' && (isQuoted || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && sign is '\t' or '\n')
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (sign == '\n')
                {
                    lines.Add(line);
                    line = [];
                }
            }
            else if (isQuoted || sign != '\r')
            {
                cell.Append(sign);
            }
        }

        if (cell.Length > 0 || line.Count > 0)
        {
            line.Add(cell.ToString());
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Rows with a block of cells put over them, from a row and a column on; below the last row, new rows begin.</summary>
    /// <param name="rows">The rows there are, in the order in which they are shown.</param>
    /// <param name="at">The index of the row the block begins at.</param>
    /// <param name="column">The column it begins at.</param>
    /// <param name="block">The cells.</param>
    /// <param name="cells">Reads them.</param>
    /// <param name="nextNumber">The number of the first new row.</param>
    /// <returns>The rows of the block as they would be, or what is wrong with its cells.</returns>
    public static (ImmutableArray<RoutingRow> Rows, ImmutableArray<CellProblem> Problems) Put(
        IReadOnlyList<RoutingRow> rows, int at, RoutingColumn column, IReadOnlyList<IReadOnlyList<string>> block, RoutingCells cells, int nextNumber)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(cells);
        var made = ImmutableArray.CreateBuilder<RoutingRow>();
        var problems = ImmutableArray.CreateBuilder<CellProblem>();
        for (var line = 0; line < block.Count; line++)
        {
            var isNew = at + line >= rows.Count;
            var row = isNew ? new RoutingRow { Number = nextNumber++, Lead = "" } : rows[at + line];
            for (var index = 0; index < block[line].Count && (int)column + index <= (int)RoutingColumn.Note; index++)
            {
                var place = (RoutingColumn)((int)column + index);
                if (place == RoutingColumn.Number && isNew)
                {
                    continue;
                }

                var (changed, problem) = cells.Read(row, place, block[line][index]);
                row = changed ?? row;
                if (problem is not null)
                {
                    problems.Add(new CellProblem(line + 1, place, problem));
                }
            }

            made.Add(row);
        }

        return problems.Count > 0 ? ([], problems.ToImmutable()) : (made.ToImmutable(), []);
    }
}
