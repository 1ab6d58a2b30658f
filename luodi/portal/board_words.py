"""The board in words: the one sentence, the bar, the rates side by side, the tables of counts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext

from luodi.kernel.commitments.board import Rates, Tally
from luodi.kernel.figures.display import percent
from luodi.pages.phrases import Bit, Phrase, joined, phrase
from luodi.pages.shapes import Slice, Split, TallyRow
from luodi.portal.choosing import Asked

SPLIT_ORDER = ("kept", "claimed", "going", "vague", "overdue")
TALLY_ORDER = ("overdue", "going", "claimed", "kept")
_BARS = {
    "overdue": "ld-f-bad",
    "vague": "ld-f-vague",
    "going": "ld-f-going",
    "claimed": "ld-f-hatch",
    "kept": "ld-f-good",
}


def state_words(state: str) -> str:
    """The word of a state on the board."""
    return {
        "kept": gettext("已核实兑现"),
        "claimed": gettext("报完成，未核实"),
        "going": gettext("推进中"),
        "overdue": gettext("已逾期"),
        "vague": gettext("无法判断"),
        "dropped": gettext("不再办"),
        "merged": gettext("已并入"),
        "carried": gettext("已结转"),
    }[state]


def lede(counts: Tally) -> Phrase:
    """公开承诺了386件事：212件已核实兑现，41件报了完成没核实…… every number a link to its list."""
    parts = {
        "kept": (gettext("{count}件已核实兑现"), "good"),
        "claimed": (gettext("{count}件报了完成没核实"), ""),
        "going": (gettext("{count}件正在推进"), ""),
        "vague": (gettext("{count}件说得太笼统没法判断"), ""),
        "overdue": (gettext("{count}件已经逾期"), "bad"),
    }
    said = []
    for state, (template, tone) in parts.items():
        count = getattr(counts, state)
        if count or state in ("kept", "overdue"):
            words = template.replace("{count}", f"{count:,}")
            said.append(
                (
                    Bit(
                        words,
                        f"/?state={state}",
                        is_figure=True,
                        tone=tone if count else "",
                        value=str(count),
                    ),
                )
            )
    total = Bit(f"{counts.total:,}", "/?list=1", is_figure=True, strong=True)
    whole = phrase(gettext("公开承诺了{total}件事："), total=total)
    return (*whole, *joined(gettext("，"), said), Bit(gettext("。")))


def split_of(counts: Tally, wanted: Asked | None = None) -> Split:
    """The bar. Shares have one decimal; the last part drawn takes what rounding left, so that the bar is full."""
    base = wanted or Asked()
    slices, start = [], Decimal(0)
    present = [state for state in SPLIT_ORDER if getattr(counts, state)]
    for state in present:
        count = getattr(counts, state)
        share = (Decimal(100 * count) / counts.total).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
        width = Decimal(100) - start if state == present[-1] else share
        slices.append(
            Slice(
                state,
                state_words(state),
                count,
                f"{share:.1f}",
                f"{start:.1f}",
                f"{width:.1f}",
                base.href(state=state),
            )
        )
        start += width
    told = "；".join(f"{s.words}{s.count}件，占{s.share}%" for s in slices)
    return Split(
        gettext("%(total)s件承诺的构成：%(parts)s") % {"total": counts.total, "parts": told}, tuple(slices)
    )


def rates_sentence(counts: Tally, found: Rates) -> Phrase:
    """The rates, raw and adjusted, side by side with what is left out; counts where there are too few for rates."""
    answerable = Bit(f"{found.answerable:,}", "/?due=past", is_figure=True)
    if found.verified is None:
        kept = Bit(f"{counts.kept:,}", "/?state=kept", is_figure=True, strong=True)
        words = phrase(
            gettext("到现在该有结果的{answerable}件里，经别的单位核实兑现的有{kept}件；样本太少，不算比率。"),
            answerable=answerable,
            kept=kept,
        )
    else:
        words = phrase(
            gettext(
                "到现在该有结果的{answerable}件里，经别的单位核实兑现的占{verified}；把只上报、没核实的也算上，是{reported}。"
            ),
            answerable=answerable,
            verified=Bit(
                percent(found.verified), "/?state=kept", is_figure=True, strong=True, value=str(counts.kept)
            ),
            reported=Bit(
                percent(found.reported), "/?state=claimed", is_figure=True, value=str(counts.claimed)
            ),
        )
    return (*words, *_left_out(counts, found), *_integrity(counts))


def _left_out(counts: Tally, found: Rates) -> Phrase:
    parts = []
    for state in ("dropped", "carried", "merged"):
        count = getattr(counts, state)
        if count:
            words = gettext("%(count)s件%(words)s") % {"count": count, "words": state_words(state)}
            parts.append((Bit(words, f"/?state={state}", is_figure=True, value=str(count)),))
    if not parts:
        return ()
    whole: Phrase = (Bit(gettext("没有算进来的：")), *joined(gettext("、"), parts))
    if found.raw is not None and counts.dropped + counts.carried:
        whole = (*whole, Bit(gettext("；不再办和结转的也算没兑现，是%(raw)s") % {"raw": percent(found.raw)}))
    return (*whole, Bit(gettext("。")))


def _integrity(counts: Tally) -> Phrase:
    parts = []
    for flag, icon, template in (
        ("changed", "changed", gettext("%(count)s件改过目标")),
        ("gone", "gone", gettext("%(count)s件原文已从网上消失或不再提")),
    ):
        count = getattr(counts, flag)
        if count:
            bit = Bit(
                template % {"count": count}, f"/?flag={flag}", is_figure=True, icon=icon, value=str(count)
            )
            parts.append((bit,))
    return (Bit(gettext("另有")), *joined(gettext("、"), parts), Bit(gettext("。"))) if parts else ()


def tally_rows(given: Sequence[tuple[str, str, Tally]]) -> list[TallyRow]:
    """Lines of a table: name, address of its list, counts. Bars are drawn to the longest line."""
    longest = max((counts.total for _, _, counts in given), default=0)
    return [_tally_row(name, href, counts, longest) for name, href, counts in given if counts.total]


def _tally_row(name: str, href: str, counts: Tally, longest: int) -> TallyRow:
    bars, start = [], Decimal(0)
    for state in ("overdue", "vague", "going", "claimed", "kept"):
        width = Decimal(100 * getattr(counts, state)) / longest
        if width:
            bars.append((_BARS[state], f"{start:.1f}", f"{width:.1f}"))
        start += width
    joint = "&" if "?" in href else "?"
    return TallyRow(
        name,
        href,
        tuple((s, getattr(counts, s), f"{href}{joint}state={s}" if href else "") for s in TALLY_ORDER),
        counts.total,
        tuple(bars),
    )
