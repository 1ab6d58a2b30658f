"""Commitment, result or status, and with what force: by the clause's own words first, then by what surrounds it."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.cued import Cue
from luodi.reading.periods.find import Period
from luodi.reading.statements import cues
from luodi.reading.statements.asides import aims_before
from luodi.reading.statements.model import Force, Kind
from luodi.reading.statements.view import View

_LEVEL = Cue(
    r"(?:达到|达|为(?!\d[\d.,万]*余?(?:名|户|家|人|位|个家庭))|占|约占|稳定在|保持在)(?:了)?(?:约|近|超过?|到)?[\d一二两三四五六七八九十百]|现有|现已?有|共有|拥有|余额|占比|在建|总人口|覆盖率|普及率|率(?:达|为)|由一名|入驻企业|现入住|现住|在册|^(?:[^，,]{0,8})?[日月]均[^，,增]{0,6}\d"
)
_IN_HAND = Cue(
    r"正在(?:加快|抓紧|有序|稳步|全力|积极|持续)?(?:推进|建设|施工|实施|办理|开展|进行|编制|申报|争取)|稳步推进|加快推进中|有序推进|加快建设中|推进中|施工中|在建|正抓紧|正按[^，,]{1,8}(?:推进|实施|建设)|正(?:加快|全力|有序|稳步)|正(?:在)?着手|正常推进|推进(?:较?缓慢|较慢|滞后)|进展(?:顺利|缓慢|滞后)"
)
# what is still wanting: 仍有6个项目尚未开工
_LACKS = Cue(
    r"^[^，,]{0,12}?(?:仍有|尚有|还有(?!\d+[个家][^，,]{0,8}(?:签约|开工|投产|竣工|启动|达成))|仍存在|还存在|尚未|仍未|缺口|滞后的?有)[^，,]{0,16}?[\d一二三四五六七八九十百]|\d[^，,]{0,16}(?:尚未|仍未|未)(?:开工|启动|动工|完成|实施)$"
)
# what there is, told as a number and no more: 高新技术企业仅19家
_STOCK = Cue(
    r"(?:企业|面积|里程|收入比|在库项目|库存|存栏|保有量|床位|人口|平均年龄|从业人员|老年人|残疾人|在校生|在园幼儿|专任教师|党员|品牌|大户|合作社)(?:总数|数量|总量)?(?:仅有?|只有|达到?|已达|共有?|为|约|是|扩大到)*\d"
)
# 全镇总面积117.9平方公里, 辖6个行政村: so it is, in a plan as elsewhere
_FACT = Cue(
    r"^(?:[^，,\d]{0,8})(?:国土面积|总面积|耕地面积|总人口|常住人口|户籍人口)(?:为|约|共|有)?\d[^，,的]*$|^(?:现)?下?辖(?:有)?\d|^全长约?\d[^，,的]*$|^(?:年平?均)?(?:气温|降水量?|海拔)[^，,]{0,4}\d|^\d+个(?:居委会|村委会|行政村|社区)$|^路[基面]宽"
)
_SHARE = Cue(
    r"^[^，,\d]{2,20}占(?:比)?(?:全[^，,\d]{1,20}的)?(?:约|超|近|达)?\d|^占[^，,]{2,20}比重|收入比(?:缩小|为|是)|^[^，,\d]{0,10}仅?为[^，,]{2,20}的\d"
)
_GAINED = Cue(
    r"(?<!高)新(?!技术|材料|能源|区|型)|增|引进|建成|完成|改造|培育|签约|认定|整治|绿化|清|拆|流转|种|栽|发放|盘活|收|实施|推广|申报|入库|入规|获|设置|配|走访|拜访|惠及|带动|吸引|已(?!达)|组织|开展|帮|为\d|服务|支持|建筑面积|总建|投资|占地"
)
# 今年安排重点项目132个，年度投资156亿元: the list for the year, not what was done of it
_ARRANGES = Cue(r"(?<!已)安排(?!了)[^，,。]{0,16}项目\d+[个项]")
# 年度任务80公里: what was set, beside what came of it
_YEARS_TASK = Cue(
    r"^(?:年度|全年|今年)(?:的)?(?:建设|计划|目标)?(?:任务|目标)(?:数|值)?(?:为|是|[：:])?\d[^，,]*$"
)
_ENDED = re.compile("完成投资|开工率|已(?:开工|完成)|竣工")
# how far works have come: 主体工程完成85%
_PROGRESS = Cue(
    r"(?:工程|土建|主体|路基|桩基|基础|厂房|管网|形象进度|工程量|装修|安装|施工|设备|改造|整治|治理|建设|拆迁|征收)[^，,]{0,6}完成(?:了)?(?:总量的|总工程量的|工程量的)?\d{1,2}(?:\.\d+)?%|完成(?:了)?(?:工程量|总工程量|总量|(?:总|概算)?投资)的\d{1,2}(?:\.\d+)?%"
)
_EXPECTED = Cue(
    r"可(?!以|持续|控|靠|行|追|复制|见|用|喜)|预计|有望|将(?:有效|进一步|极大|大大|可|新增|带动|惠及|实现年|形成|达到?|增加|成为)|(?:建成|投产|实施|达产|完工|投用)后"
)
_NOT_YET = re.compile("尚未|仍未|未开工|未启动")
_FIRMLY = re.compile("力争|确保|争取|计划")
_DATED_AIM = re.compile(
    r"底前|(?<!提)(?<!目)(?<!此)(?<![^\d一二三四五六七八九十]日)(?<!^日)前(?:建成|完成|投用|开工)|年内|(?<![去上今年])年底(?:全部|全面|基本)?(?:完成|建成|投产|投用|竣工|完工|通车)"
)
_URGE = Cue(r"(?:^|[，,])要|必须|应当|务必")
_AIM = Cue(r"力争|争取|确保|目标|不低于|以上$|左右$|预期|计划|拟|将|年底前|底前|前(?:建成|完成|投用|开工)")


_RATE = Cue(
    r"率(?!先|领)|占比|比例|比重|总数|总量|户数|家数|覆盖|比(?=\d)|天数|人数|入驻企业|余额|存量|保有量|人口|总面积|蓄积量"
)
_RATE_IS = Cue(
    r"(?:达到?|为|在|保持|稳定|占|仅|只有|率|比|超过|余额|数|量)[^，,]{0,6}[\d一二三四五六七八九十百]"
)
_FLOW = Cue(
    r"投资|解决|帮助|发放|建成|改造|获|培训|引进|签约|产值|收入|增加值|生产总值|销售|产量|总额|接待|办理|受理|办结|诉求"
)
_MOVES = Cue(r"提高|下降|增长|提升|完成|实现|新增|压减|降至|增至|升至|同比|缩小|扩大")


_SURELY_DONE = Cue(
    r"已(?!有)|了|成功|顺利|圆满|获评|获批|荣获|喜获|斩获|被(?:评|授|列|认|确|命|纳|编)|入选|上榜|蝉联|跻身|摘得|夺得|超额|提前|同比(?!.*(?:以上|左右))|上升为|拿下"
)
_FIRM_AIM = Cue(r"力争|争取|确保|计划|拟|到20\d\d年|目标(?!任务)")
_READY_BY = Cue(
    r"(?<!度)(?<!年)(?<!占)(?:计划|预计|力争|将|拟)(?:(?:于|在|到)\d|\d+[年月日])|(?:底|(?<!提)(?<!目)(?<!此)(?<![^\d一二三四五六七八九十]日)(?<!^日))前(?:全部|全面|基本|完成|建成|投用|竣工|完工|通车|投产)"
)


def kind_of(
    view: View,
    whole: View,
    speaks_of: dt.date | None,
    before: Kind | None = None,
    opening: Period | None = None,
) -> tuple[Kind, str]:
    """The kind and the name of the rule that decided.

    ``view`` is the clause that opens the statement, ``whole`` all of it; ``before`` the kind of the statement before in
    the paragraph; ``opening`` the period that an opening set for it.
    """
    ahead = view.direction == "ahead"
    at_once = _at_once(view, whole, speaks_of, ahead=ahead)
    if at_once is not None:
        return at_once
    if _ENDS_DONE.search(view.words) or (_DONE_NOW.match(view) and not cues.FUTURE.search(whole)):
        return "result", "done_word"
    future = _of_future(view, speaks_of) or _is_ready_by(view, whole, speaks_of)
    done = (_SURELY_DONE if ahead else cues.DONE).search(view)
    if ahead and done and done[0] == "同比" and aims_before(view.text, view.start):
        done = None
    if future and done:
        # 将…已…: what is surely done is done, unless a firm aim stands beside it
        if _SURELY_DONE.search(view) and not _FIRM_AIM.search(view):
            return "result", "done_beats_future"
        return "commitment", "future_word"
    by_day = _by_day(view, whole, speaks_of, future=bool(future), done=bool(done))
    if by_day is not None:
        return by_day
    if future:
        return "commitment", "future_word"
    if _IS_FIRST.match(view) and not done:
        return "status", "is_first"
    if ahead and _is_told(view, speaks_of):
        return "result", "period_behind"
    if ahead and _is_of_past_year(view, speaks_of):
        standing = _standing(view, done=bool(done))
        return ("status", standing) if standing else ("result", "period_behind")
    if not done and _is_aimed(opening, speaks_of):
        return "commitment", "opening_ahead"
    if ahead:
        return ("result", "done_word") if done else ("commitment", "looks_ahead")
    standing = _standing(view, done=bool(done))
    if standing is not None:
        return "status", standing
    if done:
        return "result", "done_word"
    if before == "status" and _is_part(view):
        return "status", "goes_on"
    if view.direction == "back":
        return "result", "looks_back"
    over = bool(opening and opening.until and speaks_of and opening.until < speaks_of)
    if _FORECAST.search(view) and not over:
        return "commitment", "forecast"
    if opening is not None and speaks_of is not None and _begins_or_runs_ahead(opening, speaks_of):
        return "commitment", "opening_ahead"
    if over:
        return "result", "opening_behind"
    return _by_mould(view, before)


def _at_once(view: View, whole: View, speaks_of: dt.date | None, *, ahead: bool) -> tuple[Kind, str] | None:
    """What the clause's own mould settles, whatever words of time stand in it; ``None`` where it settles nothing."""
    if _TOGETHER.match(view) and not ahead and not _FIRM_AIM.search(view):
        return "result", "held_together"
    if _ONCE_READY.match(view) and not _DONE_SINCE.search(whole.words):
        return "commitment", "once_ready"
    if _PROFILE.search(whole) and not _ALREADY.search(whole):
        return "commitment", "project_profile"
    if _YEARS_TASK.match(view):
        return "commitment", "plans_projects"
    if _ARRANGES.search(view) and not _is_past(whole, speaks_of) and not _ENDED.search(whole.words):
        return "commitment", "plans_projects"
    if _LACKS.search(view) and (not _FIRM_AIM.search(view) or _NOT_YET.search(view.words)):
        return "status", "still_wanting"
    if _SHARE.search(view) and not ahead and not _FIRM_AIM.search(view) and not cues.FUTURE.search(view):
        return "status", "standing_share"
    if _FACT.match(view) and not _FIRM_AIM.search(view) and not cues.FUTURE.search(view):
        return "status", "standing_stock"
    if _STOCK.search(view) and not _GAINED.search(view) and not ahead:
        return "status", "standing_stock"
    if _PROGRESS.search(view) and not _FIRM_AIM.search(whole):
        return "status", "works_so_far"
    return None


