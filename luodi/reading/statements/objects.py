"""The thing delivered, short: the clause without its doer, its day, its figures and its adverbs."""

from __future__ import annotations

import re

from luodi.reading.statements.view import View

_ADVERB = re.compile(
    r"^(?:将|要|拟|计划|力争|争取|确保|还|也|已经?|业已|先后|累计|成功|顺利|圆满|扎实|全力|全面|大力|积极|着力|重点|加快|持续|继续|深入|稳步|有序|切实|努力|"
    r"进一步|分别|共|总|统筹|同步|高质量|高标准|高水平|逐步|正在|正|预计|可|年内|今年|全年|目前|计划在|用好|做好|抓好|以上|左右|不少于|不低于|约|近|超过|超|多|余|"
    r"期间|底前|以前|之前|之间|年底|完成时限|[，,、：:（(\s])+"
)
# what led to a day that is left out: 二期将于〔明年5月前〕完成
_TO_THE_DAY = re.compile(r"(?:将|拟|计划|预计|已|力争|确保|要)*(?:于|在|到|至|自|从|截至)$")
_TAIL = re.compile(r"(?:以上|左右|以内|不等|余|多|的|等|[，,、：:（(\s])+$")
_QUOTES = re.compile(r"[“”‘’「」\"]")
_LEFTOVER = re.compile(r"(?:约|近|超过|超|不少于|不低于|达到|达|突破|至少)(?=$|[，,、])|[（(][^）)]*[）)]")


def object_of(view: View, subject_stop: int | None) -> str:
    """Clean simplified text naming what is delivered; never empty.

    某区将新建9个日间照料站 gives 新建日间照料站.
    """
    text = view.text
    start = (
        subject_stop if subject_stop is not None and view.start <= subject_stop < view.stop else view.start
    )
    holes = [(f.start, f.stop) for f in view.figures] + [(p.start, p.stop) for p in view.periods]
    kept = []
    at = start
    days = {p.start for p in view.periods}
    for low, high in sorted(holes):
        if high <= at:
            continue
        before = text[at : max(at, low)]
        kept.append(_TO_THE_DAY.sub("", before) if low in days else before)
        at = max(at, high)
    kept.append(text[at : view.stop])
    words = "".join(kept)
    words = _QUOTES.sub("", _LEFTOVER.sub("", words))
    for comma in "，,":
        first = words.partition(comma)[0]
        words = first if len(first) >= 4 else words
    shorter = _TAIL.sub("", _ADVERB.sub("", words.strip()))
    return (shorter or words.strip() or view.words)[:60]
