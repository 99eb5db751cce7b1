namespace GridFlow.Server.HandlingRules;

/// <summary>Texts of the rules about what people may do with cases.</summary>
public sealed class HandlingRulesText;
