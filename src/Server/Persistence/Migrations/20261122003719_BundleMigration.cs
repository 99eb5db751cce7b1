using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations
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
                    RunId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    InstanceId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    FromBundle = table.Column<int>(type: "INTEGER", nullable: false),
                    ToBundle = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 2147483647, nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MigratedInstances", x => new { x.RunId, x.InstanceId });
                });

            migrationBuilder.CreateTable(
                name: "MigrationRefusals",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    InstanceId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    IsUndo = table.Column<bool>(type: "INTEGER", nullable: false),
                    Obstacles = table.Column<string>(type: "TEXT", maxLength: 2147483647, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MigrationRefusals", x => new { x.RunId, x.InstanceId, x.IsUndo });
                });

            migrationBuilder.CreateTable(
                name: "MigrationRuns",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FromBundle = table.Column<int>(type: "INTEGER", nullable: false),
                    ToBundle = table.Column<int>(type: "INTEGER", nullable: false),
                    Workflow = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Mapping = table.Column<string>(type: "TEXT", maxLength: 2147483647, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    AuthorId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AuthorName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
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
