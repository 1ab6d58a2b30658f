"""The thing delivered, short: the clause without its doer, its day, its figures and its adverbs, in the order of doing."""

from __future__ import annotations

import re

from luodi.reading.figures.find import Figure
from luodi.reading.names.find import find_names, is_proper
from luodi.reading.statements.view import View

# stands where a figure was left out
_GAP = "\x00"
_LONGEST = 60
_SPACE = re.compile(r"\s+(?=[\u4e00-\u9fff\x00、])|(?<=[\u4e00-\u9fff\x00、])\s+")
_ANY_SPACE = re.compile(r"\s")
_SHORTEST = 4
_ADVERB = re.compile(
    r"^(?:将|要|拟|计划|力争|争取(?!上级|资金|专项|中央|国债|各类|到位)|确保|务必|还|也|已经?|业已|先后|累计|成功|顺利|圆满|扎实|全力|全面|大力|积极|着力|重点(?=实施|推进|抓|建设|支持|做|打造|发展|推动)|加快|持续|继续|深入|稳步|有序|切实|努力|率先|主动|"
    r"进一步|分别|共(?![建同享])|总(?![产投部值量面数额规])|统筹|同步|高质量(?!发展)|高标准(?!农田)|高水平|逐步|正在|正|预计|可|年内|今年|全年|目前|计划在|用好|做好|抓好|以上|左右|(?:不少于|不低于|约|近|超过?|多|余)(?=\x00)|的|"
    r"(?:会上|此次|本次|当天|当日|[三五]年(?:间|来)?|每年)(?=共|累计|新|公开|签|集)|[全我该][区县市镇](?!域|委)|现有|仍有|尚有|期间|底前|以前|以来|之前|之间|年底|完成时限|[，,、：:（(\s\x00])+"
)
# a small word between a thing and what became of it: 某系统〔成功〕入选
_SMALL = re.compile(
    r"先后|(?<=建立|出台|引进|完成|制定|实现|推行|打造|开展|启动|新增|形成|成立|组建|实施|建成|投入|培育|储备|解决)了|分别(?=增长|下降|达)|(?<![公中])共(?=受理|举办|完成|签约|开工|实施)|(?<!完)成功|顺利|圆满|率先|正式|(?:(?<!企)业已|已经|现?(?<!业)已|务必)(?=[\u4e00-\u9fff])(?!有)"
)
# what led to a day that is left out: 二期将于〔明年5月前〕完成
_TO_THE_DAY = re.compile(r"(?:将|拟|计划|预计|已|力争|确保|要)*(?:于|在|到|至|自|从|截至)$")
_TAIL = re.compile(
    r"(?:(?<=\x00)[和及]|(?<![公中])共计?|累计|总计|逾|以上|左右|以内|不等|余|多|的|等|[-—~～，,、；;。：:（(\s\x00])+$"
)
# quotation marks, and the number of a note
_QUOTES = re.compile(r"[“”‘’「」\"]|\[\d{1,3}\]")
_LEFTOVER = re.compile(
    r"(?:约|近|超过|超|不少于|不低于|至少)(?=\x00)|(?<=\x00)(?:以上|左右|以内|余|多)|(?<=\x00)[-—~～至](?=\x00)|[（(][^）)]*[）)]"
)
# 60周岁以上老人, 10亿元以上项目, 110千伏变电站: the figure tells which, not how many
_WHICH = re.compile(
    r"(?:以上|以下|以内)?(?:的)?(?:工业|产业|在库|重点|重大|新|龙头|特困|高龄|失能|独居)?(?:项目|企业|老年?人|强?村|大班额|产值|工程|大户|树木|水体)"
)
_RATED = ("千伏", "伏", "毫米")
# 总投资190亿元的重点项目, 占地30亩的公园: how big it is
_SIZED = re.compile(
    r"(?:计划|概算|总)*(?:投资|占地|面积|[全总]?长度?|里程|投入|协议引资)(?:达|约)*\x00(?:[左右余多]|以上)*的"
)
# 某总量〔达到10万吨〕, 某率〔由50%提高到60%〕: of a level, what it is the level of
_LEVEL = re.compile(
    r"(?<=[\u4e00-\u9fff”]{2})(?:[，,]?(?:已经?|现|就|将|仅|预计|始终|确保|力争|稳步|稳定))*"
    r"(?:完成|达到?|为|是|占|突破|超过?|逾|(?:稳定|控制|保持|维持)(?:稳定)?在|(?:由|从)[^，,]{0,6}\x00[^，,\x00]{0,6}(?:至|到)|仅?有|(?:提高|提升|增加|下降|降低|扩大|增长|上升|发展|[增降升])[到至]|均为|(?<=类)共|[至到])\x00[^\u4e00-\u9fff]*(?:以上|以下|左右|以内|大关)?$"
)
# 生产总值〔258亿元、增长8.5%〕: how a thing counted moved
_MOVED = re.compile(r"\x00[、，,]?(?:同比|可比价|环比|年均)*(?:增长|下降|上升|提高|增加|减少)\x00[^，,]*$")
_GOES = re.compile("[增上提]|下降|减少")
# 改造小区20个〔、惠及居民3万户〕: what else comes of it
_BESIDES = re.compile(r"\x00(?:、(?:惠及|覆盖|总投资|年度投资|计划投资|投资|受益|支持|带动|占)[^、]*)+$")
# 某水厂项目〔总投资〕
_COSTS = re.compile(
    r"(?<=项目|工程|基地|中心)(?:的)?(?:计划|概算)?(?:总投资|投资|占地(?:面积)?|用地)(?=\x00|$)[^，,]*$"
)
# 由区长任召集人的联席会议制度
_WITH = re.compile(r"(?<=^建立|^成立|^组建|^形成|^设立)(?:由|有|\x00的)[^，,]*?的(?=[^，,的]{4,}$)")
_TOGETHER_WITH = re.compile(r"^(?:会同|联合)[^，,]{2,30}?(?=建立|开展|实施|推进)")
_SAME_TIME = re.compile(r"(?:同比|环比|比上年)(?=增长|下降)")
# 为困难老人实施适老化改造, 对工单实行挂牌督办: what is done, behind whom
_TO_WHOM = re.compile(
    r"^(?:为|对|给)(?P<whom>[^，,]{2,16}?)(?:实施|实行|开展|进行|提供|发放)(?P<what>[^，,]{2,})$"
)
# 对新认定的智能工厂给予20万元奖励: for what it is given
_GRANTS = re.compile(
    r"^对(?:首次|新)?(?:认定|获得|获评|评为)?的?(?P<case>[^，,\x00]{2,24}?)的?(?:按照?|分别|一次性|给予|每|最高).*?(?P<gives>资金支持|奖励|补贴|补助|资助|贴息|扶持)"
)
_MADE = re.compile(r"^把(?P<what>[^，,]{4,})作为[^，,]*$")
# 加快某园区建设, 推进某城市创建: the deed stands last
_DEED_LAST = re.compile(
    r"(?:加快|推进|推动|做好|抓好|启动|加大)(?P<what>[^，,、]{4,}?(?<!项目)(?<!工程)(?<!体系)(?<!工作))(?P<deed>建设|创建|申报|申建)$"
)
_WHOM = ("为", "对", "给", "把")
_SETS_UP = ("建", "成立", "组建", "形成", "设立", "会同", "联合")
_DEEDS = ("建设", "创建", "申报", "申建")
_TWO_DEEDS = re.compile(r"^(?P<deed>建立|建设)(?:健全|完善)")
_BROUGHT_ABOUT = re.compile(r"^(?:实现|达到|完成(?!了?(?:征|投|拆|[年全目]))|是)了?(?=[^，,]{4,})")
_AND_SO_ON = re.compile(r"(?<=、)(?P<last>[^、]+?)等(?:重[点大]|一批|\x00|个)*(?:项目|工程|活动|任务)?$")
# 对种植再生稻的，每亩补助100元: the case and what it is given
_CASE = re.compile(r"^对(?P<case>.+?)的?(?P<whom>企业|经营主体|单位|个人|农户|机构|项目|团队|家庭|人员)?$")
_GIVEN = re.compile(r"资金支持|奖励|补贴|补助|资助|贴息|奖补")
_HOW_TO_GIVE = re.compile(
    r"^(?:分别|一次性|连续|给予|按|每|最高|再|累加|在|单|年|亩|户|个|人|家|台|的|[\u4e00-\u9fff]{0,12}?(?=给予|奖励))"
)
# nothing but a measure, or what became of it: of what, the words before it tell
_MEASURES = re.compile(
    r"(?:其|该|本|此|项目|工程|计划|年度|当年|总|累计|协议|合同|固定资产|设计|规划|建筑|日|年)*(?:投资|引资|占地|用地|面积|全长|总长|长度|工期|概算|处理能力|规模)(?:额|总额|面积)?|[该本此]?(?:项目|工程)"
)
_BECAME = re.compile(
    r"(?:项目|工程|主体|全部|全面|全线|正式|基本|实现|建成|如期|[一二三四]期|投入|完成|试)*"
    r"(?:投资|竣工|开工|投产|投用|使用|通车|运[营行]|封顶|通水|完工|交付|启用|达产|建成|开业|开园|完成)"
)
_INVESTS = re.compile(r"^[^，,、\x00]{0,18}?投资\x00[，,]?(?=建设|新建|打造|实施|改造|开发)")
_BUILDS = re.compile(r"[，,](?:规划|计划|拟|将)?(?P<deed>(?:建设|新建|打造|改造|实施|开发)[^，,。；;]{3,30})")
_ONE = re.compile("(?<=建设|新建|打造|改造|实施|开发)(?:一[个座条所家处批])")
_COUNTED = re.compile(r"(?:新|已|集中)?(?:竣工|开工|续建|签约|复工|在建|投产)")
# 到2025年突破350亿元: what it is the level of opened the sentence
_REACHED = re.compile(
    r"(?:总量|总数|规模|总规模)?(?:预计|力争)?(?:达到?|突破|超过?|增长到|增至|完成|增加到|提高到)?"
)
_LEVEL_OPENS = re.compile(
    r"(?:^|[。；;\n])[^。；;\n，,]{0,12}?(?P<what>[\u4e00-\u9fff]{2,14}(?:值|额|率|量|收入|面积|企业|投资|数|力|人口))(?=[翻由从达突完增预超连再首跃\d为])[^。；;\n]*$"
)
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?")
_RUN_IN_NAME = re.compile(r"(?P<name>[^。；;，,：:\n]{3,36})[。：:]")
_CROSSES = re.compile("[。！？“”‘’《》\n]")
_FARTHEST = 400


