using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace GridFlow.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class EngineToTheFull : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Accounts",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    UserName = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedUserName = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    Email = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    NormalizedEmail = table.Column<string>(type: "text", maxLength: 256, nullable: true, collation: "C"),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", maxLength: 500, nullable: true, collation: "C"),
                    SecurityStamp = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    ConcurrencyStamp = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    PhoneNumber = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<long>(type: "bigint", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Areas",
                columns: table => new
                {
                    Code = table.Column<string>(type: "text", maxLength: 18, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    Level = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    ParentCode = table.Column<string>(type: "text", maxLength: 18, nullable: true, collation: "C"),
                    Path = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    IsMissing = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Areas", x => x.Code);
                    table.ForeignKey(
                        name: "FK_Areas_Areas_ParentCode",
                        column: x => x.ParentCode,
                        principalTable: "Areas",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Bookmarks",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    InstanceId = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookmarks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Bundles",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    PublishedAt = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", maxLength: 1000, nullable: false, collation: "C"),
                    RolledBackTo = table.Column<int>(type: "integer", nullable: true),
                    Content = table.Column<string>(type: "text", maxLength: 2147483647, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bundles", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "Cases",
                columns: table => new
                {
                    Number = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    Detail = table.Column<string>(type: "text", maxLength: 20000, nullable: false, collation: "C"),
                    ReportedAt = table.Column<long>(type: "bigint", nullable: false),
                    AcceptedAt = table.Column<long>(type: "bigint", nullable: false),
                    Channel = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Nature = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Urgency = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    AreaPath = table.Column<string>(type: "text", maxLength: 120, nullable: false, collation: "C"),
                    Place = table.Column<string>(type: "text", maxLength: 200, nullable: true, collation: "C"),
                    HasReporter = table.Column<bool>(type: "boolean", nullable: false),
                    Status = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Stage = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Category = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Condition = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Tier = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    LeadUnit = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    AssistingUnits = table.Column<string>(type: "text", maxLength: 2000, nullable: false, collation: "C"),
                    Workflow = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    Priority = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: true),
                    Due = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Round = table.Column<int>(type: "integer", nullable: false),
                    Answer = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C"),
                    HandledAt = table.Column<long>(type: "bigint", nullable: true),
                    HandledBy = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    VerifiedAt = table.Column<long>(type: "bigint", nullable: true),
                    VerifiedBy = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    ConfirmedBy = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    RatedSolved = table.Column<bool>(type: "boolean", nullable: true),
                    RatedSatisfied = table.Column<bool>(type: "boolean", nullable: true),
                    RatedStars = table.Column<int>(type: "integer", nullable: true),
                    RatedComment = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C"),
                    RatedAt = table.Column<long>(type: "bigint", nullable: true),
                    Classification = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    Routing = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    IntakeKey = table.Column<string>(type: "text", maxLength: 200, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Cases", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "Counters",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Counters", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "History",
                columns: table => new
                {
                    InstanceId = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    ActorId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    ActorName = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    ActorUnit = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    IsPublic = table.Column<bool>(type: "boolean", nullable: false),
                    Data = table.Column<string>(type: "text", maxLength: 2147483647, nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_History", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "Instances",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    DefinitionId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Bundle = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    CorrelationId = table.Column<string>(type: "text", maxLength: 200, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "text", maxLength: 2147483647, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Instances", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    Zh = table.Column<string>(type: "text", maxLength: 12000, nullable: false, collation: "C"),
                    En = table.Column<string>(type: "text", maxLength: 12000, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Recipient = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    Zh = table.Column<string>(type: "text", maxLength: 12000, nullable: false, collation: "C"),
                    En = table.Column<string>(type: "text", maxLength: 12000, nullable: false, collation: "C"),
                    Payload = table.Column<string>(type: "text", maxLength: 2147483647, nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "bigint", nullable: true),
                    SentAt = table.Column<long>(type: "bigint", nullable: true),
                    Error = table.Column<string>(type: "text", maxLength: 1000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Timers",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    InstanceId = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    ClaimedUntil = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Timers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkItems",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Bundle = table.Column<int>(type: "integer", nullable: false),
                    DefinitionId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    ActivityId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 32, nullable: true, collation: "C"),
                    Part = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    AreaPath = table.Column<string>(type: "text", maxLength: 120, nullable: false, collation: "C"),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: true),
                    Due = table.Column<string>(type: "text", maxLength: 4000, nullable: true, collation: "C"),
                    IsOverdue = table.Column<bool>(type: "boolean", nullable: false),
                    ClaimedById = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    ClaimedByName = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    ClaimedAt = table.Column<long>(type: "bigint", nullable: true),
                    Problem = table.Column<string>(type: "text", maxLength: 2000, nullable: true, collation: "C"),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    Outcome = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    ClosedById = table.Column<string>(type: "text", maxLength: 64, nullable: true, collation: "C"),
                    ClosedByName = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    Comment = table.Column<string>(type: "text", maxLength: 10000, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkItems", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApiTokens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AccountId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastUsedAt = table.Column<long>(type: "bigint", nullable: true),
                    RevokedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApiTokens_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ClaimType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClaimValue = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetUserClaims_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ProviderKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserId = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_AspNetUserLogins_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    LoginProvider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_AspNetUserTokens_Accounts_UserId",
                        column: x => x.UserId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Posts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AccountId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    UnitKey = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Posts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Posts_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Departments",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", maxLength: 40, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    NameEn = table.Column<string>(type: "text", maxLength: 100, nullable: true, collation: "C"),
                    AreaCode = table.Column<string>(type: "text", maxLength: 18, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Departments", x => x.Key);
                    table.ForeignKey(
                        name: "FK_Departments_Areas_AreaCode",
                        column: x => x.AreaCode,
                        principalTable: "Areas",
                        principalColumn: "Code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CaseUnits",
                columns: table => new
                {
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Unit = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseUnits", x => new { x.CaseNumber, x.Unit });
                    table.ForeignKey(
                        name: "FK_CaseUnits_Cases_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "Cases",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IdentityViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", maxLength: 500, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdentityViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IdentityViews_Cases_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "Cases",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Reporters",
                columns: table => new
                {
                    CaseNumber = table.Column<string>(type: "text", maxLength: 32, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", maxLength: 100, nullable: false, collation: "C"),
                    Phone = table.Column<string>(type: "text", maxLength: 40, nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "text", maxLength: 200, nullable: false, collation: "C"),
                    SecretHash = table.Column<string>(type: "text", maxLength: 64, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reporters", x => x.CaseNumber);
                    table.ForeignKey(
                        name: "FK_Reporters_Cases_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "Cases",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "Accounts",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "Accounts",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_AccountId",
                table: "ApiTokens",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_Hash",
                table: "ApiTokens",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Areas_Name",
                table: "Areas",
                column: "Name");

            migrationBuilder.CreateIndex(
                name: "IX_Areas_ParentCode",
                table: "Areas",
                column: "ParentCode");

            migrationBuilder.CreateIndex(
                name: "IX_Areas_Path",
                table: "Areas",
                column: "Path");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserClaims_UserId",
                table: "AspNetUserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserLogins_UserId",
                table: "AspNetUserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_InstanceId",
                table: "Bookmarks",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_Name",
                table: "Bookmarks",
                column: "Name");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AcceptedAt",
                table: "Cases",
                column: "AcceptedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AreaPath",
                table: "Cases",
                column: "AreaPath");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_IntakeKey",
                table: "Cases",
                column: "IntakeKey",
                unique: true,
                filter: "\"IntakeKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Status_DueAt",
                table: "Cases",
                columns: new[] { "Status", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseUnits_Unit",
                table: "CaseUnits",
                column: "Unit");

            migrationBuilder.CreateIndex(
                name: "IX_Departments_AreaCode",
                table: "Departments",
                column: "AreaCode");

            migrationBuilder.CreateIndex(
                name: "IX_IdentityViews_CaseNumber",
                table: "IdentityViews",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Unit_At",
                table: "Notices",
                columns: new[] { "Unit", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_CaseNumber",
                table: "Outbox",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NextAttemptAt",
                table: "Outbox",
                column: "NextAttemptAt",
                filter: "\"NextAttemptAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Posts_AccountId_UnitKey_Role",
                table: "Posts",
                columns: new[] { "AccountId", "UnitKey", "Role" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Posts_UnitKey_Role",
                table: "Posts",
                columns: new[] { "UnitKey", "Role" });

            migrationBuilder.CreateIndex(
                name: "IX_Timers_DueAt",
                table: "Timers",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Timers_InstanceId",
                table: "Timers",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_CaseNumber",
                table: "WorkItems",
                column: "CaseNumber");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiTokens");

            migrationBuilder.DropTable(
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "Bookmarks");

            migrationBuilder.DropTable(
                name: "Bundles");

            migrationBuilder.DropTable(
                name: "CaseUnits");

            migrationBuilder.DropTable(
                name: "Counters");

            migrationBuilder.DropTable(
                name: "Departments");

            migrationBuilder.DropTable(
                name: "History");

            migrationBuilder.DropTable(
                name: "IdentityViews");

            migrationBuilder.DropTable(
                name: "Instances");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "Posts");

            migrationBuilder.DropTable(
                name: "Reporters");

            migrationBuilder.DropTable(
                name: "Timers");

            migrationBuilder.DropTable(
                name: "WorkItems");

            migrationBuilder.DropTable(
                name: "Areas");

            migrationBuilder.DropTable(
                name: "Accounts");

            migrationBuilder.DropTable(
                name: "Cases");
        }
    }
}
