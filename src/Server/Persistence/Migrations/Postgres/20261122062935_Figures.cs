using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Figures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Boundary",
                table: "Areas",
                type: "text",
                maxLength: 20000,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "FigureDays",
                columns: table => new
                {
                    Basis = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Day = table.Column<int>(type: "integer", nullable: false),
                    Rules = table.Column<int>(type: "integer", nullable: false),
                    Cases = table.Column<int>(type: "integer", nullable: false),
                    Open = table.Column<int>(type: "integer", nullable: false),
                    CountedAt = table.Column<long>(type: "bigint", nullable: false),
                    Entries = table.Column<byte[]>(type: "bytea", nullable: false),
                    Numbers = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureDays", x => new { x.Basis, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "FigureKeys",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "text", maxLength: 120, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureKeys", x => new { x.Kind, x.Id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_FigureKeys_Kind_Key",
                table: "FigureKeys",
                columns: new[] { "Kind", "Key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FigureDays");

            migrationBuilder.DropTable(
                name: "FigureKeys");

            migrationBuilder.DropColumn(
                name: "Boundary",
                table: "Areas");
        }
    }
}
