"""Bodies that act: bureaus, towns, companies, and the words (我区, 全县, 各级各部门) that mean one through the frame."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.reading.cued import Cue
from luodi.reading.frame.find import Frame

_ORGAN = (
    "人民政府|区政府|县政府|市政府|镇政府|乡政府|管理委员会|管委会|党工委|工作委员会|委员会|区委|县委|市委|党委|工委|"
    "办事处|街道办|街道|办公室|管理局|交通运输局|分局|总局|局|管理中心|服务中心|中心|集团|公司|合作社|联社|银行|"
    "学院|大学|医院|法院|检察院|联合会|残联|妇联|工会|团委|工商联|科协|文联|总队|支队|大队|指挥部|专班|协会|商会|"
    "农商行|信用社|督查室|热线办|指挥中心|发改委|卫健委|科工委|工科委|住建委|国资委|纪委监委|纪委|监委|人社局|政法委|统战部|组织部|宣传部|"
    "住房(?:和)?城乡建设(?:管理)?(?:局|委员会|委)|镇|(?<!城)乡|区|县|市|旗|国资中心"
)
_BODY = rf"(?P<body>(?:[\u4e00-\u9fff]|“[^”]{{1,6}}”){{1,24}}?(?:{_ORGAN}))"
_OWN = Cue(
    r"^(?:(?P<own>我区|我县|我市|我镇|我旗|我乡|本区|本县|本市|全区|全县|全市|全镇|全旗|该区|该县|该市|我们|我局|我委|我办|我公司|示范区|开发区|高新区|经开区|新区|园区|街道|区委|县委|区政府|县政府|区委区政府|县委县政府|区委、区政府|县委、县政府)"
    r"(?:上下)?)"
)
_EVERYBODY = Cue(
    r"^(?:请)?(?P<all>各县[（(]市、区[）)]|各区[（(]市[）)]县|各(?:承办|责任|牵头|成员|有关|相关|实施|主管)(?:单位|部门)|各(?:县市区|县区|区县|乡镇街道|镇街道|镇街|乡镇)(?:人民政府|政府)?|"
    r"各级各部门|各部门各单位|各部门|各单位|各级|有关部门|相关部门|各镇|各街道)"
)
# what may stand between a subject and the deed
_DEED = (
    r"(?=作为|将|要|拟|应|务必|正式|于(?=20|\d)|为|出动|承诺|抽调|派出|创成|争创|创建|申报|承接|认领|督促|协调|会同|联合|更换|投放|办结|新增|累计|接到|回复|指导|承担|启动|集中|开通|增设|增加|安排|选派|设|强化|加强|提前|完善|优化|推行|推出|推广|做好|计划|力争|争取|确保|今年|明年|年内|目前|已|共|先后|累计|成功|获|被|新(?=增|建|开|引|签|改|扩|设|上|招|培)|完成|实施|建设|建成|推进|加快|启动|开工|投入|投资|"
    r"引进|签约|全面|全力|大力|积极|持续|扎实|深入|统筹|坚持|着力|紧紧|围绕|聚焦|以|把|组织|开展|在|按照|正在|还|也|又|始终|一直|结合|充分|"
    r"培育|打造|承办|举办|兑现|拨付|争取|改造|整治|拆除|办理|受理|发放|负责|牵头|,|，|现有|拥有|通过|成为|实现|顺利|荣|入选|20\d\d年|从|对|"
    r"继续|进一步|严格|重点|率先|创新|探索|制定|出台|编制|设立|建立|成立|组建|上半年|下半年|第[一二三四]季|前|十四五|“十)"
)
_DEED_FOLLOWS = re.compile(_DEED)
# words that open a deed or a measure, never the name of a body
_NO_NAME_OPENS = re.compile(
    r"^(?:会同|联合|配合|协同|笔者|记者|安排|统筹|先后|成功|要|应|将|全年|上半年|下半年|全区|全县|全市|我区|我县|我市|率先|今年|去年|明年|目前|完成|实施|建设|建成|推进|加快|启动|开工|新建|改建|改造|新增|投资|引进|签约|打造|培育|创建|争创|整治|治理|实现|提升|支持|推动|围绕|聚焦|"
    r"组织|开展|城镇|农村|城乡|社会|全国|全省|年|月|第|其中|每|各|一|二|三|四|五|六|七|八|九|十|\d|扎实|全力|大力|积极|着力|持续|深入|稳步|协助|指导|"
    r"申报|获评|入选|通过|成立|设立|建立|组建|制定|出台|编制|在|对|从|向|把|将|以|为|由|让|使|与|和|及|按|经(?!开)|被|累计|主要|规划|重点|国家|省级|市级|"
    r"省市区|区级|县级|镇级|村级|中心城|主城|城区|老旧|背街|美丽|高标准|工业|农业|产业|企业|项目|工程|道路|学校|医院|居民|群众)"
)
_LED_BY = Cue(rf"^由{_BODY}(?=[^，,]{{0,6}}(?:牵头|负责|承担|组织|建立|实施|会同|按|统筹|,|，|$))")
# 区教育局、区住建局将联合…: the first of them
_BESIDE = rf"(?:[、和](?:(?!和)[\u4e00-\u9fff]){{2,12}}?(?:{_ORGAN})(?:等)?)*"
_SUBJECT = Cue(rf"^{_BODY}{_BESIDE}{_DEED}")
# 请霞汀街道9月20日前完成拆迁清零
_ASKED = Cue(
    rf"^(?:请|要求|责成|责令){_BODY}(?=\d|在|于|尽快|抓紧|务必|按|对|将|确保|加快|牵头|会同|把|进一步|切实|认真|积极|主动)"
)
_BODY_CUES = _OWN.bit | _EVERYBODY.bit | _LED_BY.bit | _SUBJECT.bit | _ASKED.bit
_POST = (
    r"(?:党组书记|党委书记|党工委书记|工委书记|区委书记|县委书记|市委书记|镇党委书记|书记|常务副区长|常务副县长|副区长|副县长|副市长|副镇长|区长|县长|市长|镇长|乡长|"
    r"党组副书记|副书记|党组成员|副局长|局长|副主任|主任|部长|院长|校长|行长|董事长|总经理|经理|负责人|相关负责人|有关负责人|主要负责人|工作人员|"
    r"[\u4e00-\u9fff]{1,8}科(?:科长|负责人)|科长|股长|站长|队长|会长|理事长|主席|所长|馆长|支书|村支书|代表|委员)"
)
_SPEECH = r"(?:表示|介绍说|介绍道|介绍|说道|说|指出|强调|透露|认为|坦言|谈到|称|告诉记者|告诉笔者|要求|提出|承诺|告诉)"
_SAYS = Cue(_SPEECH)
_SPEAKER = Cue(
    rf"{_BODY}(?:党组|党委|党工委)?{_POST}[、，,]*(?:{_POST})?[\u4e00-\u9fff·]{{0,5}}[^。！？；]{{0,14}}?{_SPEECH}"
)
# 据区教育局介绍, 记者从区教育局获悉: whose plans they are, unless it only counts or announces for all
_HEARD = Cue(rf"(?:记者(?:[^，。]{{0,6}})?从|据|(?:^|[，。])从){_BODY}(?:获悉|了解到?|介绍|消息|透露)")
_FOR_ALL = re.compile(r"发展和?改革|发改|统计|宣传|新闻|热线|办公室|政府$|委$")
_NOT_A_BODY = re.compile(
    r"(?:小区|社区建设|首开区|启动区|起步区|核心区|先行区|作业区|片区|景区|校区|库区|灾区|地区|城区|园区|山区|城市|都市|门市|超市|上市|股市|夜市|农贸市|下乡|返乡|家乡|他乡|整县|整区|整镇|推进|建设|实施)$|是|(?:项目|工程|基地)由|"
    r"^(?:信用|特色|美丽|文明|卫生|生态|示范|园林|森林|重点|强|试点|产业|先进|经济|百强|中心|贫困|库|移民|民族|整体)[乡镇县区市街道]*$"
)


_SHORTEST = 3


class Body(NamedTuple):
    """A body named at ``text[start:stop]``; ``name`` is what to call it once the frame has been asked."""

    start: int
    stop: int
    name: str
    rule: str
    whole: bool = False  # 全区, 全县: the place as a whole rather than one who acts


def subject(text: str, start: int, stop: int, frame: Frame, cues: int) -> Body | None:
    """The body that opens ``text[start:stop]`` as the doer of what follows, or ``None``.

    ``cues`` are the bits of the cues that the stretch may hold.
    """
    head = text[start:stop]
    if not cues & _BODY_CUES and not (frame.region and head.startswith(frame.region)):
        return None
    own = _OWN.pattern.match(head) if cues & _OWN.bit else None
    asked = _ASKED.pattern.match(head) if cues & _ASKED.bit else None
    if asked and not _NOT_A_BODY.search(asked["body"]):
        return Body(start + asked.start("body"), start + asked.end("body"), asked["body"], "asked_body")
    if own and (_DEED_FOLLOWS.match(head, own.end()) or own.end() == len(head)):
        return Body(start, start + own.end(), resolve(own["own"], frame), "own_region", own["own"][0] == "全")
    everybody = _EVERYBODY.pattern.match(head) if cues & _EVERYBODY.bit else None
    if everybody:
        low, high = everybody.span("all")
        return Body(start + low, start + high, everybody["all"], "every_unit")
    if frame.region and head.startswith(frame.region):
        named = _SUBJECT.pattern.match(head)
        if named and named["body"] != frame.region and not _NOT_A_BODY.search(named["body"]):
            return Body(start, start + named.end("body"), named["body"], "named_body")
        if not _DEED_FOLLOWS.match(head, len(frame.region)) and len(head) > len(frame.region):
            return None  # 青岚区凤凰岭大桥正式通车: whose bridge it is, not who acts
        return Body(start, start + len(frame.region), frame.region, "named_region")
    led = _LED_BY.pattern.match(head) if cues & _LED_BY.bit else None
    if led and not _NO_NAME_OPENS.match(led["body"]):
        return Body(start + led.start("body"), start + led.end("body"), led["body"], "named_body")
    named = _SUBJECT.pattern.match(head) if cues & _SUBJECT.bit else None
    if (
        named
        and len(named["body"]) >= 3
        and not _NOT_A_BODY.search(named["body"])
        and not _NO_NAME_OPENS.match(named["body"])
    ):
        return Body(start, start + named.end("body"), named["body"], "named_body")
    return None


def speaker_body(text: str, start: int, stop: int, cues: int) -> Body | None:
    """The body whose officer speaks in ``text[start:stop]``: 区交通运输局局长某某说 gives 区交通运输局."""
    if cues & _HEARD.bit and (heard := _HEARD.pattern.search(text, start, stop)) is not None:
        name = _clean(heard["body"])
        if len(name) >= _SHORTEST and not _FOR_ALL.search(name):
            return Body(heard.end("body") - len(name), heard.end("body"), name, "speakers_unit")
    if not (cues & _SAYS.bit and cues & _SPEAKER.bit) or _SAYS.pattern.search(text, start, stop) is None:
        return None
    for match in _SPEAKER.pattern.finditer(text, start, stop):
        name = _clean(match["body"])
        if len(name) >= 2:
            return Body(match.end("body") - len(name), match.end("body"), name, "speakers_unit")
    return None


class Label(NamedTuple):
    """The speaker's label of an answer; it ends at ``stop``. ``body`` is the body the speaker stands for, if it says."""

    stop: int
    body: Body | None


