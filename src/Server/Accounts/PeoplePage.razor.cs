using GridFlow.Server.Organisation;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Accounts;

public sealed partial class PeoplePage
{
    private const int PageSize = 20;

    private AccountPage _page = new([], 0);
    private IReadOnlyDictionary<string, string> _units = new Dictionary<string, string>();
    private AccountRow? _person;
    private string _search = "";
    private string? _done;
    private int _skip;
    private bool _isNew;

    [Inject]
    public required AccountQueries Queries { get; init; }

    [Inject]
    public required OrganisationQueries Organisation { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [SupplyParameterFromQuery(Name = "person")]
    public string? PersonId { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _page = await Queries.ListAsync(_search, _skip, PageSize);
        _person = PersonId is null ? null : await Queries.FindAsync(PersonId);
        var keys = _page.Rows.Append(_person).OfType<AccountRow>().SelectMany(person => person.Posts).Select(post => post.UnitKey);
        _units = await Organisation.GetUnitNamesAsync([.. keys]);
    }

    private Task SearchAsync()
    {
        _skip = 0;
        return LoadAsync();
    }

    private Task TurnAsync(int by)
    {
        _skip = Math.Max(0, _skip + by);
        return LoadAsync();
    }

    private void StartNew()
    {
        _isNew = true;
        _done = null;
    }

    private Task CreatedAsync(AccountResult created)
    {
        _isNew = false;
        _done = Text["PersonCreated"];
        Navigator.NavigateTo($"/admin/people?person={created.AccountId}");
        return LoadAsync();
    }

    private string PostName(PostRow post) => PersonEditor.PostName(post, _units, Text);
}
