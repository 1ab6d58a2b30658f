"""What is wrong with a playbook, each fault with what to change. Checked when the program starts and in the house's tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luodi.kernel.cases.playbook import (
    ASK_KINDS,
    BACK,
    COUNTED,
    MERGED,
    OWN_MOVES,
    PARTIES,
    STAY,
    Move,
    Playbook,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """``where`` names the part; ``says`` what is wrong and what to change, in Chinese."""

    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}：{self.says}"


class FaultyPlaybook(ValueError):  # noqa: N818 (read by whoever wrote the playbook)
    """The playbook cannot be used; its message lists every fault."""


def require_sound(playbook: Playbook) -> Playbook:
    """The playbook itself. Raises ``FaultyPlaybook`` with every fault found."""
    if found := list(faults(playbook)):
        listed = "\n".join(f"  {fault}" for fault in found)
        raise FaultyPlaybook(f"{playbook.kind} 第{playbook.version}版有{len(found)}处要改：\n{listed}")
    return playbook


def faults(playbook: Playbook) -> Iterator[Fault]:
    """Every fault: names first; the ways only where the names hold."""
    names = [*_names(playbook), *_references(playbook)]
    yield from names
    if not names:
        yield from _ways(playbook)
        yield from _honesty(playbook)
        yield from _clocks(playbook)


def _names(playbook: Playbook) -> Iterator[Fault]:
    if not playbook.opens:
        yield Fault(playbook.kind, "没有开头。opens 里至少写一个动作")
    if not playbook.ends:
        yield Fault(playbook.kind, "没有结局。ends 里至少写一个")
    places = [*(s.name for s in playbook.states), *(e.name for e in playbook.ends)]
    moves = [move.name for move in (*playbook.opens, *playbook.moves)]
    for sort, given in (("状态", places), ("动作", moves), ("计时", [c.name for c in playbook.clocks])):
        for name, count in Counter(given).items():
            if count > 1:
                yield Fault(name, f"{sort}名重了{count}次。各起各的名字")
    for name in {*moves} & {*OWN_MOVES}:
        yield Fault(name, f"动作名“{name}”是各类事项共有的（{OWN_MOVES[name].label}）。另起一个")
    if MERGED.name in places:
        yield Fault(MERGED.name, f"“{MERGED.name}”是各类事项共有的结局（{MERGED.label}）。另起一个名字")
    for move in playbook.opens:
        if move.sources:
            yield Fault(move.name, "是开头的动作，sources 要空着")
    for move in playbook.moves:
        if not move.sources:
            yield Fault(move.name, "没有写从哪些状态出发。补上 sources，或移到 opens")


def _references(playbook: Playbook) -> Iterator[Fault]:
    places = {*playbook.state_named, *playbook.end_named}
    known = "、".join(sorted(places))
    for move in (*playbook.opens, *playbook.moves):
        for name in (*move.sources, move.target):
            if name not in places and name not in (BACK, STAY):
                yield Fault(move.name, f"没有“{name}”这个状态。可用的：{known}")
        yield from _asks(move)
        for party in (*move.by, *([move.signed_by] if move.signed_by else [])):
            if party not in PARTIES:
                yield Fault(move.name, f"没有“{party}”这一方。可用的：{'、'.join(PARTIES)}")
        if not move.by:
            yield Fault(move.name, "没有写由谁来做。补上 by")
    for clock in playbook.clocks:
        for name in clock.runs_in:
            if name not in playbook.state_named:
                yield Fault(clock.name, f"没有“{name}”这个状态，计时跑不起来")
    for end in playbook.ends:
        if end.counts_as not in COUNTED or end.counts_as == MERGED.counts_as:
            allowed = "、".join(name for name in COUNTED if name != MERGED.counts_as)
            yield Fault(end.name, f"counts_as 写的是“{end.counts_as}”，应为{allowed}之一")
    yield from _measures(playbook)
    yield from _stages(playbook)


def _measures(playbook: Playbook) -> Iterator[Fault]:
    clocks = {clock.name for clock in playbook.clocks}
    binds = any(move.effect == "bind" for move in playbook.moves)
    for measure in playbook.measures:
        for name in (*measure.counted, *measure.among, *measure.confirmed):
            if name not in playbook.move_named and name not in playbook.end_named:
                yield Fault(measure.name, f"没有“{name}”这个动作或结局，数不出来")
        if measure.in_time and measure.in_time not in clocks:
            yield Fault(
                measure.name, f"没有“{measure.in_time}”这个计时，数不出按期的。可用的：{'、'.join(clocks)}"
            )
        if measure.of == "duties" and not binds:
            yield Fault(measure.name, "数的是约定的事，而没有一个 effect=“bind” 的动作约定过什么")


def _stages(playbook: Playbook) -> Iterator[Fault]:
    for state in playbook.states:
        if not state.joins:
            continue
        joined = next((move for move in playbook.moves_from(state.name) if move.name == state.joined), None)
        if joined is None:
            yield Fault(state.name, f"下级都办结后要做“{state.joined}”，而这里没有这个动作")
        elif "system" not in joined.by or joined.signed_by or any(ask.is_needed for ask in joined.asks):
            yield Fault(state.joined, "下级都办结后由系统来做。by 里要有 system，不要签字，也没有非填不可的")


def _asks(move: Move) -> Iterator[Fault]:
    for name, count in Counter(ask.name for ask in move.asks).items():
        if count > 1:
            yield Fault(move.name, f"要填的“{name}”重了{count}次")
    kinds: list[str] = [ask.kind for ask in move.asks]
    for effect, kind in (("bind", "duties"), ("keep", "duty"), ("break", "duty")):
        if move.effect == effect and kinds.count(kind) != 1:
            yield Fault(move.name, f"effect=“{effect}” 要问一个 kind=“{kind}” 的")
    for ask in move.asks:
        if ask.kind not in ASK_KINDS:
            yield Fault(move.name, f"“{ask.name}”的 kind 是“{ask.kind}”，应为{'、'.join(ASK_KINDS)}之一")
        if (ask.kind == "choice") is not bool(ask.choices):
            yield Fault(move.name, f"“{ask.name}”：选项和 kind=choice 要一起有")


def _ways(playbook: Playbook) -> Iterator[Fault]:
    """Every state is reached, and from each one there is a way to an end; an end is left only by reopening."""
    reached = _spread((move.target for move in playbook.opens), _onward(playbook))
    for state in playbook.states:
        if state.name not in reached:
            yield Fault(state.name, "从开头走不到。给它一个动作，或删掉")
    backward: dict[str, set[str]] = {}
    for source, targets in _onward(playbook).items():
        for target in targets:
            backward.setdefault(target, set()).add(source)
    ending = _spread(playbook.end_named, backward)
    for state in playbook.states:
        if state.name not in ending:
            yield Fault(state.name, "走不到任何结局，案子会永远停在这里。给它一条出路")
    for end in playbook.ends:
        if end.name not in reached:
            yield Fault(end.name, "没有动作走到这个结局。删掉，或补一个动作")


def _onward(playbook: Playbook, *, without_verifying: bool = False) -> dict[str, set[str]]:
    """Where each place leads. A state that is come back from leads to every state it can be entered from."""
    onward: dict[str, set[str]] = {}
    entered: dict[str, set[str]] = {}
    moves = [move for move in playbook.moves if not (without_verifying and move.is_independent)]
    for move in moves:
        for source in move.sources:
            if move.target not in (BACK, STAY):
                onward.setdefault(source, set()).add(move.target)
                entered.setdefault(move.target, set()).add(source)
    for move in moves:
        if move.target == BACK:
            for source in move.sources:
                onward.setdefault(source, set()).update(entered.get(source, ()))
    return onward


def _spread(start: Iterable[str], onward: dict[str, set[str]]) -> set[str]:
    seen = set(start)
    waiting = list(seen)
    while waiting:
        for place in onward.get(waiting.pop(), ()):
            if place not in seen:
                seen.add(place)
                waiting.append(place)
    return seen


def _honesty(playbook: Playbook) -> Iterator[Fault]:
    """Who did the work does not say that it is done: no way from a beginning to an end counted as done without another unit."""
    done = {end.name for end in playbook.ends if end.counts_as == "done"}
    if not done:
        yield Fault(playbook.kind, "没有一个结局算办成。ends 里写一个 counts_as=“done”")
    unverified = _spread((move.target for move in playbook.opens), _onward(playbook, without_verifying=True))
    for move in playbook.moves:
        if move.is_independent and "doer" in move.by:
            yield Fault(move.name, "承办单位不能核实自己办的事。by 里去掉 doer")
        if move.target in done and not move.is_independent and not unverified.isdisjoint(move.sources):
            yield Fault(
                move.name,
                "有一条路没有经别的单位核实就算办成。让它从核实过的状态出发，或写 is_independent=True",
            )


def _clocks(playbook: Playbook) -> Iterator[Fault]:
    asked = {ask.name: ask.kind for move in playbook.move_named.values() for ask in move.asks}
    for clock in playbook.clocks:
        if bool(clock.rule) is bool(clock.written):
            yield Fault(clock.name, "期限要么按规则（rule），要么按写明的日子（written），二选一")
        for name in filter(None, (clock.written, clock.from_day)):
            if asked.get(name) != "day":
                yield Fault(clock.name, f"日子写在“{name}”里，而没有一个动作要填这样一天")
        if not clock.runs_in:
            yield Fault(clock.name, "没有写在哪些状态里走表。补上 runs_in")
    names = {clock.name for clock in playbook.clocks}
    for move in playbook.moves:
        if move.within and move.within not in names:
            yield Fault(
                move.name, f"要在“{move.within}”的期限内做，而没有这个期限。within 写 clocks 里的一个名字"
            )
        if move.after and move.after not in names:
            yield Fault(
                move.name, f"要等“{move.after}”的期限过了再做，而没有这个期限。after 写 clocks 里的一个名字"
            )
    for name in playbook.suspended():
        if not any(move.effect == "resume" for move in playbook.moves_from(name)):
            yield Fault(name, "停了表就再也走不起来。给它一个 effect=“resume” 的动作")
