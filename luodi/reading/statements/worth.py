"""Whether a clause says something a third party could later check, and by which rule.

The rules are asked in order; the first that answers decides. ``left_*`` rules say no; ``joins_*`` add the clause to the
statement before it; the others begin a statement. A rule never looks at kind, owner or day.
"""

from __future__ import annotations

import re

from luodi.reading.cued import Cue
from luodi.reading.names.find import is_proper
from luodi.reading.statements import cues
from luodi.reading.statements.left import (
    ADDRESS,
    IN_PASSING,
    POINTS,
    SCHEDULE,
    TILL_THEN,
    Rule,
    Worth,
    left,
    left_contact,
    left_framing,
    left_meeting,
    left_passing,
    left_praise,
    left_schedule,
)
from luodi.reading.statements.milestones import IS_READY, joins_milestone, joins_step
from luodi.reading.statements.view import View


def _real_figures(view: View) -> bool:
    return any(
        not (f.number == 1 and f.unit in ("个", "种", "批", "项", "条", "件", "次", "步"))
        for f in view.figures
    )


_RANK = re.compile(r"第[一二三四五六七八九十\d]|首位|前列|前茅|翻了?[一二两三]番|持平|历史新高|全覆盖")


def joins_measure(view: View, is_open: bool) -> Worth | None:
    """同比增长9.7%, 占年度计划155%, 全市第二: a measure or rank of what was just said."""
    if not is_open:
        return None
    words = view.words
    if not cues.MEASURE.match(view):
        return None
    if view.figures or _RANK.search(words):
        return Worth("joined", "joins_measure", 0.8)
    return None


_ALL = re.compile("全部|均|都|仅")
_HAN = re.compile("[\u4e00-\u9fff]")
_FEWEST_HAN = 2


def states_figure(view: View, _open: bool) -> Worth | None:
    """A quantity beside a word of doing or being."""
    if not view.figures or not _real_figures(view):
        return None
    words = view.words
    if cues.DELIVERY.search(view) or cues.STANDING.search(view) or cues.DONE.search(view):
        return Worth("statement", "states_figure", 0.9)
    if cues.OWN_SUBJECT.match(view) or view.names:
        return Worth("statement", "states_level", 0.8)
    # a bare count of things, the number last: 重点项目58个
    last = view.figures[-1]
    named = len(_HAN.findall(words)) >= _FEWEST_HAN  # a cell that holds 90.67% and no more tells nothing
    if named and len(words) >= 5 and (view.stop - last.stop <= 3 or _ALL.search(words)):
        return Worth("statement", "states_count", 0.55)
    if view.periods and cues.MILESTONE.search(view):
        return Worth("statement", "states_figure", 0.7)  # 150兆瓦光伏项目8月份并网发电
    return left("left_passing_count")


_DELIVERS_ONE = re.compile("新建|建成|建设|打造|引进|成立|培育|开通|组建|由一|每|创建|承办|设立|改造|规划")


def one_each(view: View, _open: bool) -> Worth | None:
    """由一名干部包联, 新建一所学校: one, said of a thing delivered."""
    if view.figures and _DELIVERS_ONE.search(view.words):
        return Worth("statement", "one_each", 0.7)
    return None


# the first working day; what a place is introduced as
_NO_HONOUR = re.compile(
    r"首个(?:工作日|交易日|周末|节日|假期)|首日|^(?:[^，,]{2,10})?作为|(?:位[居列于]|排[名在])[^，,]{0,8}的[^，,]{2,10}$"
)


def wins_honour(view: View, _open: bool) -> Worth | None:
    """获评…, 入选…, 通过…验收: a title or list won."""
    words = view.words
    if not cues.HONOUR.search(view) or cues.FUTURE.search(view) or _NO_HONOUR.search(words):
        return None
    return Worth("statement", "wins_honour", 0.85) if len(words) >= 6 else None


def seeks_title(view: View, _open: bool) -> Worth | None:
    """创建国家级…示范区, 争创省级…: a named title to be won."""
    if not cues.TITLE_LEVEL.search(view):
        return None
    if not cues.TITLE.search(view) and not cues.TITLE_DRIVE.search(view):
        return None
    return Worth("statement", "seeks_title", 0.8)


def covers_all(view: View, _open: bool) -> Worth | None:
    """实现…全覆盖, 达到…标准, …清零: a whole that can be counted."""
    match = cues.COVERAGE.search(view)
    return Worth("statement", "covers_all", 0.75) if match else None


def sets_up(view: View, _open: bool) -> Worth | None:
    """建立…机制, 出台…办法, 组建…专班: a named arrangement."""
    match = cues.MECHANISM.search(view)
    if not match:
        return None
    verb = match[0][: match.start("thing") - match.start()]
    thing = match["thing"]
    if re.match(r"健全|构建|形成|探索|推行|健全完善|创新", verb) and not re.search(r"[“《]", thing):
        specific = len(thing) >= 8 and re.search(r"机制|制度|专班|办法|清单", thing)
        if not specific or view.urged:
            return None
    if (
        re.search(r"(?:政策|措施|标准|条|目录|模式|意见|公司|方案|规划)$", thing)
        and len(thing) < 6
        and "《" not in thing
    ):
        return None
    return Worth("statement", "sets_up", 0.65)


