using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Acts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "WorkItems",
                type: "text",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Asked",
                table: "WorkItems",
                type: "text",
                maxLength: 20000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Appeal",
                table: "Cases",
                type: "text",
                maxLength: 32,
                nullable: false,
                defaultValue: "None",
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "Extensions",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "FirstClaimedAt",
                table: "Cases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HeldUntil",
                table: "Cases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Holds",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsExempted",
                table: "Cases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "MergedInto",
                table: "Cases",
                type: "text",
                maxLength: 32,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "OpenParts",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "OriginalDueAt",
                table: "Cases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Returns",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "SplitFrom",
                table: "Cases",
                type: "text",
                maxLength: 32,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "Supervised",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Urged",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "UrgedAt",
                table: "Cases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WasOverdue",
                table: "Cases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "Whistles",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    AreaPath = table.Column<string>(type: "text", maxLength: 120, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Grounds = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Level = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Words = table.Column<string>(type: "text", maxLength: 10000, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    BlownBy = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    BlownAt = table.Column<long>(type: "bigint", nullable: false),
                    SoundedAt = table.Column<long>(type: "bigint", nullable: true),
                    AuditedBy = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Whistles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WhistledUnits",
                columns: table => new
                {
                    WhistleId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    WorkItem = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    SignDue = table.Column<long>(type: "bigint", nullable: true),
                    SignedAt = table.Column<long>(type: "bigint", nullable: true),
                    SignedBy = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    ContactDue = table.Column<long>(type: "bigint", nullable: true),
                    ContactedAt = table.Column<long>(type: "bigint", nullable: true),
                    AttendDue = table.Column<long>(type: "bigint", nullable: true),
                    AttendedAt = table.Column<long>(type: "bigint", nullable: true),
                    AttendedBy = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    Place = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C"),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true),
                    Report = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C"),
                    StreetScore = table.Column<int>(type: "integer", nullable: true),
                    StreetWord = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C"),
                    UnitScore = table.Column<int>(type: "integer", nullable: true),
                    UnitWord = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C"),
                    MovedTo = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Late = table.Column<string>(type: "text", maxLength: 40, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhistledUnits", x => new { x.WhistleId, x.Unit });
                    table.ForeignKey(
                        name: "FK_WhistledUnits_Whistles_WhistleId",
                        column: x => x.WhistleId,
                        principalTable: "Whistles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_MergedInto",
                table: "Cases",
                column: "MergedInto",
                filter: "\"MergedInto\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_SplitFrom",
                table: "Cases",
                column: "SplitFrom",
                filter: "\"SplitFrom\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WhistledUnits_Unit",
                table: "WhistledUnits",
                column: "Unit");

            migrationBuilder.CreateIndex(
                name: "IX_Whistles_CaseNumber",
                table: "Whistles",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_Whistles_State_BlownAt",
                table: "Whistles",
                columns: new[] { "State", "BlownAt" });

            // What was late before there was a column for it was late all the same.
            migrationBuilder.Sql("UPDATE \"Cases\" SET \"OriginalDueAt\" = \"DueAt\"");
            migrationBuilder.Sql("UPDATE \"Cases\" SET \"WasOverdue\" = TRUE WHERE \"DueAt\" IS NOT NULL AND \"HandledAt\" > \"DueAt\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WhistledUnits");

            migrationBuilder.DropTable(
                name: "Whistles");

            migrationBuilder.DropIndex(
                name: "IX_Cases_MergedInto",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_SplitFrom",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "About",
                table: "WorkItems");

            migrationBuilder.DropColumn(
                name: "Asked",
                table: "WorkItems");

            migrationBuilder.DropColumn(
                name: "Appeal",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Extensions",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "FirstClaimedAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "HeldUntil",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Holds",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsExempted",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "MergedInto",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "OpenParts",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "OriginalDueAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Returns",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SplitFrom",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Supervised",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Urged",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "UrgedAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "WasOverdue",
                table: "Cases");
        }
    }
}
