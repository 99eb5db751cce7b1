using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class InboxCover : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkItems_DueAt_Id_AreaPath",
                table: "WorkItems");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_DueAt_Id_AreaPath_Unit_Role_Kind",
                table: "WorkItems",
                columns: new[] { "DueAt", "Id", "AreaPath", "Unit", "Role", "Kind" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_OpenedAt",
                table: "WorkItems",
                column: "OpenedAt",
                filter: "\"ClosedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkItems_DueAt_Id_AreaPath_Unit_Role_Kind",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_WorkItems_OpenedAt",
                table: "WorkItems");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_DueAt_Id_AreaPath",
                table: "WorkItems",
                columns: new[] { "DueAt", "Id", "AreaPath" },
                filter: "\"ClosedAt\" IS NULL");
        }
    }
}
