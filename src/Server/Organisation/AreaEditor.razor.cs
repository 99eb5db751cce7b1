using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Organisation;

public sealed partial class AreaEditor
{
    private string _name = "";
    private string? _nameEn;
    private string _childCode = "";
    private string _childName = "";
    private string? _childNameEn;
    private string _key = "";
    private string _departmentName = "";
    private string? _departmentNameEn;
    private string? _problem;
    private string? _done;

    [Inject]
    public required OrganisationCommands Commands { get; init; }

    [Parameter, EditorRequired]
    public required Area Area { get; set; }

    [Parameter, EditorRequired]
    public required string Line { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Department> Departments { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    protected override void OnInitialized()
    {
        _name = Area.IsMissing ? "" : Area.Name;
        _nameEn = Area.NameEn;
    }

    private async Task RenameAsync() =>
        await TellAsync(await Commands.RenameAreaAsync(Area.Code, _name, _nameEn), "Renamed", _name);

    private async Task AddAreaAsync()
    {
        var problem = _childCode.Length == AreaCode.ChildDigits(Area.Level)
            ? await Commands.CreateAreaAsync(Area.Code + _childCode, _childName, _childNameEn)
            : OrganisationProblem.CodeInvalid;
        await TellAsync(problem, "Added", _childName);
        if (problem is null)
        {
            (_childCode, _childName, _childNameEn) = ("", "", null);
        }
    }

    private async Task AddDepartmentAsync()
    {
        var problem = await Commands.CreateDepartmentAsync(_key, _departmentName, _departmentNameEn, Area.Code);
        await TellAsync(problem, "Added", _departmentName);
        if (problem is null)
        {
            (_key, _departmentName, _departmentNameEn) = ("", "", null);
        }
    }

    private async Task TellAsync(OrganisationProblem? problem, string doneKey, string what)
    {
        _problem = problem is null ? null : Text[$"Problem{problem}"].Value;
        _done = problem is null ? Text[doneKey, what].Value : null;
        if (problem is null)
        {
            await OnChanged.InvokeAsync();
        }
    }
}
