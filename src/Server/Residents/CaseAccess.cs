using Microsoft.AspNetCore.DataProtection;

namespace GridFlow.Server.Residents;

/// <summary>What a resident is told once. The code is null when it was shown before.</summary>
public sealed record Receipt(string Number, string? Code);

/// <summary>
/// Remembers in encrypted cookies what this browser may see: its receipt for a few minutes, so that a reload does not lose the
/// code, and the cases whose code it has given, for a session. A cookie and not an address, because addresses are logged by
/// every proxy on the way, sent on as referrers and kept in the history of a shared phone.
/// </summary>
public sealed class CaseAccess(IDataProtectionProvider protection)
{
    private const string ReceiptCookie = "gridflow-receipt";
    private const string CaseCookie = "gridflow-case-";
    private static readonly TimeSpan ReceiptLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan AccessLife = TimeSpan.FromHours(12);
    private readonly ITimeLimitedDataProtector _receipts = protection.CreateProtector("GridFlow.Residents.Receipt").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _cases = protection.CreateProtector("GridFlow.Residents.Case").ToTimeLimitedDataProtector();

    public void KeepReceipt(HttpContext context, Receipt receipt) => context.Response.Cookies.Append(
        ReceiptCookie, _receipts.Protect($"{receipt.Number} {receipt.Code}", ReceiptLife), Options(context, ReceiptLife));

    public Receipt? FindReceipt(HttpContext context) => Read(_receipts, context.Request.Cookies[ReceiptCookie])?.Split(' ') is [var number, var code]
        ? new Receipt(number, code.Length > 0 ? code : null)
        : null;

    public void Grant(HttpContext context, string number) =>
        context.Response.Cookies.Append(CaseCookie + number, _cases.Protect(number, AccessLife), Options(context, null));

    public bool IsGranted(HttpContext context, string number) => Read(_cases, context.Request.Cookies[CaseCookie + number]) == number;

    private static string? Read(ITimeLimitedDataProtector protector, string? value)
    {
        try
        {
            return value is null ? null : protector.Unprotect(value);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Too old, or not from here: as good as none.
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? life) => new()
    {
        MaxAge = life,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
