using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PhotosSeenFiltersAbsences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Absences",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    StandInId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Absences", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Absences_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Absences_Accounts_StandInId",
                        column: x => x.StandInId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Photos",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", maxLength: 165, nullable: false, collation: "C"),
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    WorkItem = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    ById = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Width = table.Column<int>(type: "integer", nullable: false),
                    Height = table.Column<int>(type: "integer", nullable: false),
                    Size = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Photos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Photos_Cases_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "Cases",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 30, nullable: false, collation: "C"),
                    Query = table.Column<string>(type: "text", maxLength: 500, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Seen",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    WorkItem = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Seen", x => new { x.AccountId, x.WorkItem });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Absences_AccountId_Until",
                table: "Absences",
                columns: new[] { "AccountId", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_Absences_StandInId_Until",
                table: "Absences",
                columns: new[] { "StandInId", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_Photos_CaseNumber_At",
                table: "Photos",
                columns: new[] { "CaseNumber", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Photos_Key",
                table: "Photos",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_AccountId_Name",
                table: "SavedFilters",
                columns: new[] { "AccountId", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Absences");

            migrationBuilder.DropTable(
                name: "Photos");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropTable(
                name: "Seen");
        }
    }
}