_HELD_WELL = re.compile("成功|顺利|先后|将")
_HELD_OR_TO_BE = re.compile("成功|顺利|先后|累计|将|计划")


def named_event(view: View, _open: bool) -> Worth | None:
    """成功举办…大会: a named event held or to be held; 会议召开 is the news itself."""
    match = cues.EVENT.search(view)
    if match is None or (view.direction is None and not _HELD_WELL.search(view.words)):
        return None
    if re.match(r"召开|举行", match[0]) and not _HELD_OR_TO_BE.search(view.words):
        return None
    return Worth("statement", "named_event", 0.7)


_AMBITION = Cue(
    r"(?:打造|建成|建设|形成|成为)[^，,]*(?:枢纽|新城|新区|名城|名片|城区|城市|门户|小镇|港|谷|城|核心区|增长极|承载地|目的地|集聚区|产业园区)$"
)


# 完成青云中学整体搬迁, 实施白沙水库水源地综合整治: the work is done at a thing with a name
_AT_NAMED = Cue(
    r"(?:实施|完成|推进|启动|加快|开展)(?P<name>[^，,、的]{2,10}?(?:水库|中学|小学|医院|大桥|公园|灌区|水厂|古城|老街|河|湖|江|渠|路|街))"
    r"[^，,、的]{0,12}(?:整治|搬迁|治理|改造|提升|修复|绿化|疏浚|硬化|拓宽|加固|亮化|延伸)$"
)


def named_works(view: View, _open: bool) -> Worth | None:
    """加快…产业园建设, A、B等项目落地: a named project or built thing, and what is done to it."""
    if not (cues.WORKS.search(view) or cues.MILESTONE.search(view)):
        return None
    if view.works is not None:
        return Worth("statement", "lists_works", 0.75)
    at_named = _AT_NAMED.search(view)
    if at_named is not None and is_proper(at_named["name"]) and not view.urged:
        return Worth("statement", "named_works", 0.65)
    if view.names and not (_AMBITION.search(view) and not view.figures and not view.periods):
        return Worth("statement", "named_works", 0.7)
    return None


_CAMPAIGN = Cue(
    r"(?:实施|开展|推进|启动|落实|组织)[^，,。；;]{0,80}?(?P<name>[^，,、。；;]{2,20}?(?:行动计划|攻坚行动|专项行动|三年行动|提升行动|行动|计划|工程))(?:和|、|$)"
)


_QUOTED_CAMPAIGN = Cue(
    r"(?:实施|开展|推进|启动|打造|办好|推出|建设|落实)[^“《，,]{0,6}“[^”]{2,20}”[^，,]{0,8}"
    r"(?:建设|行动|行动计划|工程|计划|项目|版|平台|活动|改革|试点)$"
)


_QUOTED_THING = Cue(r"(?:建成|建设|上线|启用|开通)[^“《，,的]{0,6}“[^”]{2,20}”$")


def named_campaign(view: View, _open: bool) -> Worth | None:
    """实施“…”行动, 实施甲行动、乙行动: a campaign with a name of its own."""
    words = view.words
    if words.count("行动") + words.count("工程") + words.count("计划") >= 3 and _CAMPAIGN.search(view):
        return Worth("statement", "lists_campaigns", 0.65)
    if not view.urged and (_QUOTED_CAMPAIGN.search(view) or _QUOTED_THING.search(view)):
        return Worth("statement", "named_campaign", 0.5)
    return None


_BUILT = Cue(
    r"(?:建设完善|建设|搭建|打造|建成|上线|开发|推广|升级|完善)(?P<what>[^，,。；;、]{6,40}?(?:平台|系统|中心|监控网|监测网|数据库|信息网|管理网|网络|热线|小程序|指挥部))(?:建设|应用|运行)?$"
)
_VAGUE_BUILT = re.compile(r"体系|集群|高地|区域性?|现代化|具有|一流|重要|核心|新型")


def builds_platform(view: View, _open: bool) -> Worth | None:
    """建设…监控平台: one system described closely enough to be looked for."""
    match = _BUILT.search(view)
    if match is None or view.urged or _VAGUE_BUILT.search(match["what"]) or len(match["what"]) < 9:
        return None
    return Worth("statement", "builds_platform", 0.5)


# 2023年开展规划中期评估
_ASSESSED = re.compile("(?:开展|进行|组织)[^，,]{0,12}(?:中期|终期|总结|期中)评估")


