namespace GridFlow.Server.Accounts;

public sealed class AccountsText;
