namespace GridFlow.Server.BundleMigration;

public sealed class MigrationText;
