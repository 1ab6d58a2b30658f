"""Who was named last as doing something, for the clauses behind that only go on: 公司将…, 同时，….

A firm named once is 公司 on the rest of its page; a bureau goes on in the next sentence of its paragraph, where that
opens with 同时 or 此外. Wrong where a page tells of two firms by turns and names neither again.
"""

from __future__ import annotations

import re

from luodi.reading.bodies import Body
from luodi.reading.statements.model import Kind

_FIRM = re.compile("(?:公司|集团)$")
_OF_FIRM = re.compile(
    "(?<=[，,。！!”“：:\\n])(?:该|本)?(?:公司|企业)(?:目前|现|今年|明年|年内)?(?=将|计划|拟|在[^建]|已|累计|预计|力争|还|共)"
)
_OPENING = 4  # characters of the clause that may name the firm
# 云铂新材总经理某某表示，公司…
_HEAD_OF_FIRM = re.compile(
    r"(?:^|(?<=[”。，,！!\n]))(?P<firm>[\u4e00-\u9fff]{2,12}?)(?:有限)?(?:责任)?(?:公司|集团)?(?:党委书记|执行)?(?:董事长|副?总经理|总裁|厂长)[、，]?"
    r"[\u4e00-\u9fff·]{0,12}?(?:表示|介绍|说|称|告诉)"
)
_GOES_ON = re.compile("(?:同时|此外|另外|与此同时)[，,]")
_AND_ALSO = ("同时", "此外", "另外")
_NEAR = 80  # characters before a clause in which what it goes on with is looked for
_SENTENCE_ENDS = "。！!；;\n"


class Doers:
    """What a page has named so far: the last ``firm``, and the last ``bureau`` with where its name ends."""

    def __init__(self) -> None:
        self.firm: Body | None = None
        self.bureau: Body | None = None

    def hear(self, body: Body) -> None:
        """A statement of the page was done by ``body``."""
        if body.rule == "investor" or _FIRM.search(body.name):
            self.firm = body
        if body.rule == "named_body":
            self.bureau = body

    def going_on(self, text: str, start: int, kind: Kind) -> Body | None:
        """The one named before who does what the clause at ``start`` tells, where its words say that somebody goes on."""
        near = text[max(0, start - _NEAR) : start + _OPENING]
        if "公司" in near or "企业" in near:
            begun = _sentence(text, start)
            if _OF_FIRM.search(text, begun, start + _OPENING):
                return self._firm_at(text, start)
        if self.bureau is None or kind != "commitment" or not any(word in near for word in _AND_ALSO):
            return None
        if "\n" in text[self.bureau.stop : start] or _GOES_ON.match(text, _sentence(text, start)) is None:
            return None
        return self.bureau._replace(rule="bureau_goes_on")

    def _firm_at(self, text: str, start: int) -> Body | None:
        """The firm whose head speaks in the paragraph, else the one named last."""
        told = list(_HEAD_OF_FIRM.finditer(text, 1 + text.rfind("\n", 0, start), start))
        if told:
            self.firm = Body(*told[-1].span("firm"), told[-1]["firm"], "same_firm")
        return self.firm._replace(rule="same_firm") if self.firm is not None else None


def _sentence(text: str, start: int) -> int:
    """Where the sentence begins in which ``start`` stands."""
    return 1 + max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS)