# 集中签约项目31个: the ceremony that the page reports
_TOGETHER = Cue(
    r"^(?:活动)?(?:当天|当日|现场|本次|共|共有)?(?:有)?(?:\d+个[^，,]{0,12}项目)?集中(?:签约|开工|竣工|投产|投用|动工|揭牌)(?!率|度)"
)
# 全部达产后可实现产值30亿元: what comes once it is ready
_ONCE_READY = Cue(
    r"^[^，,。；;]{0,20}(?:建成|投产|达产|投用|实施|完工|竣工|达效|运营)(?:达产|达效|投产|投用|运营|使用|完成)?后(?!期|续|评估|的)"
)
_DONE_SINCE = re.compile("已(?!有)|了|以来|累计|同比|实际")
_FORECAST = Cue(
    r"预计(?:总)?(?:投入|铺设|改造|新建|建设|完成|实现|新增|带动|惠及|培训|发放|销售|接待|增加|减少|培育|引进|达)"
)
# what a project not yet ready consists of: 总投资5亿元，占地200亩，建设厂房…，建成后…
_PROFILE = Cue(
    r"^(?:(?:[^，,]{2,40}|该|本|此)?(?:项目|工程|基地|园|中心|厂|院)[，,]?(?:由[^，,]{2,30}[，,])?)?(?:计划)?(?:总投资|占地|概算投资|全长|设计)[^，,]*[，,].*(?:概算投资|配套管网|建设|新建|建成后|投产后|达产|设置|设计|占地|总投资|建筑面积)"
)
_ALREADY = Cue(
    r"已|竣工|投产(?!后)|投用(?!后)|建成(?!后|达产后|投产后|投用后|使用后)|共\d|项目\d+个|\d+个项目|签约|落户|了"
)