def object_of(view: View, subject_stop: int | None, topic: View | None = None) -> str:
    """Clean simplified text naming what is delivered; never empty. ``topic`` is what was set in front of the clause.

    某区将新建9个日间照料站 gives 新建日间照料站, and 某率达到85%以上 the rate's name.
    """
    start = (
        subject_stop if subject_stop is not None and view.start <= subject_stop < view.stop else view.start
    )
    clause = _first_clause(_INVESTS.sub("", _without_sizes(view, start)))
    words = _in_order(clause)
    shorter = _TAIL.sub("", words).replace(_GAP, "")
    given = _given(view, topic)
    if given is not None:
        shorter = given
    elif not shorter or _MEASURES.fullmatch(shorter):
        shorter = _deed_behind(view) or _named_before(view, topic) or clause.replace(_GAP, "")
    elif _COUNTED.fullmatch(shorter) and any(f.unit in ("个", "项") for f in view.figures):
        shorter += "项目"
    elif _BECAME.fullmatch(shorter):
        shorter = (_named_before(view, topic) or "") + shorter
    elif _REACHED.fullmatch(shorter):
        shorter = _level_before(view) or shorter
    return (shorter or view.words)[:_LONGEST]


def _without_sizes(view: View, start: int) -> str:
    """The words from ``start`` with a gap for each figure, and nothing for each period."""
    text = view.text
    holes = [(f.start, f.stop, "" if _tells_which(text, f, view.stop) else _GAP) for f in view.figures]
    days = {p.start for p in view.periods}
    holes.extend((p.start, p.stop, "") for p in view.periods)
    kept, at = [], start
    for low, high, gap in sorted(holes):
        if high <= at:
            continue
        before = text[at : max(at, low)]
        kept.append(_TO_THE_DAY.sub("", before) if low in days else before)
        is_named = not gap and low not in days
        kept.append(text[low:high] if is_named else gap)
        at = max(at, high)
    kept.append(text[at : view.stop])
    words = _QUOTES.sub("", "".join(kept))
    if _ANY_SPACE.search(words):
        words = _SPACE.sub("", words)
    return _SIZED.sub("", _LEFTOVER.sub("", words)) if holes or "（" in words or "(" in words else words


