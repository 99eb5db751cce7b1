using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BundleMigration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "MigratedInstances",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    InstanceId = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    FromBundle = table.Column<int>(type: "integer", nullable: false),
                    ToBundle = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Before = table.Column<string>(type: "text", maxLength: 2147483647, nullable: false, collation: "C"),
                    UndoneAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MigratedInstances", x => new { x.RunId, x.InstanceId });
                });

            migrationBuilder.CreateTable(
                name: "MigrationRefusals",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    InstanceId = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    IsUndo = table.Column<bool>(type: "boolean", nullable: false),
                    Obstacles = table.Column<string>(type: "text", maxLength: 2147483647, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MigrationRefusals", x => new { x.RunId, x.InstanceId, x.IsUndo });
                });

            migrationBuilder.CreateTable(
                name: "MigrationRuns",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    FromBundle = table.Column<int>(type: "integer", nullable: false),
                    ToBundle = table.Column<int>(type: "integer", nullable: false),
                    Workflow = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Mapping = table.Column<string>(type: "text", maxLength: 2147483647, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", maxLength: 500, nullable: false, collation: "C"),
                    AuthorId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    AuthorName = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    FinishedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MigrationRuns", x => x.Id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MigratedInstances");

            migrationBuilder.DropTable(
                name: "MigrationRefusals");

            migrationBuilder.DropTable(
                name: "MigrationRuns");
        }
    }
}
