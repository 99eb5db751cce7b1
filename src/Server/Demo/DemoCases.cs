using System.Collections.Immutable;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Demo;

/// <summary>A demo case: what was reported, how long ago, and how far it has come: steps as "activity:outcome", or "activity:all" for every unit's part.</summary>
internal sealed record DemoCase(
    int HoursAgo, string Title, string Detail, string Area, string Place, CaseChannel Channel, string Reporter, ImmutableArray<string> Course,
    CaseNature Nature = CaseNature.Request, string Answer = "已安排人员到场处理完毕，请您监督。", string? Category = null);

/// <summary>A few dozen reports such as any county gets. Invented, like the county.</summary>
internal static class DemoCases
{
    private const string RiverGrid = "990101101001001001";
    private const string OldStreet = "990101101001001002";
    private const string Orchard = "990101101001002001";
    private const string Cuiyuan = "990101101002001001";
    private const string Market = "990101101002001002";
    private const string School = "990101101002002001";
    private const string UpperBend = "990101102001001001";
    private const string LowerBend = "990101102001001002";
    private const string Maple = "990101102002001001";

    private static readonly ImmutableArray<string> SmallDone = ["handle:Handled", "verify:Passed", "ask:Satisfied"];
    private static readonly ImmutableArray<string> HardAnswered = ["plan:Whistle", "whistle:all", "answer:Answered"];
    private static readonly ImmutableArray<string> HardDone = [.. HardAnswered, "verify:Passed", "ask:Satisfied"];

