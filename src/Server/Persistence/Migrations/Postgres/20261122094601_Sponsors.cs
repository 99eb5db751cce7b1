using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Sponsors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SponsorId",
                table: "Cases",
                type: "text",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "SponsorName",
                table: "Cases",
                type: "text",
                maxLength: 100,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_SponsorId_Status_DueAt",
                table: "Cases",
                columns: new[] { "SponsorId", "Status", "DueAt" },
                filter: "\"SponsorId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_SponsorId_Status_DueAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SponsorId",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SponsorName",
                table: "Cases");
        }
    }
}