# 计划用于…的6条道路修复已基本完工
_DONE_NOW = Cue(r"^(?:截至)?目前[^，,]{0,8}?(?:完成|完工|建成)(?!率)[^，,]{0,8}\d")
_ENDS_DONE = re.compile("已经?(?:基本|全部|全面|正式|如期|顺利)?(?:完工|完成|建成|竣工|投用|投产|通车|交付)$")


def _of_future(view: View, speaks_of: dt.date | None) -> bool:
    """Whether a word of the future stands there; 年底建成通车, told of a year gone by, is none."""
    found = cues.FUTURE.search(view)
    if found is None:
        return False
    return not (found[0].startswith("年底") and view.direction == "back" and _is_past(view, speaks_of))


def _is_ready_by(view: View, whole: View, speaks_of: dt.date | None) -> bool:
    """底前完成, unless that is past, or is told without a day in a review: 汛前完成148座."""
    if _READY_BY.search(whole) is None or _is_past(whole, speaks_of):
        return False
    return bool(whole.periods) or view.direction != "back"


def _begins_or_runs_ahead(opening: Period, speaks_of: dt.date) -> bool:
    """下月起, 7月至9月, 用两年时间: from a day to come, or into another year."""
    begins = opening.since or opening.until
    if begins is not None and begins > speaks_of:
        return True
    return opening.until is not None and opening.until.year > speaks_of.year