    public static ImmutableArray<DemoCase> All { get; } =
    [
        // Small matters, from new to closed.
        new(1, "老街垃圾桶满溢", "老街口三个垃圾桶都满溢了，垃圾掉了一地。", OldStreet, "老街 12 号门口", CaseChannel.QrCode, "陈女士", []),
        new(2, "果园路边有暴露垃圾", "果园南边路上有人倒了一车生活垃圾，臭味很大。", Orchard, "果园南路", CaseChannel.Web, "赵先生", ["handle:claim"]),
        new(3, "河东绿地杂草太高", "河边绿地杂草齐腰高，蚊虫多。", RiverGrid, "河滨步道", CaseChannel.Patrol, "", ["handle:Handled"]),
        new(5, "楼道堆放杂物", "3 栋楼道乱堆旧家具，占用楼道，出入不便。", Cuiyuan, "翠苑小区 3 栋", CaseChannel.Web, "孙女士", ["handle:Handled"]),
        new(8, "公厕没有水", "农贸市场公共厕所停水，没法冲洗，公厕很脏。", Market, "农贸市场西门", CaseChannel.QrCode, "周先生", ["handle:Handled", "verify:Passed"]),
        new(10, "店外经营挡路", "水果店出店经营，货架摆到人行道上，店外经营天天如此。", Market, "市场路 8 号", CaseChannel.Web, "吴先生", ["handle:Handled", "verify:Failed"]),
        new(20, "化粪池污水外溢", "楼后化粪池污水外溢，臭水流到路上。", Cuiyuan, "翠苑小区 5 栋后", CaseChannel.Hotline, "郑女士", ["handle:PassOn"], Nature: CaseNature.Complaint),
        new(26, "小广告贴满楼道", "楼道里贴满小广告，撕了又贴，牛皮癣一样。", Maple, "枫林苑 2 栋", CaseChannel.Web, "冯先生", ["handle:claim"]),
        new(30, "路口垃圾没人清运", "村口垃圾堆三天没人清运。", UpperBend, "上湾村口", CaseChannel.Web, "石先生", ["handle:Returned"]),
        new(31, "河边有人乱倒垃圾", "河边有人乱倒垃圾，暴露垃圾一大片。", LowerBend, "下湾河堤", CaseChannel.Patrol, "", []),
        new(50, "井盖破损异响", "车一过井盖就响，井盖破损了一角，晚上很吵。", School, "实验小学门口", CaseChannel.Web, "马女士", [.. SmallDone[..2]], Answer: "已更换破损井盖，并加装防震垫圈。"),
        new(54, "路灯不亮", "小区门口两盏路灯不亮，晚上摸黑。", Maple, "枫林苑北门", CaseChannel.QrCode, "叶女士", ["handle:claim"]),
        new(72, "共享单车乱停放", "校门口共享单车乱停，放学时孩子过不去。", School, "实验小学东侧", CaseChannel.Web, "杨女士", SmallDone, Answer: "已清走乱停车辆，并在校门两侧划定停放区。"),
        new(80, "巷口垃圾有臭味", "巷口暴露垃圾堆了好几天，没人清运，臭味很大。", OldStreet, "老街中段", CaseChannel.Hotline, "徐先生", ["handle:Handled", "verify:Passed", "ask:Dissatisfied"], Nature: CaseNature.Complaint),
        new(96, "渣土洒在村道上", "泥头车渣土洒了一路，建筑垃圾没人扫。", LowerBend, "下湾村道", CaseChannel.Web, "石女士", SmallDone, Answer: "已清扫路面，并约谈运输单位加盖运输。"),
        new(120, "绿地花坛被踩坏", "花坛草坪被踩出一条路。", Cuiyuan, "翠苑小区中心花坛", CaseChannel.Patrol, "", ["handle:Handled", "verify:Passed"], Answer: "已补种并设护栏。"),
        new(150, "占用消防通道", "有车长期停在消防通道上，生命通道被堵。", Cuiyuan, "翠苑小区 1 栋前", CaseChannel.Web, "何女士", SmallDone, Nature: CaseNature.Report, Answer: "已联系车主挪车，并重新划线、立牌。"),
        new(160, "雨后积水", "下雨就积水，排水不畅，走路要绕。", RiverGrid, "河东巷 6 号", CaseChannel.Visit, "田奶奶", SmallDone, Answer: "已疏通雨水管并更换雨水箅子。"),

        // Hard matters.
        new(4, "物业公司不作为", "物业公司收了物业费，保洁和门岗都没有，业主找业委会也没用。", Cuiyuan, "翠苑小区", CaseChannel.Web, "钱先生", [], Nature: CaseNature.Complaint),
        new(6, "夜间施工噪音", "工地夜间施工到凌晨两点，打桩噪音太吵，严重施工扰民。", School, "文昌路工地", CaseChannel.Hotline, "李女士", ["plan:Whistle"], Nature: CaseNature.Complaint),
        new(12, "拖欠农民工工资", "工程结束半年了，还拖欠农民工工资十二万元，讨薪无门。", Maple, "枫林苑二期", CaseChannel.Counter, "罗师傅", ["plan:Whistle"], Nature: CaseNature.Report),
        new(22, "自来水水压不足", "六楼以上自来水水压太低，经常停水。", Cuiyuan, "翠苑小区 7 栋", CaseChannel.Web, "江女士", ["plan:Whistle", "whistle:Done"]),
        new(28, "广场舞扰民", "邻居反映广场舞音量太大，邻里纠纷不断，噪音扰民。", OldStreet, "老街广场", CaseChannel.Informant, "柳大爷", ["handle:PassOn", "plan:Whistle", "whistle:Done"]),
        new(40, "村道硬化破损", "乡村公路路面破损，坑坑洼洼，村村通的路成了烂路。", UpperBend, "石桥—上湾段", CaseChannel.Web, "彭先生", ["plan:Whistle", "whistle:all"]),
        new(46, "小吃店油烟刺鼻", "楼下餐馆废气刺鼻，异味熏人，空气污染。", Market, "市场路 21 号", CaseChannel.Web, "蓝女士", ["plan:Whistle", "whistle:Done"], Nature: CaseNature.Complaint),
        new(60, "电梯经常困人", "电梯一个月困人三次，电梯维修拖着不办。", Cuiyuan, "翠苑小区 9 栋", CaseChannel.Web, "朱女士", HardAnswered, Nature: CaseNature.Complaint, Answer: "维保单位已更换主板，住建局督促启用维修基金，检验合格后恢复使用。"),
        new(90, "养猪场污水", "养猪场污水直排，养殖臭味几里外都闻得到。", LowerBend, "下湾养殖场", CaseChannel.Hotline, "石大爷", [.. HardAnswered, "verify:Failed"], Nature: CaseNature.Report),
        new(140, "违章搭建挡光", "隔壁违章搭建两层，私搭乱建挡光。", OldStreet, "老街 30 号", CaseChannel.Web, "温女士", [.. HardDone], Answer: "违建部分已依法拆除，现场已恢复。"),
        new(170, "幼儿园入学难", "孩子到了年龄，公办幼儿园学位不够，入学难。", School, "文昌社区", CaseChannel.Web, "程女士", [.. HardDone], Nature: CaseNature.Enquiry, Answer: "今年秋季新增两个班，学位已预留，请于下周一到园登记。"),
        new(34, "无物业小区谁来管", "老旧小区没有物业，无物业小区垃圾、门禁都没人管。", Maple, "枫林苑一期", CaseChannel.Visit, "叶大爷", ["plan:Raise"]),

        // Big matters.
        new(14, "安置房延期", "拆迁三年了，安置房还没回迁，拆迁款也没结清。", RiverGrid, "河东安置点", CaseChannel.Counter, "田先生", [], Nature: CaseNature.Complaint),
        new(48, "征地补偿标准不一", "同一个村征地补偿标准不一样，征收安置问题迟迟不解决。", UpperBend, "石桥村", CaseChannel.Hotline, "石先生", ["plan:Submitted"], Nature: CaseNature.Complaint),
        new(100, "片区规划何时动工", "片区规划公布两年了，地铁和道路开发什么时候修？", Market, "文昌片区", CaseChannel.Web, "吴女士", ["plan:Submitted", "approve:Approved"], Nature: CaseNature.Enquiry),
        new(190, "非法集资要求追赃", "理财公司非法集资后跑路，涉及几十户老人，诈骗。", Cuiyuan, "翠苑小区", CaseChannel.Counter, "何大爷", ["plan:Submitted", "approve:Rejected", "plan:Submitted", "approve:Approved", "whistle:all", "answer:Answered", "verify:Passed"],
            Nature: CaseNature.Report, Answer: "已立案侦查，冻结账户三个，第一批退赔登记下周开始。"),

        // Not sure what it is about.
        new(1, "想反映一件事", "不知道该找哪里，想请你们来看看。", Orchard, "", CaseChannel.Web, "柳先生", []),
        new(7, "请帮帮我们", "家里老人一个人，我们在外地，很着急。", LowerBend, "", CaseChannel.Web, "石女士", []),
        new(70, "法院判决执行问题", "判决下来半年了。", Maple, "", CaseChannel.Web, "匿名", ["check:NotOurs"]),
    ];
}
