using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CaseLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseUnits_Unit",
                table: "CaseUnits");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AcceptedAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AreaPath",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Status_DueAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_CaseUnits_Unit_CaseNumber",
                table: "CaseUnits",
                columns: new[] { "Unit", "CaseNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AcceptedAt_Number",
                table: "Cases",
                columns: new[] { "AcceptedAt", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AreaPath_Number",
                table: "Cases",
                columns: new[] { "AreaPath", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Category_Number",
                table: "Cases",
                columns: new[] { "Category", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Status_DueAt_Number",
                table: "Cases",
                columns: new[] { "Status", "DueAt", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseUnits_Unit_CaseNumber",
                table: "CaseUnits");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AcceptedAt_Number",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AreaPath_Number",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Category_Number",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Status_DueAt_Number",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_CaseUnits_Unit",
                table: "CaseUnits",
                column: "Unit");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AcceptedAt",
                table: "Cases",
                column: "AcceptedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AreaPath",
                table: "Cases",
                column: "AreaPath");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Status_DueAt",
                table: "Cases",
                columns: new[] { "Status", "DueAt" });
        }
    }
}
