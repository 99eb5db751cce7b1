using GridFlow.Server.Organisation;
using GridFlow.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Accounts;

public sealed record DemoAccount(string UserName, string Name, string NameEn, Role Role, string UnitKey, string UnitName, string UnitNameEn)
{
    public string DisplayName => LocalName.Of(Name, NameEn);

    public string PostIn(IStringLocalizer<AccountsText> text) => $"{LocalName.Of(UnitName, UnitNameEn)} · {text[$"Role{Role}"]}";
}

/// <summary>The people of the demo county. They exist in Development only; none of them is a real person.</summary>
public static class DemoAccounts
{
    public const string Password = "gridflow-demo";

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        InArea("admin", "林致远", "Lin Zhiyuan", Role.Administrator, DemoOrganisation.CountyCode),
        InArea("editor", "何雨晴", "He Yuqing", Role.Editor, DemoOrganisation.CountyCode),
        InArea("county", "沈若安", "Shen Ruo'an", Role.Dispatcher, DemoOrganisation.CountyCode),
        InArea("leader", "顾明川", "Gu Mingchuan", Role.Leader, DemoOrganisation.CountyCode),
        InArea("supervisor", "许文澜", "Xu Wenlan", Role.Supervisor, DemoOrganisation.CountyCode),
        InArea("qingxi", "陆清和", "Lu Qinghe", Role.Dispatcher, "990101101"),
        InArea("qingxi.leader", "何远山", "He Yuanshan", Role.Leader, "990101101"),
        InArea("yunling", "方小岚", "Fang Xiaolan", Role.Dispatcher, "990101102"),
        InArea("yunling.leader", "蒋立青", "Jiang Liqing", Role.Leader, "990101102"),
        InArea("liutang", "周大梅", "Zhou Damei", Role.GridLeader, "990101101001"),
        InArea("wenchang", "吴春生", "Wu Chunsheng", Role.GridLeader, "990101101002"),
        InArea("shiqiao", "彭石生", "Peng Shisheng", Role.GridLeader, "990101102001"),
        InArea("fenglin", "叶知秋", "Ye Zhiqiu", Role.GridLeader, "990101102002"),
        InArea("liutang1", "田小满", "Tian Xiaoman", Role.GridWorker, "990101101001001"),
        InArea("liutang2", "柳成荫", "Liu Chengyin", Role.GridWorker, "990101101001002"),
        InArea("wenchang1", "孙巧云", "Sun Qiaoyun", Role.GridWorker, "990101101002001"),
        InArea("wenchang2", "马跃进", "Ma Yuejin", Role.GridWorker, "990101101002002"),
        InArea("shiqiao1", "石小桥", "Shi Xiaoqiao", Role.GridWorker, "990101102001001"),
        InArea("fenglin1", "冯秋叶", "Feng Qiuye", Role.GridWorker, "990101102002001"),
        InDepartment("urban", "郑守城", "Zheng Shoucheng"),
        InDepartment("police", "高安宁", "Gao Anning"),
        InDepartment("housing", "朱广厦", "Zhu Guangsha"),
        InDepartment("market", "钱公平", "Qian Gongping"),
        InDepartment("labour", "罗勤", "Luo Qin"),
        InDepartment("environment", "蓝天明", "Lan Tianming"),
        InDepartment("civil", "温如玉", "Wen Ruyu"),
        InDepartment("transport", "路通达", "Lu Tongda"),
        InDepartment("education", "程思学", "Cheng Sixue"),
        InDepartment("health", "康怡", "Kang Yi"),
        InDepartment("agriculture", "谷丰年", "Gu Fengnian"),
        InDepartment("water", "江流", "Jiang Liu"),
        InDepartment("power", "雷光", "Lei Guang"),
        InDepartment("fire", "霍平安", "Huo Ping'an"),
    ];

    private static DemoAccount InArea(string userName, string name, string nameEn, Role role, string code)
    {
        var area = DemoOrganisation.Areas.Single(area => area.Code == code);
        return new DemoAccount(userName, name, nameEn, role, UnitKey.ForArea(code), area.Name, area.NameEn);
    }

    private static DemoAccount InDepartment(string key, string name, string nameEn)
    {
        var department = DemoOrganisation.Departments.Single(department => department.Key == key);
        return new DemoAccount(key, name, nameEn, Role.Handler, UnitKey.ForDepartment(key), department.Name, department.NameEn);
    }
}
