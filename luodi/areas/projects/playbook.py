"""A bottleneck 堵点: found, asked of a named unit, solved, checked by another; only then the owner is asked whether it helped.

Four levels (the ladder of 桐庐县, 2014): whoever is in charge within the unit, its head, the leader tied to the project, the two
at the top. Deferred is no grave: a higher authority by name, a day on which it is looked at again. The office asks the owner
after the unit has been told that it is closed, so that nobody signs under its eyes.
"""

from __future__ import annotations

from luodi.kernel.cases.playbook import Ask, Clock, End, Measure, State
from luodi.kernel.cases.writing import REASON, choice, move, playbook

SORTS = {
    "land": "用地",
    "demolition": "征迁",
    "funds": "资金",
    "approvals": "手续",
    "planning": "规划",
    "quota": "能耗环境容量",
    "utilities": "水电气热",
    "labour": "用工",
    "disputes": "纠纷",
    "own": "企业自身",
}
LEVELS = ("单位分管项目的领导", "责任单位主要负责人", "包联领导", "党政主要领导")
_FOUND = (
    Ask("subject", "哪个项目"),
    Ask("found_on", "哪天发现的", "day"),
    Ask("matter", "卡在哪里", "text"),
    choice(
        "blocking", "卡住哪一步",
        preparing="前期手续", starting="开工", building="施工", accepting="验收", producing="投产",
    ),
)  # fmt: skip
_CLASSED = (
    choice("sort", "哪一类", **SORTS),
    Ask("asked_unit", "要哪个单位来做", "unit"),
    Ask("asked_act", "要它具体做什么", hint="写一个动作：批复什么、通上什么、付清哪笔"),
    Ask("impact_wan", "影响多少投资（万元）", "number", is_needed=False),
    Ask("impact_days", "耽误多少天", "number", is_needed=False),
    Ask(
        "impact_people",
        "涉及多少人",
        "number",
        is_needed=False,
        hint="住户、职工、务工的；议程按天数、钱、人排",
    ),
)
_TO = (Ask("unit", "交给哪个单位", "unit"), Ask("post", "哪个岗位来办", "post", is_needed=False))
_PROOF = Ask("evidence", "办成的凭据", "file", hint="批文、通水通电的照片、付款回单；一纸答复不算")
_SEEN = Ask("evidence", "核实的照片或材料", "file", is_needed=False)
_FINDING = Ask("finding", "核实情况", "text")
_DEFERRED = (
    REASON,
    Ask("higher_authority", "等哪一级哪个机关"),
    Ask("review_on", "哪天再看", "day"),
)
_OWNER = choice(
    "owner_says", "企业怎么说", solved="解决了", partly="解决了一部分", unreached="问过两次，联系不上"
)
_AT_WORK = "assigned acknowledged solving"
_BEFORE = "registered classified"

PLAYBOOK = playbook(
    "bottleneck",
    "项目堵点",
    source_title="落地堵点办理默认规则",
    paper="堵点交办单",
    about="p",
    escalates=len(LEVELS) - 1,
    lifts=_AT_WORK,
    states=(
        State("registered", "已登记", "office", "分类，写明要谁做什么"),
        State("classified", "已分类", "office", "交办"),
        State("assigned", "已交办", "doer", "签收"),
        State("acknowledged", "已签收", "doer", "拿出办法"),
        State("solving", "正在解决", "doer", "解决并附凭据上报"),
        State("reported_solved", "上报解决", "verifier", "到现场核实"),
        State("verified", "已核实", "office", "告知责任单位销号"),
        State("told", "已告知销号", "office", "问企业解决了没有"),
        State("deferred", "挂账", "office", "到日子再看"),
    ),
    ends=(End("closed", "销号", "done"), End("withdrawn", "企业不再要求", "withdrawn")),
    opens=(move("find", "登记堵点", "→ registered", "office doer", *_FOUND),),
    moves=(
        move("classify", "分类，写明诉求", f"{_BEFORE} → classified", "office", *_CLASSED),
        move("assign", "交办", "classified → assigned", "office", *_TO, effect="assign"),
        move("acknowledge", "签收", "assigned → acknowledged", "doer"),
        move("return", "不归本单位，退回", "assigned → classified", "doer", REASON, times=1),
        move("plan", "定办法", "acknowledged → solving", "doer", Ask("plan", "怎么解决、分几步", "text")),
        move("no_progress", "报告没有进展", "acknowledged solving", "doer", REASON),
        move(
            "report_solved", "上报解决", "solving → reported_solved", "doer",
            Ask("solution", "怎么解决的", "text"), _PROOF,
        ),
        move("verify", "核实，确已解决", "reported_solved → verified", "verifier", _FINDING, _SEEN),
        move("refute", "没有解决，退回", "reported_solved → solving", "verifier", _FINDING, _SEEN),
        move("tell", "告知责任单位销号", "verified → told", "office", warns="销号通知将发给责任单位"),
        move("confirm", "记下企业的话，销号", "told → closed", "office", _OWNER, Ask("said", "原话", "text", is_needed=False)),
        move("deny", "企业说没有解决，再办", "told → solving", "office", Ask("said", "企业的原话", "text")),
        move("extend", "申请延期", "solving", "doer", REASON, effect="extend", times=1, signed_by="leader"),
        move("defer", "挂账", f"{_AT_WORK} → deferred", "leader", *_DEFERRED, effect="suspend"),
        move("defer_again", "再挂账", "deferred", "leader", *_DEFERRED),
        move("take_up", "重新交办", "deferred → assigned", "office", effect="resume"),
        move("withdraw", "企业不再要求，撤回", f"{_BEFORE} {_AT_WORK} deferred → withdrawn", "office", REASON),
    ),
    clocks=(
        Clock("classify", "分类交办期限", ("registered", "classified"), restarts=True),
        Clock("acknowledge", "签收期限", ("assigned",), restarts=True),
        Clock("plan", "拿出办法的期限", ("acknowledged",), restarts=True),
        Clock("solve", "办理期限", ("assigned", "acknowledged", "solving")),
        Clock("verify", "核实期限", ("reported_solved",), restarts=True),
        Clock("confirm", "告知和问企业的期限", ("verified", "told"), restarts=True),
    ),
    measures=(
        Measure("closed", "销号率", ("closed",), ("find",), says="销了号的，占登记的"),
        Measure(
            "on_time", "按期解决率", ("report_solved",), ("assign",), in_time="solve", confirmed=("verify",),
            says="期限内上报并经核实的，占到期的；核实得慢不算单位的",
        ),
        Measure(
            "reported_on_time", "按期上报率", ("report_solved",), ("assign",), in_time="solve",
            says="只是上报，没有核实；不单独用",
        ),
        Measure("verified", "核实销号率", ("verify",), ("report_solved",), says="核实属实的，占上报解决的"),
        Measure("deferred", "挂账率", ("defer",), ("assign",), says="挂账的，占交办的"),
    ),
)  # fmt: skip
