"""A whole page asked about: what was taken of the answers, what was not and why, and which parts were answered at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from luodi.kernel.documents.second.endpoint import Asker, Endpoint
from luodi.reading.document import Document
from luodi.reading.refusals import Refused
from luodi.reading.second.agreement import Both, agreement
from luodi.reading.second.answers import Said, answer_of
from luodi.reading.second.questions import Batch, Cost, batches_of, cost_of, request_of


@dataclass
class Heard:
    """``parts`` are the stretches of the repaired text that were answered; ``faults`` the questions that were not, each with its
    reason; ``not_taken`` why single statements were refused."""

    said: list[Said] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    asked: int = 0
    faults: list[Refused] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many questions were answered in the shape that was asked for."""
        return self.asked - len(self.faults)

    def disagreements(self, document: Document) -> list[Both]:
        """Where the two readers do not agree, of the parts that were answered, in text order: silence is no opinion."""
        return [
            both for both in agreement(document, self.said) if both.differences and self._is_answered(both)
        ]

    def _is_answered(self, both: Both) -> bool:
        each = both.rules or both.second
        assert each is not None  # one of the two read it
        return any(start <= each.start and each.stop <= stop for start, stop in self.parts)


def hear(
    document: Document,
    asker: Asker,
    model: str,
    *,
    before_each: Callable[[], None] | None = None,
    is_patient: bool = True,
) -> Heard:
    """Ask about every part of the article. ``before_each`` is called before each question.

    A question that is not answered leaves its part unread; raises ``Refused`` (``no-answer``) at the first such, unless
    ``is_patient``, where it is noted and the next is asked.
    """
    heard = Heard()
    for batch in batches_of(document):
        if before_each is not None:
            before_each()
        heard.asked += 1
        try:
            content, key = asker.ask(request_of(batch, model))
            answer = answer_of(content, batch)
        except Refused as fault:
            if fault.code == "no-answer" and not is_patient:
                raise
            heard.faults.append(fault)
            continue
        asker.remember(key, content)
        heard.said += answer.said
        heard.not_taken += answer.refused
        heard.parts += _spans(batch, answer.answered)
    return heard


def cost(document: Document) -> Cost:
    """What asking about a page would take."""
    return cost_of(list(batches_of(document)))


def price(asking: Cost, endpoint: Endpoint | None) -> float | None:
    """The price of that in 元, on the high side; ``None`` where no prices are set."""
    if endpoint is None or endpoint.prices is None:
        return None
    return (asking.tokens_in * endpoint.prices[0] + asking.tokens_out * endpoint.prices[1]) / 1e6


def _spans(batch: Batch, answered: set[int]) -> list[tuple[int, int]]:
    spans = [batch.spans[number] for number in sorted(answered)]
    return [(span.start, span.start + len(span.text)) for span in spans]
