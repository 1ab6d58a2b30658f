"""The grammar of Chinese place names: a stem and the suffix that says what kind of place it is.

No list of places is used. What makes a stem is where it stands and how often it comes again; what only looks like
a name (主城区, 工业园区, 超市) is kept out by lists of common words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from luodi.reading.names.find import is_proper

SUFFIXES = (
    "经济技术开发区|高新技术(?:产业)?开发区|经济开发区|产业集聚区|产城融合示范区|旅游度假区|生态示范区|"
    "综合保税区|工业园区|高新区|经开区|开发区|示范区|度假区|保税区|管理区|工业区|新区|新城|林区|特区|"
    "自治县|自治旗|自治州|街道|市(?![场民容域值级面价])|区(?![域间块位别])|县(?![域级])|旗(?![区县])|"
    "州(?![市区县新高经])|盟(?!市)|镇(?![市区街级])|乡(?![市区县镇村土贤愁亲情])"
)
_SUFFIX = re.compile(SUFFIXES)
_HAN_RUN = re.compile(r"[一-鿿]+$")
_LONGEST_STEM = 8
_SHORT_STEM = 2
_COUNTED = "周年月日期届次号批"
# before a stem these are other words; a single character cuts only where a stem of two is left behind it, since
# stems hold many of them (太原, 和平, 市中)
_CUT_CHARACTERS = (
    "在为对是把访到由从让将给向的了与及往省州市县区镇乡共全各我本该两多个等和以于说讯年月日届第今有要使被就也都还并"
    "或之其此这那每某副原任据经自报办委站村赴任驻使"
)
_CUT_WORDS = (
    "在|为|对|是|把|访|的|了|与|及|说|讯|记者|来自|分管|主管|挂钩|落实|贯彻|执行|学习|政府|党委|推进|推动|加快|建设|打造|支持|促进|助力|中共|接受|采访|专访|"
    "关于|围绕|按照|根据|通过|位于|地处|前往|走进|来到|赴|融入|带动|辐射|服务|全面|实现|成为|作为|近日|日前|近年|"
    "目前|年度|已经|票决出|评选出|获悉|"
    "同时|其中|以及|包括|涉及|覆盖|现任|代表|会同|召开|联合|用好|先行|地缘|加强|强化|完善|提升|优化|改造|拓展|做强|"
    "做优|依托|聚焦|紧扣|坚持|统筹|加大|深化|发展|创建|争创|建成|新建|开展|组织|启动|申报|获评|成功|创成|入选|牵头|"
    "负责|热议|会议|暨|欢迎|访问|今日|走近"
)
_LAST_CUT = re.compile(rf".*(?:{_CUT_WORDS}|[{_CUT_CHARACTERS}](?=..))")
# a stem that ends so points instead of naming: 我区, 各县
_POINTS = re.compile(
    r"[全各我本该两多个等某每此这那贵咱听看问谈说请让和与及到从向由委按据受、]$|^[区县市镇]城$"
)
# 政和县, at the head of a line or behind a sign; 企业和县 would not stand so
_NAMED_SO = re.compile(r"(?![省市区县旗镇乡村])[\u4e00-\u9fff]和")
_LEVELS_SPOKEN = "区县 区属 区直 区级 县属 县直 县级 州市 市县 市属 市直 市级 用地 省市 省级"
_LEVEL_WORDS = frozenset(_LEVELS_SPOKEN.split())
_KIND_OF_TOWN = frozenset("乡城村集市古小重名")
_COMMON_STEM = re.compile(
    r"(?:投资|新增|完成|上报|下达|城|园|社|小|山|片|地|库|景|市|辖|灾|老|牧|校|厂|郊|战|贫困|街|林|矿|湖|湾|港|海|示范|开发|高新|经开|保税|"
    r"工业|试验|实验|功能|合作|集聚|主城|中心城|建成|规划|新城|老城|旧城|中心|核心|产业|工业园|产业园|旧小|居民小|"
    r"住宅小|风景|旅游|保护|功能|种植|养殖|生产|生活|办公|商务|商业|集中|连片|重点|特色|现代|智慧|示范园|科技园|"
    r"物流园|"
    r"超|门|上|房|股|夜|城|都|大|强|小|新|古|县|地级|省辖|直辖|副省级|开放|文明|卫生|园林|森林|海绵|韧性|宜居|"
    r"创新型?|工业强|产业兴|农业大|旅游强|现代化|卫星|资源型|英雄|历史文化|书香|美丽|幸福|平安|法治|生态|森林|文旅|"
    r"消费|农贸|批发|交易|资本|要素|劳动力|人才|国内|国际|国外|海外|技术|"
    r"乡|城|小城|市|集|重|特色小|卫星|中心|百强|强|重点|示范|经济强|文明|名|古|家|返|下|故|水|老|异|他|入|进|离|山|"
    r"渔|侨|兴|回|民族|红|国|党|军|团|锦|彩|校|战|九|加|亚|欧|非|美|北|神|贵|广|杭|苏|扬|徐|郑|兰|惠|泉|福|通|常|联|"
    r"结|同|加|[一-鿿]强|无废|无废城)$"
)
# 示范区 and the like are kinds of zone as often as names: 绿色转型示范区, 国家级开发区
_ZONE = re.compile(r"..区|新城")
_KIND_OF_CITY = frozenset("型心副大代明放林绵性居业等级园态慧新色际美中强特域类化座个各多县小省国古名州")
_KIND_OF_ZONE = re.compile(
    r"[会议暨级型业性式化新旧]|国家|产业|工业|农业|科技|经济|技术|城市|文化|生态|乡村|转移"
)
# stems of one character exist (县 mostly), but only there
_ONE = re.compile(r"^[\u4e00-\u9fff]县$")
_NOT_ONE = frozenset("年月日副全我各本该两多某外邻每贫强百大小老州市区郡在到为来赴千省")
# 2024年度区政府, 四大园区, 一带一园五区
_YEAR_OR_COUNT = re.compile(
    "(?:[本上下该]?年度?|[本上]?季度|[一二两三四五六七八九十]大|.[一二三四五六七八九十])"
)
_COUNTS = re.compile("[一二两三四五六七八九十][大个]|[一二两三四五六七八九十]$")
_GROUND = ("区", "园区", "示范区", "开发区", "新区")
_LEVELS = {
    "区": "区",
    "县": "县",
    "旗": "旗",
    "市": "市",
    "镇": "镇",
    "乡": "乡",
    "街道": "街道",
    "州": "市",
    "盟": "市",
}


def level_of(name: str) -> str:
    """区, 县, 市, 旗, 镇, 乡 or 街道: what 我～ and 全～ would call the place.

    >>> level_of("青岚高新区"), level_of("青岚县")
    ('区', '县')
    """
    for suffix in ("街道", "区", "县", "旗", "市", "镇", "乡", "州", "盟"):
        if name.endswith(suffix):
            return _LEVELS[suffix]
    return "区" if name.endswith("新城") else ""


def split_suffix(name: str) -> tuple[str, str]:
    """Stem and suffix, the longest suffix first.

    >>> split_suffix("青岚经济开发区")
    ('青岚', '经济开发区')
    """
    for found in _SUFFIX.finditer(name, 1):
        if found.end() == len(name):
            return name[: found.start()], found[0]
    return name, ""


def find_places(text: str, start: int, stop: int) -> Iterator[tuple[str, str, int]]:
    """Every word before a place suffix in ``text[start:stop]``: what stands before, the suffix, and where that begins."""
    low = start
    for found in _SUFFIX.finditer(text, start, stop):
        at = found.start()
        before = text[max(low, at - _LONGEST_STEM) : at]
        run = _HAN_RUN.search(before)
        if run is None:
            continue
        before = run[0]
        if _NAMED_SO.fullmatch(before) and (at - 2 == start or not text[at - 3].isalpha()):
            low = found.end()
            yield before, found[0], at - 2
            continue
        cut = _LAST_CUT.match(before)
        if cut:
            before = before[cut.end() :]
        head = at - len(before)
        if before and len(before) > _SHORT_STEM and before[0] in _COUNTED and text[head - 1 : head].isdigit():
            before = before[1:]  # 2024年第28周砚川市
        if before == "和" and text[head - 1 : head].isalpha():
            continue  # 政府和县直部门; 和县 itself stands behind a sign
        if before and is_stem(before, found[0]):
            low = found.end()
            yield before, found[0], at - len(before)


def is_stem(stem: str, suffix: str) -> bool:
    """Whether ``stem`` can name one place rather than a kind of place."""
    if len(stem) == 1:
        return suffix in ("县", "旗", "州") and stem not in _NOT_ONE and bool(_ONE.match(stem + "县"))
    if _POINTS.search(stem) or (suffix in ("镇", "乡") and stem[-1] in _KIND_OF_TOWN) or stem in _LEVEL_WORDS:
        return False
    if (
        (suffix == "区" and stem[-1] in "地园片县")
        or _YEAR_OR_COUNT.fullmatch(stem)
        or (suffix in _GROUND and _COUNTS.search(stem))
    ):
        return False
    if suffix == "市" and stem.endswith("城") and (len(stem) != 2 or stem[0] in _KIND_OF_CITY):
        return False
    if _ZONE.search(suffix) and (not is_proper(stem) or _KIND_OF_ZONE.search(stem)):
        return False
    return not _COMMON_STEM.fullmatch(stem) and not _COMMON_STEM.fullmatch(stem[-2:]) and len(stem) <= 8


def settle(found: Iterator[tuple[str, str, int]]) -> Counter[str]:
    """Names with how often they stand in the text; what stands before a name by chance is cut off it.

    Two characters are the rule for a stem. A longer one is believed where the shorter hardly ever stands without it.
    """
    raw = Counter((before, suffix) for before, suffix, _ in found)
    shorter: Counter[str] = Counter()
    for (before, suffix), n in raw.items():
        for length in range(1, len(before) + 1):
            shorter[before[-length:] + suffix] += n
    settled: Counter[str] = Counter()
    for (before, suffix), n in raw.items():
        settled[_best(before, suffix, shorter)] += n
    return settled


def _best(before: str, suffix: str, counts: Counter[str]) -> str:
    best = before[-2:]
    for length in range(3, len(before) + 1):
        stem = before[-length:]
        if counts[stem + suffix] >= 2 and counts[stem + suffix] * 5 >= counts[best + suffix] * 4:
            best = stem
    if len(before) == 3 and counts[best + suffix] == counts[before + suffix] == 1:
        best = before
    return best + suffix
