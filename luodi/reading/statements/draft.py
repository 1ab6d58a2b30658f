"""A statement being put together from its clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luodi.reading.bodies import Body
from luodi.reading.cued import Cue
from luodi.reading.figures.find import Figure
from luodi.reading.periods.find import Period
from luodi.reading.statements.context import Context
from luodi.reading.statements.dues import choose
from luodi.reading.statements.kinds import force_of, kind_of
from luodi.reading.statements.model import Kind, Statement
from luodi.reading.statements.objects import object_of
from luodi.reading.statements.owners import owner_of
from luodi.reading.statements.view import View
from luodi.reading.statements.worth import Worth

_PROFILE = Cue(r"(?:项目|工程|基地|园|厂|中心)[^，,]{0,6}(?:总?投资|占地|用地|设置|规划)|由[^，,]{2,}投资")
_EXPECTS = Cue(r"(?:实施|建成|投产|达产|完工|投用)后|可(?:新增|增加|实现|年产)")
_OPENS_ANOTHER = Cue(r"[“《]|项目|工程|我区|全区|全县")


@dataclass
class Draft:
    """``view`` is the clause that opened it, ``heir`` the subject of an earlier clause that a commitment inherits."""

    view: View
    start: int
    stop: int
    worth: Worth
    body: Body | None
    heir: Body | None
    sentence: int
    figures: list[Figure] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    expects: bool = False
    introduces_project: bool = False
    """Whether it presents a project by its money or ground, so that its contents may follow."""

    @classmethod
    def begin(
        cls, view: View, worth: Worth, topic: View | None, body: Body | None, heir: Body | None, sentence: int
    ) -> Draft:
        """A new draft; a topic set in front of the clause belongs to it."""
        draft = cls(view, view.start, view.stop, worth, body, heir, sentence)
        if topic is not None:
            draft.start = topic.start
            draft._take(topic)
        draft._take(view)
        return draft

    def join(self, view: View, rule: str, sentence: int) -> None:
        """Add a clause behind."""
        self.stop = view.stop
        self.sentence = sentence
        self.expects = self.expects or rule == "joins_effect"
        self._take(view)

    def _take(self, view: View) -> None:
        self.figures.extend(view.figures)
        self.periods.extend(view.periods)
        self.introduces_project = self.introduces_project or _PROFILE.pattern.search(self.words) is not None
        self.expects = self.expects or _EXPECTS.search(view) is not None

    @property
    def words(self) -> str:
        """All its words so far."""
        return self.view.text[self.start : self.stop]

    def goes_on_with(self, view: View) -> bool:
        """Whether ``view`` is a further expected effect of the same project."""
        return (
            self.expects
            and bool(view.figures)
            and view.start - self.stop <= 3
            and _OPENS_ANOTHER.search(view) is None
        )

    def finish(
        self, context: Context, speaker: Body | None, opening: Period | None, before: Kind | None
    ) -> Statement:
        """The statement, with kind, due, owner, object and project read off its words and the context."""
        stop = self.stop
        while stop > self.start and context.text[stop - 1] in "，,。；;、 \n":
            stop -= 1
        whole = self.view.over(self.start, stop, tuple(self.figures), tuple(self.periods))
        speaks_of = context.frame.speaks_of
        kind, kind_rule = kind_of(self.view, whole, speaks_of, before)
        body = self.body or (self.heir if kind == "commitment" else None)
        owner, owner_rule = owner_of(kind, body, speaker, context.frame, context.own_words)
        return Statement(
            start=self.start,
            stop=stop,
            kind=kind,
            force=force_of(kind, whole),
            figures=whole.figures,
            due=choose(self.periods, context.periods_around(opening), kind, speaks_of),
            owner=owner,
            object=object_of(self.view, self.body.stop if self.body else None),
            project=project_of(whole),
            rule=self.worth.rule,
            kind_rule=kind_rule,
            owner_rule=owner_rule,
            score=self.worth.score,
        )


_ET_CETERA = re.compile(r"等.*$")
_NAMED_BY_QUOTES = re.compile("建设|项目|工程|打造|行动")


def project_of(view: View) -> str | None:
    """The name of the project or projects that ``view`` speaks of, several joined by 、."""
    if view.works is not None:
        return _ET_CETERA.sub("", view.text[view.works.start : view.works.stop]) or None
    if view.names:
        return "、".join(view.text[n.start : n.stop] for n in view.names)
    if len(view.quoted) == 1 and _NAMED_BY_QUOTES.search(view.words):
        return view.text[view.quoted[0].start : view.quoted[0].stop]
    return None
