"""Questions and answers: 问：/答：, 记者：/区长：, and bare question lines of an interview.

Which way a question looks (取得了哪些成效, 有哪些新举措) is read later; here it is only kept apart from its answer.
"""

from __future__ import annotations

import re
from collections import Counter

from luodi.reading.blocks.kinds import BlockKind
from luodi.reading.blocks.lines import Line
from luodi.reading.names.surnames import is_person

_ASKS = re.compile(
    r"^[【\[(（]?\s*(?:问|提问|Q\d*|(?:本报|本网|本刊|主持人|[\u4e00-\u9fff]{2,8}(?:日报|晚报|网|台|社|"
    r"融媒体?中心?))?记者(?:问|提问)?|主持人|网友|网民|编者|采访者)"
    r"(?:\s*[\u4e00-\u9fffA-Za-z0-9_“”]{1,10})?\s*[】\])）]?\s*[:]|^问\s*\d{0,2}\s*[:.、]"
)
_ANSWERS = re.compile(
    r"^[【\[(（]?\s*(?:答|回答|A\d*|答复|回复|嘉宾|受访者)(?:\s*[\u4e00-\u9fff]{2,4})?\s*[】\])）]?\s*[:]"
)
_SPEAKER = re.compile(r"^[\[【]?([\u4e00-\u9fff·]{2,20})[\]】]?\s*:\s*(?=\S)")
# 【记者】请问…, 【区长】今年…: the label in brackets, no colon behind it
_BRACKETED = re.compile(r"【\s*([\u4e00-\u9fff·]{1,20})\s*】\s*(?=[^:\s])")
_ALONE = re.compile(r"^[\[【]?([\u4e00-\u9fff·“”]{2,24})[\]】]?\s*:$")
_ASKER = re.compile(r"记者|主持人|网友|网民|提问")
_POST_END = re.compile(
    r"(?:书记|区长|县长|市长|旗长|镇长|乡长|主任|局长|部长|主席|院长|校长|董事长|总经理|会长|负责人|代表|委员|站长|"
    r"处长|科长)$"
)
_POST_AND_NAME = re.compile(
    r"^.{0,12}(?:书记|[区县市旗镇乡]长|主任|局长|部长|院长|校长|董事长|总经理|会长|站长)"
)
_QUESTION_LINE = re.compile(r"[?？][”\"）)]?$")
_LONGEST_QUESTION = 140
_SHORTEST_SPEECH = 8
_NO_SPEAKER = re.compile(
    r"(?:单位|时限|时间|地点|内容|名称|目标|任务|投资|如下|方面|措施|原则|依据|附件|来源|备注|情况|要求|指出|强调|"
    r"表示|认为|提出|包括|其中|一是|分别|主要|重点|同志|领导|代表|部门)$"
)


def mark(lines: list[Line]) -> None:
    """Decide labelled questions and answers, and what stands between them."""
    speakers = _speakers(lines)
    asked = False
    voice: BlockKind | None = None  # whose turn it is, where the speaker's name has a line of its own
    for at, line in enumerate(lines):
        if line.kind is not None and line.kind not in ("paragraph", "heading", "list_item"):
            continue
        if (alone := line.plain[-1] == ":" and _ALONE.match(line.plain)) and (
            alone[1] in speakers or _ASKER.search(alone[1])
        ):
            voice = "question" if _ASKER.search(alone[1]) else "answer"
            line.decide(voice, "speaker_alone")
            asked = True
        elif voice and line.kind in (None, "paragraph") and len(line.text) >= _SHORTEST_SPEECH:
            line.decide(voice, "speaker_goes_on")
        elif _ASKS.match(line.plain):
            line.decide("question", "labelled_question")
            asked = True
        elif bracketed := _BRACKETED.match(line.plain):
            asked = _decide_bracketed(line, bracketed[1], asked=asked)
        elif _ANSWERS.match(line.plain):
            line.decide("answer", "labelled_answer")
        elif asked and (found := _SPEAKER.match(line.plain)) and found[1] in speakers:
            line.decide("answer", "named_answer")
        elif line.kind is None and _is_bare_question(lines, at):
            line.decide("question", "bare_question")
            asked = True
        elif asked and line.kind in (None, "paragraph") and _is_running_text(line):
            line.decide("answer", "answer_goes_on")


def _decide_bracketed(line: Line, name: str, *, asked: bool) -> bool:
    """Whose words follow 【…】, where it names one who asks, or, once one has asked, one who may answer."""
    if _ASKER.search(name) or name == "问":
        line.decide("question", "labelled_question")
        return True
    named = name == "答" or _POST_END.search(name) or is_person(_POST_AND_NAME.sub("", name))
    if asked and named:
        line.decide("answer", "named_answer")
    return asked


def _speakers(lines: list[Line]) -> frozenset[str]:
    """Labels before a colon that are a post or a person's name, or that come twice or more."""
    counted: Counter[str] = Counter()
    for line in lines:
        if ":" not in line.plain:
            continue
        found = _SPEAKER.match(line.plain) or _ALONE.match(line.plain)
        if line.kind is None and found and not _NO_SPEAKER.search(found[1]):
            counted[found[1]] += 1
    return frozenset(
        name
        for name, n in counted.items()
        if n >= 2 or _POST_END.search(name) or is_person(name) or is_person(_POST_AND_NAME.sub("", name))
    )


def _is_bare_question(lines: list[Line], at: int) -> bool:
    line = lines[at]
    if not 8 <= len(line.text) <= _LONGEST_QUESTION or not _QUESTION_LINE.search(line.text):
        return False
    if line.text.count("。") > 1 or at == 0 or at + 1 >= len(lines):
        return False
    following = lines[at + 1]
    started = any(_is_running_text(earlier) for earlier in lines[max(at - 12, 0) : at])
    return started and (_is_running_text(following) or bool(_ANSWERS.match(following.plain)))


def _is_running_text(line: Line) -> bool:
    return (
        line.kind in (None, "paragraph", "answer", "question")
        and len(line.text) >= 40
        and bool(re.search("[,，。]", line.text))
    )
