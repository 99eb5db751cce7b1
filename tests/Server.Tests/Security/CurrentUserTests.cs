using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Tests.Security;

public sealed class CurrentUserTests
{
    private static readonly CurrentUser Dispatcher = new(
        "1",
        "陆清和",
        null,
        [new UserPost("area:33", Role.Dispatcher, "/33/"), new UserPost("dept:urban", Role.Handler, null)]);

    [Fact]
    public void A_post_in_an_area_reaches_its_subtree_and_nothing_beside_it()
    {
        Assert.True(Dispatcher.Can(Permission.Dispatch, "/33/3304/"));
        Assert.False(Dispatcher.Can(Permission.Dispatch, "/34/"));
        Assert.False(Dispatcher.Can(Permission.Publish, "/33/"));
    }

    [Fact]
    public void The_scope_of_a_permission_names_areas_and_departments()
    {
        var scope = Dispatcher.ScopeOf(Permission.WorkItems);

        Assert.Equal(["/33/"], scope.AreaPaths);
        Assert.Equal(["dept:urban"], scope.DepartmentKeys);
        Assert.True(Dispatcher.ScopeOf(Permission.Publish).IsEmpty);
    }

    [Theory]
    [InlineData("area:33", Role.Leader, "/33/")]
    [InlineData("dept:urban", Role.Handler, null)]
    public void A_post_survives_the_cookie(string unit, Role role, string? path)
    {
        var post = new UserPost(unit, role, path);

        Assert.Equal(post, UserPost.Parse(post.ToString()));
    }
}
