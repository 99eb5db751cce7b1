using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Residents;

/// <summary>
/// Fixed windows per client address. Asked by the handlers of forms instead of by the middleware, so that a page can answer
/// with what was typed still in it. Behind a proxy, set ASPNETCORE_FORWARDEDHEADERS_ENABLED, or all share one address.
/// </summary>
public sealed class ResidentLimits(IOptions<ResidentsOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _reports = Create(options.Value.ReportsPerWindow, options.Value.WindowMinutes);
    private readonly PartitionedRateLimiter<HttpContext> _follows = Create(options.Value.FollowsPerWindow, options.Value.WindowMinutes);

    public int WindowMinutes => options.Value.WindowMinutes;

    public bool AllowsReport(HttpContext context) => Take(_reports, context);

    public bool AllowsFollow(HttpContext context) => Take(_follows, context);

    public void Dispose()
    {
        _reports.Dispose();
        _follows.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<HttpContext> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<HttpContext> Create(int permits, int minutes) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(ClientOf(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(minutes),
        }));

    // A line has a whole /64 of IPv6, so counting single addresses would count nothing.
    private static string ClientOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };
}
