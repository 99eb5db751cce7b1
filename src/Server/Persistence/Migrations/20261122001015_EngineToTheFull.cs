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
            migrationBuilder.AddColumn<long>(
                name: "ClaimedUntil",
                table: "Timers",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ClaimedUntil",
                table: "Timers");
        }
    }
}
