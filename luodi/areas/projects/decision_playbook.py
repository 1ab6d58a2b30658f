"""A decision of a dispatch meeting 会议决定: who does what by when, done, then checked by another; the next pack tells of it."""

from __future__ import annotations

from luodi.kernel.cases.playbook import Ask, Clock, End, Measure, State
from luodi.kernel.cases.writing import REASON, move, playbook

KIND = "decision"
_DECIDED = (
    Ask("subject", "哪个项目"),
    Ask("bottleneck", "为了哪个堵点", is_needed=False),
    Ask("meeting", "哪次会"),
    Ask("held_on", "哪天开的", "day"),
    Ask("due_by", "什么时候办成", "day"),
)
_TO = (Ask("unit", "改交给哪个单位", "unit"), Ask("post", "哪个岗位来办", "post", is_needed=False))
_PROOF = Ask("evidence", "办成的凭据", "file", is_needed=False, hint="批文、照片、付款回单")
_FINDING = Ask("finding", "核实情况", "text")

PLAYBOOK = playbook(
    KIND,
    "会议决定",
    source_title="落地调度会默认规则",
    paper="会议决定交办单",
    about="p",
    escalates=2,
    lifts="assigned",
    states=(
        State("assigned", "已交办", "doer", "办成并上报"),
        State("reported", "上报办成", "verifier", "核实"),
    ),
    ends=(End("done", "办成", "done"), End("dropped", "不再办", "withdrawn")),
    opens=(move("decide", "会议决定", "→ assigned", "office leader", *_DECIDED),),
    moves=(
        move("tell", "报进展", "assigned", "doer", Ask("progress", "办到哪一步", "text")),
        move("report", "上报办成", "assigned → reported", "doer", Ask("answer", "怎么办成的", "text"), _PROOF),
        move("check", "核实，确已办成", "reported → done", "verifier", _FINDING),
        move("refute", "没有办成，退回", "reported → assigned", "verifier", _FINDING),
        move("hand_on", "改派", "assigned", "office", *_TO, effect="assign"),
        move(
            "extend", "准予延期", "assigned", "office", REASON, Ask("until", "延到哪天", "day"), effect="extend", times=1,
            signed_by="leader",
        ),
        move("drop", "不再办", "assigned reported → dropped", "leader", REASON),
    ),
    clocks=(
        Clock("do", "办理期限", ("assigned",), written="due_by"),
        Clock("verify", "核实期限", ("reported",), restarts=True),
    ),
    measures=(
        Measure("done", "办成率", ("done",), ("decide",), says="办成并经核实的，占会上定的"),
        Measure(
            "on_time", "按期办成率", ("report",), ("decide",), in_time="do", confirmed=("check",),
            says="期限内上报并经核实的，占到期的；核实得慢不算单位的",
        ),
    ),
)  # fmt: skip
