using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class EngineToTheFull : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkItems_ClosedAt_DefinitionId_ActivityId",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_WorkItems_Unit_ClosedAt_DueAt",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_NextAttemptAt",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Cases_IntakeKey",
                table: "Cases");

            migrationBuilder.AddColumn<long>(
                name: "ClaimedUntil",
                table: "Timers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Payload",
                table: "Outbox",
                type: "TEXT",
                maxLength: 2147483647,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CorrelationId",
                table: "Instances",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Bookmarks",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    InstanceId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookmarks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_DefinitionId_ActivityId",
                table: "WorkItems",
                columns: new[] { "DefinitionId", "ActivityId" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_Unit_DueAt",
                table: "WorkItems",
                columns: new[] { "Unit", "DueAt" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NextAttemptAt",
                table: "Outbox",
                column: "NextAttemptAt",
                filter: "\"NextAttemptAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_IntakeKey",
                table: "Cases",
                column: "IntakeKey",
                unique: true,
                filter: "\"IntakeKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_InstanceId",
                table: "Bookmarks",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_Name",
                table: "Bookmarks",
                column: "Name");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Bookmarks");

            migrationBuilder.DropIndex(
                name: "IX_WorkItems_DefinitionId_ActivityId",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_WorkItems_Unit_DueAt",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_NextAttemptAt",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Cases_IntakeKey",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ClaimedUntil",
                table: "Timers");

            migrationBuilder.DropColumn(
                name: "Payload",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "CorrelationId",
                table: "Instances");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_ClosedAt_DefinitionId_ActivityId",
                table: "WorkItems",
                columns: new[] { "ClosedAt", "DefinitionId", "ActivityId" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_Unit_ClosedAt_DueAt",
                table: "WorkItems",
                columns: new[] { "Unit", "ClosedAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NextAttemptAt",
                table: "Outbox",
                column: "NextAttemptAt");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_IntakeKey",
                table: "Cases",
                column: "IntakeKey",
                unique: true);
        }
    }
}
