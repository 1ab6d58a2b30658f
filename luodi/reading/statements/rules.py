"""Every rule that decides about statements: what it means and a line that shows it. The reference is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["worth", "kind", "due", "owner"]


@dataclass(frozen=True, slots=True)
class Rule:
    """``example`` is a page whose reading shows the rule at work."""

    name: str
    group: Group
    meaning: str
    example: str
    dated: bool = True  # whether the day on which the example is spoken is known


RULES: tuple[Rule, ...] = (
    Rule("left_contact", "worth", "电话、地址、文号、署名等，不取", "监督电话：0000-1234567。"),
    Rule("left_schedule", "worth", "条号、附件、注释，不取", "附件：1.任务清单"),
    Rule("left_framing", "worth", "“围绕……”“以……为抓手”只是由头，不取", "围绕3大领域，实施了86个项目。"),
    Rule("left_praise", "worth", "“具有重要意义”一类的评价，不取", "对全区发展具有重要意义。"),
    Rule("left_meeting", "worth", "所报道的会议、调研、采访本身，不取", "全区项目推进会召开。"),
    Rule("left_passing", "worth", "在某会上、抓好几件事、某项目的实施：只是带到，不取", "在开工仪式上。"),
    Rule("left_general", "worth", "无从核查的一般意愿，不取", "以更大决心抓好各项工作。"),
    Rule("only_period", "worth", "只有时间的分句：不取，但管住同句后文", "今年以来，新增企业30家。"),
    Rule(
        "topic",
        "worth",
        "提在前面的事物，与后面的说法合为一条",
        "投资20亿元的青石现代渔业园区，建成鱼塘300亩。",
    ),
    Rule(
        "joins_measure",
        "worth",
        "对前一条的增幅、占比、名次、规模，并入前一条",
        "完成投资130亿元，占年度计划的95%。",
    ),
    Rule(
        "listed_project",
        "worth",
        "只列项目名称的清单，一项一条",
        "青岚区2025年民生实事项目清单\n1.城东片区雨污管网改造工程\n2.第二小学扩建工程\n3.望岫路道路建设项目",
    ),
    Rule(
        "joins_step",
        "worth",
        "紧接着说怎样一步步办，并入前一条",
        "年内将新建停车场3处，3月启动，9月底前投用。",
    ),
    Rule("joins_milestone", "worth", "紧接着说何时建成，并入前一条", "新建停车场3处，9月底前投用。"),
    Rule(
        "joins_profile",
        "worth",
        "对刚提到总投资、占地的项目说建什么，并入该项目",
        "沐蘅湖水厂项目总投资3亿元，规划建设泵房3座。",
    ),
    Rule(
        "joins_parts",
        "worth",
        "刚说到的数目由哪些项目构成，并入前一条",
        "集中开工项目18个，包括鹿鸣药业二期、松坪幼儿园等。",
    ),
    Rule("left_passing_count", "worth", "顺带提到的数目，不是陈述的内容，不取", "30多户居民用水困难。"),
    Rule(
        "joins_effect",
        "worth",
        "项目建成后的预期效果，并入该项目",
        "沐蘅湖水厂项目总投资3亿元。项目建成后，日供水10万吨。",
    ),
    Rule("states_figure", "worth", "有数量，又有做或是的动词", "新建日间照料站9个。"),
    Rule("states_level", "worth", "有数量的指标或有名称的事物", "城镇登记失业率3.2%。"),
    Rule("states_count", "worth", "只有数量与名目", "区级以上重点产业项目47个。"),
    Rule("one_each", "worth", "“一所”“一名”随交付动词而来", "开通公交线路1条。"),
    Rule("wins_honour", "worth", "获得称号、入选名录、通过验收", "青石镇获评全国文明村镇。"),
    Rule("seeks_title", "worth", "创建、争创有级别的称号", "积极争创国家级湖泊公园称号。"),
    Rule("covers_all", "worth", "全覆盖、清零、全部达标", "实现行政村光纤网络全覆盖。"),
    Rule("named_event", "worth", "举办有名称的大会、节、赛", "成功举办首届茶文化大会。"),
    Rule("sets_up", "worth", "建立机制、出台办法、组建专班", "建立重大项目联审联批机制。"),
    Rule("lists_works", "worth", "列举有专名的项目", "加快沐蘅湖公园、白鹿书院等项目建设。"),
    Rule("named_works", "worth", "对有专名的工程做什么", "加快沐蘅湖大桥建设。"),
    Rule("lists_campaigns", "worth", "列举三个以上的专项行动", "实施清河行动、护苗行动、暖冬行动。"),
    Rule("named_campaign", "worth", "带引号的专项、工程、平台", "开展“邻里茶座”行动。"),
    Rule("builds_platform", "worth", "说得具体的系统、平台", "建设全域水库大坝安全运行监管平台。"),
    Rule("dated_milestone", "worth", "有日期的建成、投用、开工", "区档案馆新馆9月底前投入使用。"),
    Rule("finished_thing", "worth", "有专名或成列的事物已建成、投产", "沐蘅织造二期顺利投产。"),
    Rule(
        "table_row",
        "worth",
        "拉平了的表格：一行一条",
        "序号\t项目名称\t责任单位\n1\t新建公厕10座\t区城管局\n2\t新建公园2个\t区住建局",
    ),
    Rule(
        "row_without_content",
        "worth",
        "表格行里没有内容",
        "序号\t项目名称\t责任单位\n1\t新建公厕10座\t区城管局\n2\t\t区住建局",
    ),
    Rule(
        "project_profile",
        "kind",
        "总投资、占地、建设内容：在建或待建的项目，承诺",
        "沐蘅湖水厂项目总投资3亿元，占地200亩，建设泵房3座。",
    ),
    Rule("done_beats_future", "kind", "同句有“将”也有“已”“了”“获评”：成果", "已将120个小区纳入改造。"),
    Rule("future_word", "kind", "将、拟、力争、确保、计划、到某年：承诺", "将新建学校2所。"),
    Rule("once_ready", "kind", "建成、达产之后会怎样：预期，没有期限", "5个项目全部达产后可实现产值30亿元。"),
    Rule("forecast", "kind", "预计投入、新增，前面没有说是回顾：承诺", "预计投入资金2亿元。"),
    Rule("period_ahead", "kind", "自身时间在讲话日之后：承诺", "2030年新建学校2所。"),
    Rule("last_day_ahead", "kind", "最后说的那个期限还没到：承诺", "2026年铺设管网20公里，2030年全部建成。"),
    Rule("period_behind", "kind", "自身时间已经过去：成果", "2019年新建学校2所。"),
    Rule("held_together", "kind", "集中开工、集中签约：仪式上已办的事，成果", "集中签约项目31个。"),
    Rule("has_happened", "kind", "事物在前、建成投产在后，无将来词：成果", "沐蘅湖大桥建成投入使用。"),
    Rule("is_first", "kind", "是首座、唯一、最大：现状", "沐蘅湖大桥是全区首座斜拉桥。"),
    Rule("standing_level", "kind", "达到、为、现有、占：现状", "在园学童达到700人。"),
    Rule("standing_rate", "kind", "比率、总量保持在某水平：现状", "学前三年毛入园率超过95%。"),
    Rule("work_in_hand", "kind", "正在推进而无目标：现状", "沐蘅湖大桥项目正在有序推进。"),
    Rule(
        "plans_projects",
        "kind",
        "今年安排项目多少个：列入计划，承诺",
        "今年安排重点项目132个，年度投资156亿元。",
    ),
    Rule("still_wanting", "kind", "仍有、尚有、缺口：还差多少，现状", "仍有6个项目尚未开工。"),
    Rule("works_so_far", "kind", "工程完成到百分之几：现状", "主体工程完成85%。"),
    Rule("standing_stock", "kind", "企业、面积、床位等现在有多少：现状", "高新技术企业仅19家。"),
    Rule("standing_share", "kind", "占多少、收入比：现状", "骨干教师占31%。"),
    Rule("opening_ahead", "kind", "句首的时间在讲话日之后：承诺", "2027年，招聘会30场。"),
    Rule("opening_behind", "kind", "句首的时间已经过去：成果", "2025年，招聘会30场。"),
    Rule("done_word", "kind", "已、成功、同比、累计、获评：成果", "累计发放补贴300万元。"),
    Rule("looks_ahead", "kind", "标题、提问或开头指向今后：承诺", "下一步，我们要补短板。新建学校2所。"),
    Rule("looks_back", "kind", "标题、提问或开头指向已往：成果", "今年以来，全区大干快上。新建学校2所。"),
    Rule("dated_aim", "kind", "年底前、年内：承诺", "区档案馆新馆9月底前投入使用。", dated=False),
    Rule("goes_on", "kind", "无时间线索：随同段前一条", "累计发放补贴300万元。办理案件20件。"),
    Rule("told_as_done", "kind", "有数量、无将来词的完成、新增：成果", "新增企业30家。"),
    Rule("imperative", "kind", "无主语的动词句：承诺", "加快沐蘅湖大桥建设。"),
    Rule(
        "table_of_tasks",
        "kind",
        "任务表里的一行：承诺",
        "序号\t项目名称\t责任单位\n1\t新建公厕10座\t区城管局\n2\t新建公园2个\t区住建局",
    ),
    Rule("own_period", "due", "分句自己的时间，最具体者", "年底前新建学校2所。"),
    Rule("opening_period", "due", "句首、段首的时间", "今年以来，全区大干快上。新建学校2所。"),
    Rule(
        "intro_period",
        "due",
        "引出列表的那一句的时间",
        "一、主要任务\n2027年底前，全区上下要扎扎实实完成以下几个方面的任务：\n新建学校2所，改造公厕10座，惠及群众3000人，各单位要认真抓好落实。",
    ),
    Rule("question_period", "due", "提问里的时间", "问：今年以来取得了哪些成效？\n答：新建学校2所。"),
    Rule(
        "heading_period",
        "due",
        "小标题里的时间",
        "一、2020年工作回顾\n全区上下团结奋斗，各项事业取得了新的进步。新建学校2所。",
    ),
    Rule(
        "title_period",
        "due",
        "清单、方案标题里的时间",
        "青石区2027年民生实事清单\n来源：区政府办 2027-01-10\n新建学校2所，改造公厕10座，惠及群众3000人。",
    ),
    Rule(
        "year_of_interview",
        "due",
        "访谈的标题、导语或第一问所问的那一年，管住答问中对今后的承诺",
        "奋进2026｜访青石区区长王某\n2026-10-12\n记者：民生方面有哪些打算？\n答：新建学校2所，改造公厕10座，惠及群众3000人，各单位要认真抓好落实。",
    ),
    Rule(
        "day_said_last",
        "due",
        "一句之末才说的时限，管住同句前面的各项",
        "新建公厕6座，改造公厕14座，11月底前全部投用。",
    ),
    Rule(
        "event_day",
        "due",
        "开工、签约等仪式的日子，管住在仪式上说到的项目",
        "9月28日，全区集中开工仪式举行。此次集中开工项目共23个。",
    ),
    Rule(
        "due_in_note",
        "due",
        "其后括号里的完成时限",
        "新建学校2所。（责任单位：区教育局；完成时限：11月底前）",
    ),
    Rule("named_body", "owner", "分句主语是机构、企业", "区教育局将新建学校2所。"),
    Rule("asked_body", "owner", "请某单位办：该单位", "请青石街道9月20日前完成拆迁12户。"),
    Rule("every_unit", "owner", "各县区、各承办单位：照原文", "各承办单位7月底前对11件超期工单逐件销号。"),
    Rule(
        "unit_of_heading",
        "owner",
        "小标题里的牵头、责任单位",
        "一、科技创新（由区科技局牵头实施）\n全区上下要扎扎实实抓好以下各项政策的落实。新建学校2所。",
    ),
    Rule("named_region", "owner", "分句主语是本页所说的地方", "青石区将新建学校2所。"),
    Rule("own_region", "owner", "我区、全县、我们：按本页地点解读", "我区将新建学校2所。"),
    Rule(
        "unit_in_brackets", "owner", "其后括号里的责任单位、牵头单位", "新建学校2所。（责任单位：区教育局）"
    ),
    Rule(
        "unit_column",
        "owner",
        "表格的责任单位栏",
        "序号\t项目名称\t责任单位\n1\t新建公厕10座\t区城管局\n2\t新建公园2个\t区住建局",
    ),
    Rule("speakers_unit", "owner", "说话人所在的单位", "区教育局局长王某说，将新建学校2所。"),
    Rule("investor", "owner", "投资建设项目的企业", "朔辰风电计划投资16亿元建设叶片生产基地。"),
    Rule(
        "same_firm",
        "owner",
        "公司、该公司：前面说到的那一家",
        "叶片项目由朔辰风电投资16亿元建设。公司将新建厂房2栋。",
    ),
    Rule(
        "bureau_goes_on",
        "owner",
        "同时、此外：同段前一句的那个单位",
        "区教育局将新建学校2所。同时，改造操场5个。",
    ),
    Rule("winner", "owner", "谁获评、获批", "云铂新材获评国家级专精特新企业。"),
    Rule(
        "office_writes",
        "owner",
        "部门以自己的名义行文：我局、答复如下",
        "我局研究后，现答复如下：将新建学校2所。",
    ),
    Rule("page_region", "owner", "本页所说的地方", "将新建学校2所。"),
    Rule("own_words", "owner", "页内从未写明地名：用原文的我县、全区", "全区上下团结一心。将新建学校2所。"),
)
