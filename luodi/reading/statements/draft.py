"""A statement being put together from its clauses."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from luodi.reading.bodies import Body
from luodi.reading.cued import Cue
from luodi.reading.figures.find import Figure
from luodi.reading.periods.find import Period
from luodi.reading.statements.context import Context
from luodi.reading.statements.cues import DELIVERY, WORKS
from luodi.reading.statements.dues import choose, last_of
from luodi.reading.statements.kinds import force_of, kind_of
from luodi.reading.statements.left import Worth
from luodi.reading.statements.milestones import only_says_when
from luodi.reading.statements.model import Due, Kind, Statement
from luodi.reading.statements.objects import object_of
from luodi.reading.statements.owners import investor, owner_of, winner
from luodi.reading.statements.standing import of_its_day
from luodi.reading.statements.view import View

_ALREADY_DONE = re.compile(r"已(?!有)|目前[^，,]{0,8}完成|累计")
# 9月开工，2027年投产: a project is due when it is ready, not when it begins
_BEGINS = re.compile(r"[^，,；;。]{0,8}?(?:开工|启动|动工|开建)")
_READY = re.compile(
    r"[^，,；;。]{0,14}?(?:投产|竣工|建成|完工|投用|投入使用|投入运营|通车|运营|交付|达产|开业|开园|完成|并网)"
)
_ACTS = re.compile("创成|获评|获批|引进|开展|成功|通过|与|将开展|将引进|派出|承担|牵头|选派")
_HOUSE = re.compile("(?:医院|中心|学院|大学|学校|中学|小学|卫生院|区)$")
# a clause that names its own thing first was not done by who did the clause before it: 督查室将…，水厂年底前通水
_SMALL_WORDS = re.compile(
    r"(?:[底末]?前|之前|以前|以来|[，,、]|在|于|到|将|要|拟|还|并|再|可|也|力争|争取|确保|计划|预计|每|累计|共|分别|同步|同时|全部|全面|基本|全力|大力|积极|扎实|着力|重点|持续|进一步|统筹|督促|采取|总|均|各)*"
)
_AT_HEAD = 2
# 提前完成全年任务: the year's task, done before the year is over
_TASK = re.compile("^(?:原)?计划(?!总?投资)|(?:年度|全年|目标)任务|年度目标")
_ENTERED = re.compile(r"入选(?:了)?[^，,。]{0,6}$")
_BEFORE_SEASON = re.compile("(?:汛期?|入[汛冬夏]|[供采]暖[季期]?|雨季|上冻|封冻)(?:来临|到来)?前")
_EVERY_YEAR = re.compile("每年(?!每)|逐年|每年度")
_TASK_OF_YEAR = re.compile(r"(?:度)?(?:的)?(?:各项|主要)?(?:预期)?(?:目标|任务|计划|指标|预算)")
_COMPARES = "占比较超"  # 占全年总投资的61%: not when; nor is 五年内翻了一番
_PROCEDURE = re.compile("(?:制度|机制)$")
_TO_WHOM = ("对", "为", "把", "向", "由", "与", "会同", "联合", "给予", "按")
_STAGE = re.compile(r"(?:项目|工程|[一二三]期|首批|首条|全部|建成|达产|投产|可实现|可年产|新基地)")
_PROFILE = Cue(r"(?:项目|工程|基地|园|厂|中心)[^，,]{0,6}(?:总?投资|占地|用地|设置|规划)|由[^，,]{2,}投资")
_EXPECTS = Cue(r"(?:实施|建成|投产|达产|完工|投用)后|可(?:新增|增加|实现|年产)")
_OPENS_ANOTHER = Cue(r"[“《]|项目|工程|我区|全区|全县")


@dataclass
class Draft:
    """``view`` is the clause that opened it, ``heir`` the subject of an earlier clause that a commitment inherits.

    ``opening`` is the period that an opening set for it: what a later sentence sets is not its own.
    """

    view: View
    start: int
    stop: int
    worth: Worth
    body: Body | None
    heir: Body | None
    sentence: int
    opening: Period | None = None
    figures: list[Figure] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    said_until: int = 0
    expects: bool = False
    last_day: View | None = None
    """The clause joined last that only says when it is to be ready."""
    introduces_project: bool = False
    """Whether it presents a project by its money or ground, so that its contents may follow."""
    topic: View | None = None
    """What was set in front of the clause."""

    @classmethod
    def begin(
        cls,
        view: View,
        worth: Worth,
        topic: View | None,
        body: Body | None,
        heir: Body | None,
        sentence: int,
        opening: Period | None,
    ) -> Draft:
        """A new draft; a topic set in front of the clause belongs to it."""
        draft = cls(view, view.start, view.stop, worth, body, heir, sentence, opening)
        draft.said_until = view.stop
        if topic is not None:
            draft.start, draft.topic = topic.start, topic
            draft._take(topic)
        draft._take(view)
        return draft

    def join(self, view: View, rule: str, sentence: int) -> None:
        """Add a clause behind; 项目完工后 alone only waits for what comes then."""
        waits = rule == "joins_effect" and not view.figures and view.words.endswith(("后", "时"))
        self.said_until = self.said_until if waits else view.stop
        self.stop = view.stop
        self.sentence = sentence
        self.last_day = view if rule == "joins_milestone" else None
        self.expects = self.expects or rule == "joins_effect"
        self._take(view)

    def _take(self, view: View) -> None:
        self.figures.extend(view.figures)
        self.periods.extend(
            p
            for p in view.periods
            if view.text[p.start - 1] not in _COMPARES and not view.text.startswith("翻", p.stop)
        )
        self.introduces_project = self.introduces_project or _PROFILE.pattern.search(self.words) is not None
        self.expects = self.expects or _EXPECTS.search(view) is not None

    @property
    def words(self) -> str:
        """All its words so far."""
        return self.view.text[self.start : self.stop]

    @property
    def is_done(self) -> bool:
        """Whether its first words tell of what is done already."""
        return _ALREADY_DONE.search(self.view.words) is not None

    def goes_on_with(self, view: View) -> bool:
        """Whether ``view`` is a further expected effect of the same project."""
        return (
            self.expects
            and bool(view.figures)
            and view.start - self.stop <= 3
            and _OPENS_ANOTHER.search(view) is None
        )

    def is_dated_by(self, view: View) -> bool:
        """更新改造公厕36座。计划9月底前完工。: whether the sentence behind only says when, and it has no day yet."""
        between = self.view.text[self.stop : view.start]
        return not self.periods and not between.strip("，,。；; \u3000") and only_says_when(view)

    def is_dated_by_day(self, view: View, sentence: int) -> bool:
        """…新建公厕6座，8月底前。: whether a day said last, alone, is the day by which it is to be done."""
        by_then = view.periods[-1].relation == "by" and view.direction == "ahead"
        return by_then and self.sentence == sentence and not self.periods

    def _near_opening(self) -> Period | None:
        """The opening, where it stands in the same sentence: one farther off tells when, but not which way to look."""
        if self.opening is None or "。" in self.view.text[self.opening.stop : self.start]:
            return None
        return self.opening

    def _own_periods(self, kind: Kind) -> list[Period]:
        """Its own periods; of a commitment with several, those by which something is ready, if there are such."""
        if kind != "commitment":
            return [p for p in self.periods if p.precision != "year" or not self._is_in_name(p)]
        if len(self.periods) < 2:
            return self.periods
        if self.last_day is not None and (said_last := last_of(self.last_day.periods)) == last_of(
            self.periods
        ):
            return [said_last] if said_last else self.periods  # 6月底前完成主体，年底前交付使用
        ready = [p for p in self.periods if _READY.match(self.view.text, p.stop, self.stop)]
        begins = [p for p in self.periods if _BEGINS.match(self.view.text, p.stop, self.stop)]
        comes_last = bool(ready) and len(ready) < len(self.periods) and ready[-1] == self.periods[-1]
        return ready[-1:] if ready and (begins or comes_last) else self.periods

    def _is_yet_to_be_ready(self, on: dt.date | None) -> bool:
        """2025年铺设20公里，2026年全部建成: the day said last has not begun."""
        said_last = last_of(self.last_day.periods) if self.last_day is not None else None
        return (
            on is not None
            and said_last is not None
            and said_last.since is not None
            and said_last.since > on
            and said_last.relation == "within"
        )

    def _is_in_name(self, year: Period) -> bool:
        """完成全年任务, 入选2025年重点项目: the year belongs to what is named, and may not be over."""
        text = self.view.text
        return (
            _TASK_OF_YEAR.match(text, year.stop) is not None
            or _ENTERED.search(text[self.start : year.start]) is not None
        )

    def _takes_opening(self, kind: Kind) -> bool:
        """2022年…。每年招聘教师200名; 到2025年，…；建立通报机制: what is to last takes no year from a sentence before."""
        if (
            self.opening is None
            or re.search("[。；;]", self.view.text[self.opening.stop : self.start]) is None
        ):
            return True
        if _BEFORE_SEASON.search(self.words) and self.opening.precision not in ("year", "plan"):
            return False  # 3月中旬检查69处。主汛期前全部完成整改: later than what was told before
        lasts = self.worth.rule == "sets_up" and kind == "commitment" and _PROCEDURE.search(self.words)
        return not lasts and _EVERY_YEAR.search(self.words) is None

    def _due(self, kind: Kind, due: Due | None) -> Due | None:
        """A rule of procedure stands as long as nobody ends it: the year in the title of a list is no day for it."""
        standing = self.worth.rule == "sets_up" and kind == "commitment" and _PROCEDURE.search(self.words)
        return None if standing and due is not None and due.rule == "title_period" else due

    def _is_what_is_built(self, body: Body) -> bool:
        """县医院新院区主体封顶: a house that opens the clause is not who builds it."""
        if _ACTS.match(self.view.text, body.stop):
            return False
        built = self.worth.rule in ("dated_milestone", "finished_thing", "named_works")
        return built and body.rule == "named_body" and _HOUSE.search(body.name) is not None

    def _goes_on_doing(self) -> bool:
        """Whether the clause opens with a deed, so that who did the one before may have done it."""
        words = self.view.words
        if words.startswith(_TO_WHOM):
            return True
        opened = [
            p.stop - self.view.start for p in self.view.periods if p.start - self.view.start <= _AT_HEAD
        ]
        small = _SMALL_WORDS.match(words, max(opened, default=0))
        start = small.end() if small else 0
        return start == len(words) or any(cue.pattern.match(words, start) for cue in (DELIVERY, WORKS))

    def _presents(self, kind_rule: str, whole: View) -> bool:
        """Whether it presents a project that somebody opened or signed, and not what the district will do."""
        if kind_rule == "project_profile" or self.introduces_project or bool(whole.names):
            return True
        return self.worth.rule == "dated_milestone" or _STAGE.match(self.words) is not None

    def _doer(self, context: Context, kind: Kind) -> Body | None:
        """Who did it or is to do it, as far as the text names one; a firm or a bureau named before may go on."""
        body = self.body
        if body is None and self.heir is not None and kind == "commitment" and self._goes_on_doing():
            body = self.heir
        if body is not None and self._is_what_is_built(body):
            body = None
        body = body or investor(context.text, self.start, self.stop)
        if body is None and kind == "result":
            body = winner(context.text, self.view.start, self.stop)
        if body is None:
            return context.doers.going_on(context.text, self.start, kind)
        context.doers.hear(body)
        return body

    def _owner(
        self, context: Context, speaker: Body | None, kind: Kind, kind_rule: str, whole: View
    ) -> tuple[str | None, str | None]:
        """The owner and the rule that chose it: the doer, the speaker's unit, the heading's, the office that writes."""
        body = self._doer(context, kind)
        owner, owner_rule = owner_of(kind, body, speaker, context.frame, context.own_words)
        by_default = owner_rule in ("page_region", "own_words")
        if by_default and context.section_unit is not None:
            return context.section_unit, "unit_of_heading"
        if by_default and context.office is not None:
            return context.office, "office_writes"
        if owner_rule == "page_region" and context.event.day is not None and self._presents(kind_rule, whole):
            return None, None
        return owner, owner_rule

    def finish(self, context: Context, speaker: Body | None, before: Kind | None) -> Statement:
        """The statement, with kind, due, owner, object and project read off its words and the context."""
        stop = self.said_until
        while stop > self.start and context.text[stop - 1] in "，,。；;、 \n":
            stop -= 1
        whole = self.view.over(self.start, stop, tuple(self.figures), tuple(self.periods))
        speaks_of = context.frame.speaks_of
        kind, kind_rule = kind_of(self.view, whole, speaks_of, before, self._near_opening())
        if kind == "result" and self._is_yet_to_be_ready(speaks_of):
            kind, kind_rule = "commitment", "last_day_ahead"
        event = context.event.of(kind, self.start, whole)
        around = [] if kind_rule == "once_ready" else context.periods_around(self.opening)
        if not self._takes_opening(kind):
            around = [each for each in around if each[0] != "opening_period"]
        if kind == "status":
            around = of_its_day(around, context.text, self.start, stop, speaks_of)
        if context.annual is not None and kind == "commitment" and _TASK.search(self.view.words):
            around.append(("title_period", context.annual))
        asked = context.year_asked_for(self.start) if kind == "commitment" else None
        if asked is not None and kind_rule not in ("once_ready", "project_profile"):
            around.append(("year_of_interview", asked))
        if event is not None and self._near_opening() is None:
            around.insert(0, ("event_day", event))
        owner, owner_rule = self._owner(context, speaker, kind, kind_rule, whole)
        return Statement(
            start=self.start,
            stop=stop,
            kind=kind,
            force=force_of(kind, whole),
            figures=whole.figures,
            due=self._due(kind, choose(self._own_periods(kind), around, kind, speaks_of)),
            owner=owner,
            object=object_of(self.view, self.body.stop if self.body else None, self.topic),
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
