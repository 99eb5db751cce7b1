using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class InboxOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkItems_Unit_DueAt",
                table: "WorkItems");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_ClaimedById_DueAt_Id",
                table: "WorkItems",
                columns: new[] { "ClaimedById", "DueAt", "Id" },
                filter: "\"ClosedAt\" IS NULL AND \"ClaimedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_DueAt_Id_AreaPath",
                table: "WorkItems",
                columns: new[] { "DueAt", "Id", "AreaPath" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_Unit_DueAt_Id",
                table: "WorkItems",
                columns: new[] { "Unit", "DueAt", "Id" },
                filter: "\"ClosedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkItems_ClaimedById_DueAt_Id",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_WorkItems_DueAt_Id_AreaPath",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_WorkItems_Unit_DueAt_Id",
                table: "WorkItems");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_Unit_DueAt",
                table: "WorkItems",
                columns: new[] { "Unit", "DueAt" },
                filter: "\"ClosedAt\" IS NULL");
        }
    }
}
