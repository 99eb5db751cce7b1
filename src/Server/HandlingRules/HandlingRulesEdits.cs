using GridFlow.Workflows.Bundles;

namespace GridFlow.Server.HandlingRules;

/// <summary>Pure edits of the handling rules of a bundle.</summary>
public static class HandlingRulesEdits
{
    public static Bundle With(this Bundle bundle, CaseRules rules)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle.Copy(rules: rules);
    }
}