_LABEL = re.compile(
    rf"(?:(?P<body>[\u4e00-\u9fff]{{2,18}}?(?:{_ORGAN}))(?P<rest>[\u4e00-\u9fff]{{0,16}})|[\u4e00-\u9fff·]{{2,16}})\s?[：:]\s*(?=[^\s])"
)


def answer_label(text: str, start: int, stop: int) -> Label | None:
    """The label 区住建局副局长某某： at the head of an answer, or ``None``."""
    match = _LABEL.match(text, start, min(stop, start + 44))
    if match is None:
        return None
    name = match["body"]
    if (
        not name
        or (match["rest"] and not _POST_OR_OFFICE.search(match["rest"]))
        or name in ("区", "县", "市")
    ):
        return Label(match.end(), None)
    return Label(match.end(), Body(match.start("body"), match.end("body"), name, "speakers_unit"))


_NAME_ALONE = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_PARTY_OR_HEAD = re.compile(r"(?:[区县市旗]委|人民政府|[区县市]政府|政府)$")


def body_of_person(text: str, name: str, before: int) -> Body | None:
    """The body that a person heads, where the page names both before: 区文旅局局长 某某, then 某某：."""
    if not _NAME_ALONE.fullmatch(name):
        return None
    at = text.find(name, 0, before)
    while at >= 0:
        match = _HEADS.search(text, max(0, at - 40), at)
        if match is not None and not _PARTY_OR_HEAD.search(match["body"]):
            body = _VISIT.sub("", match["body"])
            return Body(match.end("body") - len(body), match.end("body"), body, "speakers_unit")
        at = text.find(name, at + 1, before)
    return None


_VISIT = re.compile("^(?:专访|对话|采访|访)了?(?=..)")
_HEADS = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{2,16}}?(?:{_ORGAN}))(?:党组|党委|党工委)?{_POST}(?:[、，]{_POST})*\s?$"
)
_POST_OR_OFFICE = re.compile(rf"{_POST}|[科股室处]|师|员")
_LEAD = re.compile(
    r"^.*(?:日前|近日|昨日|今日|当天|随后|会上|其中|对此|同时|此外|据了解|据悉|采访中|记者从|来自|时任|中共|一位|现任)[，,]?"
)


def _clean(name: str) -> str:
    name = _LEAD.sub("", name)
    return re.sub(r"^(?:的|在|向|和|与|由|据|经|从|对)", "", name)


_OWN_REGION = re.compile(
    r"^(?:我|本|该|全)(?:区|县|市|镇|旗|乡)|^我们|^我局|^我委|^我办|^(?:区|县|市)(?:委|政府)|^(?:示范区|开发区|高新区|经开区|新区|园区)$"
)


def resolve(words: str, frame: Frame) -> str:
    """The name that 我区, 全县, 我们, 区政府 stand for; the words themselves where the page never names it."""
    if _OWN_REGION.match(words):
        return frame.region or words
    return words
