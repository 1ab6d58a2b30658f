"""Lines that belong to the site, told line by line: menus, tools, footers, links, spam.

Each rule sees one line and says yes or no; the first yes names the line. Regions (what stands behind 相关新闻) are the
business of ``tails``. A rule is wrong where an article speaks of websites in a short line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from luodi.reading.blocks import furniture_spelling as spelt
from luodi.reading.blocks.furniture_cues import CUE, PROSE_CUE
from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.numbering import read_number


def is_breadcrumb(line: Line) -> bool:
    """The way to this page through the site."""
    return (
        len(line.text) <= 160
        and bool(spelt.PLACE_ON_SITE.search(line.plain))
        and not spelt.SENTENCE_END.search(line.text)
    )


def is_page_tools(line: Line) -> bool:
    """Print, close, type size."""
    return (
        len(line.text) <= 160
        and bool(spelt.TOOL.fullmatch(line.squeezed))
        and bool(spelt.LETTER.search(line.squeezed))
    )


def is_footer(line: Line) -> bool:
    """Who runs the site, filing numbers, copyright."""
    if len(line.text) > 400 or (len(line.text) > 80 and line.text.count("。") > 1 and "©" not in line.text):
        return False
    return bool(spelt.FOOTER.search(line.squeezed))


def is_code_to_scan(line: Line) -> bool:
    """A code to scan or an account to follow."""
    return len(line.text) <= 60 and bool(
        spelt.CODE_TO_SCAN.search(line.squeezed) or spelt.FOLLOW.search(line.squeezed)
    )


def is_comment_form(line: Line) -> bool:
    """The heading or the fields of a comment form."""
    return len(line.text) <= 60 and bool(spelt.COMMENT.search(line.plain))


def is_machinery(line: Line) -> bool:
    """A request to type something in, such as a captcha."""
    return (
        len(line.text) <= 400
        and bool(spelt.ASK_INPUT.search(line.plain))
        and len(spelt.HAN.findall(line.plain)) < 60
    )


def is_related(line: Line) -> bool:
    """The heading over other news."""
    return len(line.text) <= 60 and bool(spelt.RELATED.search(line.plain))


def is_previous_or_next(line: Line) -> bool:
    """Links to the page before and the page after."""
    return len(line.text) <= 160 and bool(spelt.PREVIOUS_NEXT.search(line.plain))


def is_friend_links(line: Line) -> bool:
    """The heading over links to other sites."""
    return len(line.text) <= 80 and bool(spelt.FRIEND_LINKS.search(line.squeezed))


def is_share(line: Line) -> bool:
    """Sharing, or the address of this page."""
    return len(line.text) <= 120 and bool(spelt.SHARE.search(line.plain)) and "。" not in line.text[:-1]


def is_disclaimer(line: Line) -> bool:
    """What the site takes no responsibility for."""
    found = set(spelt.DISCLAIMER.findall(line.plain))
    return any(spelt.CORE.search(sign) for sign in found) and (
        len(found) >= 3
        or (len(found) == 2 and len(line.text) <= 120)
        or bool(re.match(r"(?:特别|郑重|版权|免责)?声明\s*:", line.plain))
    )


def is_menu(line: Line) -> bool:
    """The entries of the site's menu."""
    words = [word for word in re.split(r"[\s|>/·\-]+", line.plain) if word]
    if len(words) == 1:
        return bool(spelt.MENU_WORD.match(words[0]))
    if len(line.text) > 300 or spelt.BOUNDARY.search(line.text):
        return False
    if (
        line.plain.count("|") >= 2
        and all(len(word) <= 10 for word in words)
        and not re.search(r"\d", line.plain)
    ):
        return True
    known = sum(1 for word in words if spelt.MENU_WORD.match(word))
    if known * 2 >= len(words):
        return True
    short = sum(1 for word in words if len(word) <= 6 and not re.search(r"\d", word))
    return len(words) >= 6 and short == len(words)


def is_site_name(line: Line) -> bool:
    """The name of the site alone."""
    return len(line.text) <= 40 and bool(spelt.SITE_NAME.match(line.squeezed))


def is_tags(line: Line) -> bool:
    """Key words under an article."""
    return len(line.text) <= 160 and bool(spelt.TAGS.match(line.plain))


def is_picture(line: Line) -> bool:
    """A caption, a credit or a file to open."""
    if len(line.text) > 120:
        return False
    return bool(spelt.PICTURE.match(line.plain)) or bool(spelt.CAPTION.search(line.text))


def is_page_number(line: Line) -> bool:
    """Where in a series of pages this one stands."""
    return len(line.text) <= 80 and bool(spelt.CONTENTS.search(line.plain))


def is_bare_number(line: Line) -> bool:
    """A number alone, such as a counter."""
    return (
        len(line.text) <= 16
        and bool(spelt.NUMBER.match(line.plain))
        and not re.search(r"\d{4}[-/.]\d", line.plain)
    )


def is_address(line: Line) -> bool:
    """An address on the web or of a mail box alone."""
    return len(line.text) <= 200 and bool(spelt.ADDRESS.match(line.plain))


def is_more(line: Line) -> bool:
    """A link to more of the same."""
    return len(line.text) <= 160 and bool(spelt.MORE.search(line.plain))