def dated_milestone(view: View, _open: bool) -> Worth | None:
    """年底前建成, 6月底前完成: a milestone with a day."""
    if not cues.MILESTONE.search(view):
        return None
    if view.words.endswith("以来"):
        return None
    dated = view.dated or any(
        p.relation == "by" or p.precision in ("month", "quarter", "decade", "day", "half")
        for p in view.periods
    )
    dated = dated or (bool(view.periods) and _ASSESSED.search(view.words) is not None)
    if dated and len(view.words) >= 6:
        return Worth("statement", "dated_milestone", 0.7)
    return None


_DONE_THING = Cue(
    r"(?:建成|竣工|投产|投用|投入使用|(?<!交)通车|开通|落成|开工|启用|达产|开业|开园|开馆|封顶|上线|挂牌|交付|试运行|试运营|试生产|开街|投入运行|落户|并网|签约|正式运营|投入运营|全面完成|圆满完成|基本完成|全部完成)(?:使用|运营|运行|营业|投用|开放|招生|了)?(?!的|后|率|前|时|仪式|项目|于|活动|单位|企业|[至到])"
)


_YEAR_OF = re.compile(r"是[^，,]{2,}(?:之年|元年|关键年|决胜年|收官年|[一二]年)$")


def finished_thing(view: View, _open: bool) -> Worth | None:
    """…顺利投产, …建成投用: something finished that is named by a proper name or a list."""
    words = view.words
    if (view.direction == "ahead" and not view.periods) or view.words.endswith("中"):
        return None
    match = _DONE_THING.search(view)
    if not match or _YEAR_OF.search(words):
        return None
    thing = words[: match.start()] + words[match.end() :]
    if "、" in thing or (is_proper(thing) and len(thing) >= 4):
        return Worth("statement", "finished_thing", 0.6)
    return None


_PROFILE = Cue(
    r"^(?:其?主要|规划|计划|拟|项目|一期|二期|其)?(?:建设内容|建设规模|建设|新建|改建|扩建|生产|从事|包括|包含|涵盖|由|设计|设置|设有|配套|位于|分[一二两三四五\d]期|采用|购置|引进|建筑|用地|选址|年|日)"
)


def joins_profile(view: View, is_open: bool) -> Worth | None:
    """规划建设仓储11万平方米: what a project just introduced by its money or ground consists of."""
    if not is_open or not view.after_profile or not _PROFILE.match(view) or view.names:
        return None
    return Worth("joined", "joins_profile", 0.6)


_PARTS = Cue(
    r"^(?:项目)?(?:包括|包含|涵盖|涉及|覆盖|分布在|主要集中在|集中在|主要为)(?!率)(?!.*(?:领域|方面|行业|产业|镇街|乡镇|街道)$)"
)


# 甲产业园、乙改造、丙道路等项目，: the projects just counted
_LISTED = Cue(r"^[^，,]*、[^，,]*等[^，,、]{0,8}(?:项目|工程)$")


def joins_parts(view: View, is_open: bool) -> Worth | None:
    """包括年产1000吨…项目、…项目: what the number just told is made up of."""
    if not is_open or "、" not in view.words:
        return None
    if not _PARTS.match(view) and not (_LISTED.search(view) and not cues.DELIVERY.match(view)):
        return None
    return Worth("joined", "joins_parts", 0.6)


_ANY = 0
# each rule with the cues of which a clause must hold one for the rule to have an answer
RULES: tuple[tuple[Rule, int], ...] = (
    (left_contact, ADDRESS.bit),
    (left_schedule, SCHEDULE.bit),
    (joins_measure, cues.MEASURE.bit),
    (joins_milestone, IS_READY.bit),
    (joins_step, _ANY),
    (joins_parts, _PARTS.bit | _LISTED.bit),
    (joins_profile, _PROFILE.bit),
    (left_framing, cues.FRAMING.bit | cues.FRAMING_ENDS.bit),
    (left_praise, cues.PRAISE.bit),
    (left_passing, IN_PASSING.bit | POINTS.bit | TILL_THEN.bit),
    (wins_honour, cues.HONOUR.bit),
    (named_event, cues.EVENT.bit),
    (left_meeting, cues.MEETING.bit),
    (states_figure, _ANY),
    (one_each, _ANY),
    (covers_all, cues.COVERAGE.bit),
    (seeks_title, cues.TITLE_LEVEL.bit),
    (sets_up, cues.MECHANISM.bit),
    (named_works, cues.WORKS.bit | cues.MILESTONE.bit),
    (named_campaign, _CAMPAIGN.bit | _QUOTED_CAMPAIGN.bit | _QUOTED_THING.bit),
    (builds_platform, _BUILT.bit),
    (dated_milestone, cues.MILESTONE.bit),
    (finished_thing, _DONE_THING.bit),
)


def judge(view: View, is_open: bool) -> Worth:
    """The first answer of the rules, or ``left_general``: an intention nobody could check."""
    held = view.cues
    for rule, cue in RULES:
        if cue and not held & cue:
            continue
        worth = rule(view, is_open)
        if worth is not None:
            return worth
    return left("left_general")
