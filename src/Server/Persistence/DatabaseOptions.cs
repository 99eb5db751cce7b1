using System.ComponentModel.DataAnnotations;

namespace GridFlow.Server.Persistence;

/// <summary>Which database this installation runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>One file in the data directory; one machine.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, 13 or newer; several machines of GridFlow may share it.</summary>
    Postgres,
}

/// <summary>Settings <c>Database:Provider</c> and <c>Database:Connection</c>; options <c>--db</c> and <c>--connection</c>.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    public const string Section = "Database";

    /// <summary>Default: SQLite.</summary>
    public DatabaseProvider Provider { get; set; }

    /// <summary>
    /// For PostgreSQL <c>Host=…;Database=…;Username=…</c>; a password is better kept in the environment
    /// (<c>Database__Connection</c>, <c>PGPASSWORD</c> or a password file). For SQLite empty: the file in the data directory.
    /// </summary>
    public string Connection { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == DatabaseProvider.Postgres && string.IsNullOrWhiteSpace(Connection))
        {
            yield return new ValidationResult("Database:Connection (or --connection) is needed for PostgreSQL: Host=…;Database=…;Username=…", [nameof(Connection)]);
        }
    }
}