def _tells_which(text: str, figure: Figure, stop: int) -> bool:
    if figure.unit in _RATED:
        return figure.stop < stop
    if text[figure.start - 1] in "超过" and text.startswith("的", figure.stop):
        return figure.stop + 1 < stop
    return (
        text[figure.stop : figure.stop + 1] in ("以", "的")
        and _WHICH.match(text, figure.stop, stop) is not None
    )


def _first_clause(words: str) -> str:
    for comma in "，,":
        first = words.partition(comma)[0]
        words = first if len(first.replace(_GAP, "")) >= _SHORTEST else words
    return words.strip()


def _in_order(words: str) -> str:
    """The clause as one would name it: the deed first, the level without its value, the movement without its rate."""
    last = _DEED_LAST.search(words) if words.endswith(_DEEDS) else None
    if last is not None and (last["deed"] != "建设" or is_proper(last["what"])):
        return last["deed"] + last["what"]
    words = _ADVERB.sub("", _SMALL.sub("", words))
    if _GAP in words:
        # most clauses hold none of what these are about; a look is cheaper than a search from every letter
        if "比" in words or _GOES.search(words):
            words = _SAME_TIME.sub("", _MOVED.sub("", words))
        if "、" in words:
            words = _BESIDES.sub("", words)
        words = _LEVEL.sub("", words)
        if "资" in words or "地" in words:
            words = _COSTS.sub("", words)
    if words.startswith(_WHOM):
        found = _TO_WHOM.match(words) or _GRANTS.match(words) or _MADE.match(words)
        words = "".join(found.groups()) if found is not None else words
    elif words.startswith(_SETS_UP):
        words = _TWO_DEEDS.sub(r"\g<deed>", _WITH.sub("", _TOGETHER_WITH.sub("", words)))
    words = _BROUGHT_ABOUT.sub("", words)
    return _AND_SO_ON.sub(r"\g<last>", words) if "等" in words else words


