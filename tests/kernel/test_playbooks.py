"""Playbooks are checked before they are used; each fault says what to change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from luodi.areas.mediation.playbook import PLAYBOOK as DISPUTE
from luodi.areas.supervision.playbook import PLAYBOOK as SLIP
from luodi.kernel.cases.faults import FaultyPlaybook, faults, require_sound
from luodi.kernel.cases.playbook import BACK, OWN_MOVES, STAY, Ask, Clock, End, Measure, Move, Playbook, State
from luodi.kernel.cases.writing import FORCED, REASON, choice, move, playbook
from tests.kernel.small_kinds import PERMIT, WORKS

SMALL = Playbook(
    kind="errand",
    version=1,
    label="跑一趟",
    states=(
        State("open", "在办", "doer"),
        State("reported", "已报", "verifier"),
        State("paused", "停表", "office"),
    ),
    ends=(End("closed", "办结", "done"), End("dropped", "撤回", "withdrawn")),
    opens=(Move("begin", "登记", (), "open", ("office",), (Ask("by", "限期", "day"),)),),
    moves=(
        Move("report", "报办结", ("open",), "reported", ("doer",)),
        Move("accept", "核实", ("reported",), "closed", ("verifier",), is_independent=True),
        Move("refuse", "退回", ("reported",), "open", ("verifier",), is_independent=True),
        Move("pause", "停表", ("open",), "paused", ("office",), effect="suspend"),
        Move("go_on", "恢复", ("paused",), BACK, ("office",), effect="resume"),
        Move("more_time", "延期", ("open",), STAY, ("office",), effect="extend", times=1),
        Move("drop", "撤回", ("open",), "dropped", ("office",)),
    ),
    clocks=(Clock("work", "办理期限", ("open",), written="by"),),
    measures=(Measure("done", "办结率", ("closed",), ("begin",)),),
)


def with_move(name: str, **changes: object) -> Playbook:
    moves = tuple(replace(move, **changes) if move.name == name else move for move in SMALL.moves)  # type: ignore[arg-type]
    return replace(SMALL, moves=moves)


def joining(joined: str, **changes: object) -> Playbook:
    """The same, with a stage of permits that a move is to join."""
    place = "reported" if joined == "accept" else "open"
    joined = "no_such" if joined == "accept" else joined
    made = with_move(joined, **changes) if changes else SMALL
    states = tuple(
        replace(state, joins="permit", joined=joined) if state.name == place else state
        for state in made.states
    )
    return replace(made, states=states)


def without(name: str) -> Playbook:
    return replace(SMALL, moves=tuple(move for move in SMALL.moves if move.name != name))


@pytest.mark.parametrize(
    "playbook", [SMALL, SLIP, DISPUTE, PERMIT, WORKS], ids=lambda playbook: playbook.kind
)
def test_a_sound_playbook_has_no_faults(playbook: Playbook) -> None:
    assert require_sound(playbook) is playbook


@pytest.mark.parametrize(
    ("playbook", "where", "says"),
    [
        (with_move("report", target="nowhere"), "report", "没有“nowhere”这个状态"),
        (with_move("report", by=("somebody",)), "report", "没有“somebody”这一方"),
        (with_move("report", by=()), "report", "没有写由谁来做"),
        (with_move("report", sources=()), "report", "没有写从哪些状态出发"),
        (with_move("report", asks=(Ask("a", "甲"), Ask("a", "乙"))), "report", "重了2次"),
        (with_move("report", asks=(Ask("a", "甲", "choice"),)), "report", "选项"),
        (with_move("accept", by=("doer",)), "accept", "不能核实自己办的事"),
        (with_move("accept", is_independent=False), "accept", "没有经别的单位核实"),
        (with_move("report", target="closed"), "report", "没有经别的单位核实"),
        (without("go_on"), "paused", "停了表就再也走不起来"),
        (replace(without("accept"), measures=()), "closed", "没有动作走到这个结局"),
        (replace(SMALL, opens=()), "errand", "没有开头"),
        (replace(SMALL, ends=(*SMALL.ends, End("closed", "又一个", "done"))), "closed", "名重了2次"),
        (replace(SMALL, states=(*SMALL.states, State("alone", "孤岛", "doer"))), "alone", "从开头走不到"),
        (replace(SMALL, clocks=(Clock("work", "期限", ("open",)),)), "work", "二选一"),
        (replace(SMALL, clocks=(Clock("work", "期限", ("open",), written="when"),)), "work", "要填这样一天"),
        (replace(SMALL, clocks=(Clock("work", "期限", ("shut",), rule="r"),)), "work", "计时跑不起来"),
        (replace(SMALL, measures=(Measure("m", "率", ("won",), ("begin",)),)), "m", "数不出来"),
        (replace(SMALL, measures=(Measure("m", "率", ("closed",), ("begin",), in_time="x"),)), "m", "按期"),
        (replace(SMALL, measures=(Measure("m", "率", ("closed",), ("begin",), of="duties"),)), "m", "约定"),
        (
            replace(SMALL, moves=(*SMALL.moves, Move("merge", "并", ("open",), STAY, ("office",)))),
            "merge",
            "共有的",
        ),
        (replace(SMALL, ends=(*SMALL.ends, End("merged", "并入", "done"))), "merged", "共有的结局"),
        (replace(SMALL, ends=(*SMALL.ends[:1], End("dropped", "撤回", "merged"))), "dropped", "counts_as"),
        (joining("accept"), "reported", "没有这个动作"),
        (joining("report"), "report", "by 里要有 system"),
        (joining("pause", asks=(Ask("why", "为何", "text"),), by=("system",)), "pause", "没有非填不可的"),
    ],
)
def test_each_fault_is_named_with_what_to_change(playbook: Playbook, where: str, says: str) -> None:
    found = list(faults(playbook))
    assert any(fault.where == where and says in fault.says for fault in found), [str(f) for f in found]


def test_a_state_without_a_way_out_is_a_fault() -> None:
    trap = replace(
        SMALL, moves=tuple(m for m in SMALL.moves if m.name not in ("accept", "refuse")), measures=()
    )
    assert any(fault.where == "reported" and "走不到任何结局" in fault.says for fault in faults(trap))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(FaultyPlaybook, match="有2处要改"):
        require_sound(
            replace(with_move("report", by=("somebody",)), clocks=(Clock("w", "限", ("shut",), rule="r"),))
        )


def test_what_may_be_done_is_asked_of_the_state() -> None:
    assert [move.name for move in SLIP.moves_from("reported")][:2] == ["check", "refute"]
    assert [clock.name for clock in SLIP.clocks_in("concluded")] == ["contest"]
    assert SLIP.suspended() == {"suspended"}
    assert SLIP.label_of("evaluated") == "评价完成"


@pytest.mark.parametrize(
    ("way", "sources", "target"),
    [
        ("a → b", ("a",), "b"),
        ("a b → c", ("a", "b"), "c"),
        ("a b", ("a", "b"), STAY),
        ("a → back", ("a",), BACK),
        ("→ a", (), "a"),
    ],
)
def test_a_way_is_read_as_it_is_written(way: str, sources: tuple[str, ...], target: str) -> None:
    made = move("go", "走", way, "doer office", REASON, times=1)
    assert made == Move("go", "走", sources, target, ("doer", "office"), (REASON,), times=1)


@pytest.mark.parametrize("way", ["", "→", "a →", "a → b c", "a → b → c"])
def test_a_way_that_leads_nowhere_is_told_with_how_to_write_it(way: str) -> None:
    with pytest.raises(FaultyPlaybook, match="甲 乙 → 丙"):
        move("go", "走", way, "doer")


def test_what_a_verifier_does_is_done_by_an_independent_unit_unless_said_otherwise() -> None:
    assert move("check", "核", "a → b", "verifier").is_independent
    assert not move("check", "核", "a → b", "verifier", is_independent=False).is_independent
    assert not move("check", "核", "a → b", "verifier office").is_independent


def test_a_party_or_place_misspelt_on_a_line_is_a_fault_like_any_other() -> None:
    for spoilt, says in (
        (move("drop", "撤", "opn → dropped", "office"), "没有“opn”这个状态"),
        (move("drop", "撤", "open → dropped", "offic"), "没有“offic”这一方"),
    ):
        made = replace(SMALL, moves=(*SMALL.moves[:-1], spoilt))
        assert any(says in fault.says for fault in faults(made))


def test_every_playbook_so_written_can_be_ended_by_force_from_everywhere_and_that_counts_apart() -> None:
    for written in (SLIP, DISPUTE, PERMIT, WORKS):
        assert FORCED in written.ends
        forced = written.move_named["terminate"]
        assert (forced.by, set(forced.sources)) == (("leader",), set(written.state_named))
        assert any(ask.is_needed and ask.kind == "text" for ask in forced.asks)


def test_the_side_ways_are_there_where_they_were_asked_for() -> None:
    assert (SLIP.suspended(), DISPUTE.suspended()) == ({"suspended"}, frozenset())
    assert SLIP.move_named["suspend"].signed_by == "leader"
    assert SLIP.move_named["escalate"].by == ("office", "system")
    assert "escalate" not in DISPUTE.move_named


def test_a_clock_without_a_rule_runs_by_the_rule_of_its_own_name() -> None:
    made = playbook(
        "errand",
        "跑一趟",
        states=(State("open", "在办", "doer"),),
        ends=(),
        opens=(),
        moves=(),
        clocks=(Clock("work", "期限", ("open",)), Clock("told", "期限", ("open",), written="by")),
    )
    assert [(clock.rule, clock.written) for clock in made.clocks] == [("errand.work", ""), ("", "by")]


def test_what_holds_for_every_kind_has_its_words_in_every_history() -> None:
    for name, own in OWN_MOVES.items():
        assert SMALL.move_named[name] is own
        assert SMALL.label_of("merged") == "已并入另一件"
    assert choice("grade", "评价", good="好").choices == (("good", "好"),)
