"""The slip 督办单: initiated, assigned, reported, checked, concluded, evaluated (《政府督查工作条例》, 2021).

Version 1 could be evaluated, and so ended, while the unit might still ask for a review (Art. 17). Since version 2 that waits till
the term is over, until a review was asked for and answered, or until the unit has accepted the conclusion. Slips under way stay
on version 1 unless the office moves them.
"""

from __future__ import annotations

from dataclasses import replace

from luodi.kernel.cases.playbook import Ask, Clock, End, Measure, Move, State
from luodi.kernel.cases.writing import REASON, choice, move, playbook

_EVIDENCE = Ask("evidence", "证据", "file", is_needed=False, hint="照片、文件都可以")
_CONCLUSION = Ask("conclusion", "督查结论", "text", is_public=True)
_SLIP = (
    Ask("subject", "督的是哪件承诺或事项"),
    Ask("ordered_by", "奉哪个岗位之命", "post", is_public=True),
    Ask("order_paper", "依据的决定或批示", "line"),
    Ask("matter", "督什么", "text"),
    Ask("answer_by", "限什么时候反馈", "day", is_public=True),
)
_RECTIFY = (Ask("matter", "改什么", "text"), Ask("rectify_by", "限什么时候改完", "day"))
_UNTIL = Ask("until", "延到哪天", "day")
_AT_WORK = "assigned rectifying"


def _told(label: str) -> Ask:
    return Ask("answer", label, "text")


def _finding(label: str) -> Ask:
    return Ask("finding", label, "text")


PLAYBOOK = playbook(
    "supervision",
    "督办单",
    version=2,
    source_title="《政府督查工作条例》",
    paper="督办通知单",
    unique_on="subject",
    escalates=3,
    suspends=_AT_WORK,
    lifts=_AT_WORK,
    states=(
        State("initiated", "立项", "office", "交办给承办单位"),
        State("assigned", "交办", "doer", "办理并反馈"),
        State("reported", "反馈", "verifier", "核查反馈属不属实"),
        State("checked", "核查", "office", "作出结论"),
        State("concluded", "办结", "office", "评价"),
        State("under_review", "复核", "office", "答复复核申请"),
        State("rectifying", "整改", "doer", "整改并反馈"),
        State("accepted", "认可结论", "office", "评价"),
    ),
    ends=(End("evaluated", "评价完成", "done"), End("withdrawn", "撤销", "withdrawn")),
    opens=(move("initiate", "立项", "→ initiated", "office", *_SLIP, article="第七条、第十五条"),),
    moves=(
        move(
            "assign",
            "交办",
            "initiated → assigned",
            "office",
            effect="assign",
            warns="通知单将发给承办单位",
        ),
        move("report", "反馈", "assigned → reported", "doer", _told("办理情况"), _EVIDENCE),
        move("return", "退回改派", "assigned → initiated", "doer", REASON, times=1),
        move("check", "核查属实", "reported → checked", "verifier", _finding("核查情况"), _EVIDENCE),
        move("refute", "核查不实，退回", "reported → assigned", "verifier", _finding("哪里不实"), _EVIDENCE),
        move("reassign", "答复站不住，再办", "checked → assigned", "office", REASON),
        move(
            "conclude",
            "作结论",
            "checked → concluded",
            "office",
            _CONCLUSION,
            warns="结论将反馈给被督查单位，三十日内可以申请复核",
            article="第十六条",
        ),
        move(
            "contest",
            "申请复核",
            "concluded → under_review",
            "doer",
            REASON,
            _EVIDENCE,
            times=1,
            within="contest",
            article="第十七条",
        ),
        move("answer_review", "答复复核", "under_review → concluded", "office", _told("复核结果")),
        move(
            "rectify", "责令整改", "concluded accepted → rectifying", "office", *_RECTIFY, article="第十八条"
        ),
        move("rectified", "报整改完成", "rectifying → reported", "doer", _told("整改情况"), _EVIDENCE),
        move(
            "accept",
            "认可结论",
            "concluded → accepted",
            "doer",
            warns="认可后不能再申请复核",
            article="第十七条",
        ),
        move(
            "evaluate",
            "评价",
            "concluded accepted → evaluated",
            "office",
            choice("grade", "评价", good="好", fair="一般", poor="差"),
            after="contest",
        ),
        move("extend", "准予延期", _AT_WORK, "office", REASON, _UNTIL, effect="extend", times=1),
        move(
            "withdraw",
            "撤销立项",
            "initiated assigned → withdrawn",
            "office",
            REASON,
            warns="撤销后请重新立项；办错了可以重新办理",
        ),
    ),
    clocks=(
        Clock("answer", "反馈期限", ("assigned", "initiated"), written="answer_by"),
        Clock("check", "核查期限", ("reported",), restarts=True),
        Clock("contest", "申请复核的期限", ("concluded",)),
        Clock("review", "复核答复期限", ("under_review",)),
        Clock("rectify", "整改期限", ("rectifying",), written="rectify_by"),
    ),
    public=("ordered_by", "answer_by"),
    measures=(
        Measure("concluded", "办结率", ("conclude",), ("assign",), says="作了结论的，占交办的"),
        Measure(
            "on_time",
            "按期反馈率",
            ("report",),
            ("assign",),
            in_time="answer",
            confirmed=("check",),
            says="期限内反馈并经核查属实的，占到期的",
        ),
    ),
)


def _as_in_the_first(made: Move) -> Move:
    sources = tuple(source for source in made.sources if source != "accepted")
    return replace(made, sources=sources, after="")


FIRST = replace(
    PLAYBOOK,
    version=1,
    states=tuple(state for state in PLAYBOOK.states if state.name != "accepted"),
    moves=tuple(_as_in_the_first(made) for made in PLAYBOOK.moves if made.name != "accept"),
)
PLAYBOOKS = (FIRST, PLAYBOOK)