def _is_told(view: View, speaks_of: dt.date | None) -> bool:
    """…于2016年7月正式开工建设, said among plans: a day gone by on which something came about."""
    if speaks_of is None or not _HAPPENED.search(view):
        return False
    return any(p.relation == "within" and p.until is not None and p.until < speaks_of for p in view.periods)


def _is_of_past_year(view: View, speaks_of: dt.date | None) -> bool:
    """去年新增泊位3127个, “十四五”期间改造173个, said among plans: years gone by at the head of what is told."""
    if speaks_of is None or any(p.until is not None and p.until >= speaks_of for p in view.periods):
        return False
    head = [
        p
        for p in view.periods
        if p.start - view.start <= _AT_HEAD and view.text[p.start - 1] not in "从由自比较"
    ]
    return any(
        p.relation == "within"
        and p.precision in ("year", "plan")
        and p.until is not None
        and p.until < speaks_of
        for p in head
    )


def _is_aimed(opening: Period | None, speaks_of: dt.date | None) -> bool:
    """到“十四五”末，实现…: the end of what is meant stands at the head of the sentence."""
    if opening is None or opening.until is None or speaks_of is None:
        return False
    return opening.relation == "by" and opening.until > speaks_of


def _is_past(view: View, speaks_of: dt.date | None) -> bool:
    when = _latest(view)
    return when is not None and speaks_of is not None and when[1] < speaks_of


def _by_day(
    view: View, whole: View, speaks_of: dt.date | None, *, future: bool, done: bool
) -> tuple[Kind, str] | None:
    """By the statement's own period, where it lies wholly ahead or behind."""
    when = _latest(view) or _latest(whole)
    if when is None or speaks_of is None:
        return None
    if when[0] > speaks_of and not (done and _SURELY_DONE.search(view)):  # 2026年全部建成 is not done yet
        return "commitment", "period_ahead"
    if when[1] < speaks_of and not future and view.direction != "ahead":
        if _LEVEL.search(view) and not done and not _MOVES.search(view) and not _FLOW.search(view):
            return "status", "standing_level"
        return "result", "period_behind"
    return None