def is_spam(line: Line) -> bool:
    """Key words strung together for search engines."""
    return len(set(spelt.SPAM.findall(line.plain))) >= (2 if len(line.text) <= 60 else 3)


def is_foreign(line: Line) -> bool:
    """Boilerplate in another script; an article in Chinese has none longer than a name."""
    latin = len(spelt.LATIN.findall(line.plain))
    return latin >= 12 and latin > 3 * len(spelt.HAN.findall(line.plain))


def is_link_farm(line: Line) -> bool:
    """Site names strung together without a sign between them."""
    if len(line.text) < 40:
        return False
    marks = len(spelt.BOUNDARY.findall(line.plain))
    return marks * 60 < len(line.plain) and (
        len(spelt.SITE_TAIL.findall(line.plain)) >= 4
        or (len(line.plain) >= 120 and marks == 0 and not re.search(r"\d", line.plain))
    )


# told by their shape
_SHAPES: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("page_tools", is_page_tools),
    ("menu", is_menu),
    ("page_number", is_page_number),
    ("bare_number", is_bare_number),
    ("foreign", is_foreign),
    ("spam", is_spam),
    ("link_farm", is_link_farm),
)
# told by their words, one of which is in ``furniture_cues``
_WORDS: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("breadcrumb", is_breadcrumb),
    ("page_tools", is_page_tools),
    ("related", is_related),
    ("friend_links", is_friend_links),
    ("previous_next", is_previous_or_next),
    ("scan_code", is_code_to_scan),
    ("share", is_share),
    ("menu", is_menu),
    ("footer", is_footer),
    ("comments", is_comment_form),
    ("machinery", is_machinery),
    ("tags", is_tags),
    ("picture", is_picture),
    ("page_number", is_page_number),
    ("address", is_address),
    ("more", is_more),
    ("foreign", is_foreign),
    ("spam", is_spam),
    ("site_name", is_site_name),
    ("disclaimer", is_disclaimer),
    ("link_farm", is_link_farm),
)
# the only rules that look at running text
LONG_RULES: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("footer", is_footer),
    ("disclaimer", is_disclaimer),
    ("spam", is_spam),
    ("foreign", is_foreign),
    ("link_farm", is_link_farm),
    ("machinery", is_machinery),
)
_SHORT = 160
_PROSE = 60
# running text in which no long rule can hold: it has commas and none of their words
_MARKED = re.compile(r".{0,20}?[\u4e00-\u9fff]{3}[^,，、；;]*[,，、；;][^,，、；;。]*[,，、；;。]")
_DATED_RUN = 3


def mark(lines: list[Line]) -> None:
    """Name the undecided lines that are furniture by themselves."""
    for at, line in enumerate(lines):
        if line.kind is None:
            rule = furniture_rule(line)
            if rule and not (rule == "footer" and _is_of_record(lines, at)):
                line.decide("furniture", rule)
    _mark_dated_links(lines)


# 承办单位：区教育局 beside 完成时限：8月底 names who does a task, not who runs the site
_UNIT_LABEL = re.compile(r"(?:主办|承办|主管|协办|建设)(?:单位|部门):")
_TASK_LABEL = re.compile(
    r"[(\d.、\s]{0,4}(?:(?:建设|实施|主要|工作|项目|任务|年度)?(?:内容|目标|任务|规模|标准)|(?:计划|预计)?(?:完成|办结|实施|推进|建设)?(?:时限|时间|期限|日期|时间节点|节点)):"
)
_NEXT_TO = 2
_FEWEST_TASKS = 2


def _is_of_record(lines: list[Line], at: int) -> bool:
    """Whether a label of a unit stands among the labels of a task, and comes with more than one task."""
    label = _UNIT_LABEL.match(lines[at].plain)
    if label is None or sum(line.plain.startswith(label[0]) for line in lines) < _FEWEST_TASKS:
        return False
    beside = lines[max(at - _NEXT_TO, 0) : at] + lines[at + 1 : at + 1 + _NEXT_TO]
    if at and read_number(lines[at - 1].plain):
        return True
    return any(_TASK_LABEL.match(line.plain) for line in beside) or "时限" in lines[at].plain


def furniture_rule(line: Line) -> str | None:
    """The name of the first rule that knows ``line`` as furniture."""
    if len(line.text) > _PROSE and _MARKED.match(line.plain) and not PROSE_CUE.search(line.plain):
        return None
    rules: Iterable[tuple[str, Callable[[Line], bool]]]
    if len(line.text) > _SHORT:
        rules = LONG_RULES
    elif len(line.text) > 24 and spelt.SENTENCE_END.search(line.text):
        rules = (*LONG_RULES, ("picture", is_picture))
    else:
        rules = _WORDS if CUE.search(line.squeezed) else _SHAPES
    for name, holds in rules:
        if holds(line):
            return name
    return None


def _mark_dated_links(lines: list[Line]) -> None:
    """Three or more headlines in a row, each with its date, are a list of links."""
    run: list[Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and len(line.text) <= 90
            and (line.plain[-1].isdecimal() or line.plain[-1] in ")]")
            and spelt.DATED_LINK.match(line.plain)
            and not re.search(r"[:。]", line.plain[:-9])
        ):
            run.append(line)
            continue
        if len(run) >= _DATED_RUN:
            for link in run:
                if link.kind is None:
                    link.decide("furniture", "dated_links")
        run = []
