using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>The same model, named apart so that PostgreSQL has migrations of its own. Used to migrate, and for nothing else.</summary>
public sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : GridFlowDbContext(options);