def _deed_behind(view: View) -> str | None:
    """某公司投资55亿元，建设服装产业中心: what the money goes into."""
    found = _BUILDS.match(view.text, view.stop)
    return _TAIL.sub("", _ONE.sub("", found["deed"])) if found is not None else None


def _given(view: View, topic: View | None) -> str | None:
    """Of a grant: for what, and that it is one."""
    case = _CASE.match(topic.words) if topic is not None else None
    if topic is None or case is None:
        return None
    gives = _GIVEN.search(view.words)
    if gives is None or not _HOW_TO_GIVE.match(view.words):
        return None
    start, stop = (topic.start + at for at in case.span("case"))
    inner = topic.over(start, stop, topic.figures, topic.periods)
    return _ADVERB.sub("", _without_sizes(inner, start)).replace(_GAP, "") + gives[0]


def _named_before(view: View, topic: View | None) -> str | None:
    """The project that a bare measure is of: set in front of it, or named last in its paragraph."""
    if topic is not None and topic.names:
        return view.text[topic.names[-1].start : topic.names[-1].stop]
    line = view.text.rfind("\n", max(0, view.start - _FARTHEST), view.start) + 1
    names = [
        n for n in find_names(view.text, line, view.start) if not _CROSSES.search(view.text, n.start, n.stop)
    ]
    if names:
        return view.text[names[-1].start : names[-1].stop]
    numbered = _NUMBERED.match(view.text, line, view.start)
    head = _RUN_IN_NAME.match(view.text, numbered.end() if numbered else line, view.start)
    return head["name"] if head is not None and is_proper(head["name"]) else None


def _level_before(view: View) -> str | None:
    """What the sentence spoke of when its clause names nothing but a value."""
    line = view.text.rfind("\n", max(0, view.start - _FARTHEST), view.start) + 1
    found = _LEVEL_OPENS.search(view.text[line : view.start])
    return _ADVERB.sub("", found["what"]) if found else None
