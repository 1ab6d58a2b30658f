"""A dispute, from whoever brought it to what was really done (《人民调解法》, 2010; 《民事诉讼法》第二百零五条)."""

from __future__ import annotations

from luodi.kernel.cases.playbook import Ask, Clock, End, Measure, State
from luodi.kernel.cases.writing import choice, move, playbook

SORTS = ("邻里", "婚姻家庭", "土地", "劳动", "物业", "医疗", "交通", "合同", "损害", "其他")
_BEGIN = (
    Ask("parties", "当事人", "text", hint="只有经办的人看得见"),
    choice("sort", "哪类纠纷", *SORTS),
    choice("risk", "激化的风险", low="低", medium="中", high="高"),
)
_NOTE = Ask("note", "情况", "text")
_WHICH = Ask("duty", "哪一项", "duty")
_ON = Ask("on", "哪天做到的", "day")
_PAPER = Ask("evidence", "材料", "file", is_needed=False)
_COURT = Ask("court", "向哪个法院")
_AGREED = (
    choice("form", "形式", written="书面", oral="口头"),
    Ask("effective_on", "哪天生效", "day"),
    Ask("agreed", "约定谁在哪天前做什么", "duties"),
    _PAPER,
)
_TALKS = "accepted in_session"
_FORM, _LAW, _JOINT = "第二十八条至第三十条", "第三十二条、第三十三条", "第三十三条"
_BEFORE = "consent accepted in_session"
_AFTER = "settled performing"

PLAYBOOK = playbook(
    "mediation",
    "纠纷调解",
    source_title="《人民调解法》",
    escalates=2,
    states=(
        State("consent", "征求同意", "doer", "问清双方愿不愿意调解"),
        State("accepted", "受理", "doer", "定调解员，开第一次调解会"),
        State("in_session", "调解中", "doer", "调解"),
        State("settled", "达成协议", "doer", "送双方，问要不要司法确认"),
        State("confirming", "司法确认", "doer", "等法院裁定"),
        State("performing", "履行", "verifier", "到日子回访，逐项核对"),
    ),
    ends=(
        End("performed", "履行完毕", "done"),
        End("breached", "没有履行", "failed"),
        End("failed", "调解不成", "failed"),
        End("not_agreed", "一方不同意", "refused"),
    ),
    opens=(
        move("apply", "当事人申请", "→ consent", "office doer", *_BEGIN),
        move("find", "调委会发现", "→ consent", "office doer", *_BEGIN),
        move("refer", "法院、公安或热线移送", "→ consent", "office doer", *_BEGIN),
    ),
    moves=(
        move("agree", "双方同意，受理", "consent → accepted", "doer"),
        move("refuse", "有一方明确不同意", f"{_BEFORE} → not_agreed", "doer", _NOTE, article="第十七条"),
        move("meet", "开调解会", f"{_TALKS} → in_session", "doer", _NOTE, _PAPER),
        move("prolong", "双方同意延长", _TALKS, "doer", _NOTE, effect="extend", times=1),
        move("warn", "可能激化，告知公安", _BEFORE, "doer", _NOTE, effect="escalate", article="第二十五条"),
        move("settle", "达成协议", "in_session → settled", "doer", *_AGREED, effect="bind", article=_FORM),
        move("fail", "调解不成，告知其他途径", f"{_TALKS} → failed", "doer", _NOTE, article="第二十六条"),
        move(
            "file",
            "共同申请司法确认",
            f"{_AFTER} → confirming",
            "doer",
            _COURT,
            times=1,
            within="confirm",
            article=_JOINT,
        ),
        move("confirmed", "法院确认有效", "confirming → performing", "doer", _PAPER),
        move("rejected", "法院不予确认，重新调解", "confirming → in_session", "doer", _NOTE),
        move("perform", "不申请确认，进入履行", "settled → performing", "doer"),
        move("kept", "这一项做到了", "performing", "verifier", _WHICH, _ON, _PAPER, effect="keep"),
        move("broken", "这一项没有做到", "performing", "verifier", _WHICH, _NOTE, effect="break"),
        move("close", "全部履行，归档", "performing → performed", "verifier", when_duties="settled"),
        move(
            "breach",
            "没有履行，告知起诉或申请执行",
            "performing → breached",
            "verifier",
            _NOTE,
            when_duties="broken",
            article=_LAW,
        ),
    ),
    clocks=(
        Clock("sessions", "调解期限", ("accepted", "in_session")),
        Clock("confirm", "申请司法确认的期限", ("settled",), from_day="effective_on"),
    ),
    measures=(
        Measure("settled", "调解成功率", ("settle",), ("settle", "fail"), says="达成协议的，占达成和不成的"),
        Measure("performed", "履行率", ("kept",), ("settle",), of="duties", says="到期做到的，占到期的"),
    ),
)
