namespace GridFlow.Server.Organisation;

public sealed class OrganisationText;