# 凤凰大桥是全区首座特大桥梁: what a thing is
_IS_FIRST = Cue(r"(?:^|^[^，,]*?[^，,但只就还也不更若便凡于])是[^，,]{0,16}(?:首|唯一|最大|第一)")
# the thing first, what became of it last: 汀江大桥建成投入使用
_HAPPENED = Cue(
    r"[^，,]{4}(?:完成(?:建设|施工|安装|改造|搬迁|招标|验收|征迁|封顶|桩基施工|主体施工)|建成|竣工|投产|投用|投入使用|投入运营|(?<!交)通车|开通|落成|开工|开工建设|启用|达产|开业|开园|开馆|封顶|上线|挂牌|交付|试运行|落户|落地|并网|签约|完工)(?:使用|运营|投用|投产|通车|开放|试运营)?了?$"
)
# 推动机械化率达94%以上: to be brought about
_PUSHES = re.compile("推动|促进|力促|带动|引导|促使|推进|确保")
_EVERY_YEAR = re.compile("(?:并|将)?每(?:年|月|季度|学期)")
_BEFORE_SEASON = re.compile("(?:[供采]暖季|汛期|雨季|入[汛冬夏]|开学|暑[期假]|寒假)前")
_LED_THE_WAY = re.compile("率先[^，,]{0,8}(?:建成|实现|完成|开通|上线|启用|推出)")
_AT_HEAD = 4
_SURELY = re.compile("共有?\\d|正式|顺利|成功|实现|全线|相继|陆续|已|也")


def _standing(view: View, *, done: bool) -> str | None:
    """The rule by which a clause tells of a standing state, or ``None``."""
    if (
        _LEVEL.search(view)
        and not _PUSHES.match(view.words)
        and not _MOVES.search(view)
        and not _FLOW.search(view)
        and not _HAPPENED.search(view)
    ):
        return "standing_level"
    if _RATE.search(view) and _RATE_IS.search(view) and not _MOVES.search(view):
        return "standing_rate"
    if _IN_HAND.search(view) and not done:
        return "work_in_hand"
    if _IS_FIRST.search(view) and not done:
        return "is_first"
    return None


def _is_part(view: View) -> bool:
    """其中公办园41所, behind a standing number."""
    told_as_part = "其中" in view.text[max(view.start - 3, 0) : view.start + 2]
    return told_as_part and _BARE_COUNT.fullmatch(view.words) is not None


def _by_mould(view: View, before: Kind | None) -> tuple[Kind, str]:
    """Where nothing tells the time: by the clause's own mould, else like the statement before."""
    words = view.words
    if _DATED_AIM.search(words):
        return "commitment", "dated_aim"
    if _EVERY_YEAR.match(words) or _BEFORE_SEASON.search(words):
        return "commitment", "imperative"
    if _LED_THE_WAY.match(words):
        return "result", "has_happened"
    if (
        _HAPPENED.search(view)
        and not _DRIVE.match(words)
        and (before != "commitment" or _SURELY.search(words))
    ):
        return "result", "has_happened"
    if before in ("commitment", "result") and view.figures:
        return before, "goes_on"
    if view.figures and not _DRIVE.match(words):
        return "result", "told_as_done"
    return "commitment", "imperative"


# 全区现有幼儿园86所，其中公办园41所: a part of what there is
_BARE_COUNT = re.compile(
    r"(?!.*(?:新[建增]|建成|改造|引进|签约|培育|完成|投产|竣工|开工|创建|办理|办结))[^，,\d]{2,10}\d[\d.,]*万?余?(?:所|个|家|名|人|户|座|处|条|台|张|栋|亩|公里)"
)
_DRIVE = re.compile(
    r"加快|推进|推动|全力|大力|积极|扎实|着力|新建|建设|改造|实施|打造|开展|培育|完善|支持|争取|建立|提升|持续|创建|发展|做|抓|安排|规划|每|对|为|按|给予"
)


def force_of(kind: Kind, view: View) -> Force:
    """How strongly it is said; see the register of forces in the reference."""
    words = view.words
    if kind == "result":
        return "achieved"
    if kind == "status":
        return "under_way" if _IN_HAND.search(view) else "standing"
    if view.urged or (_URGE.search(view) and not _AIM.search(view)):
        return "urged"
    if _IN_HAND.search(view):
        return "under_way"
    if _EXPECTED.search(view) and not _FIRMLY.search(words):
        return "expected"
    return "pledged"


def _latest(view: View) -> tuple[dt.date, dt.date] | None:
    """First and last day of the clause's own last period, where both are known."""
    for period in reversed(view.periods):
        if period.until is not None:
            return period.since or period.until, period.until
    return None
