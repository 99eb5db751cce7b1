namespace GridFlow.Designer;

/// <summary>What became of a step between two versions of a workflow.</summary>
public enum NodeMark
{
    Added,
    Changed,
    Removed,
}
