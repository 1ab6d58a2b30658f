"""Rows of a list of units, posts and people as what they become. What is typed for a person is never repeated in a fault."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from luodi.kernel.refusal import Refusal
from luodi.kernel.register import entries
from luodi.kernel.sheets.addresses import Area
from luodi.kernel.sheets.due_days import due_of
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.table import Cell, Row, Table

KINDS = {
    "party": ("党委", "党群", "党委部门", "党的机关", "群团"),
    "government": ("政府部门", "政府", "行政机关", "机关", "政府工作部门", "事业单位"),
    "township": ("乡镇街道", "镇街", "乡镇", "街道", "镇", "乡", "街道办事处"),
    "company": ("企业", "国企", "公司", "国有企业", "平台公司"),
    "other": ("其他", "其它"),
}
ROLES = {
    "administrator": ("系统管理员", "管理员"),
    "office": ("督查办公室", "督查", "督查室", "办公室"),
    "reviewer": ("复核员", "复核"),
    "reporter": ("填报员", "填报"),
    "verifier": ("核实员", "核实"),
    "leader": ("领导", "区领导"),
}
_YES, _NO = ("是", "√", "✓", "1", "有"), ("", "否", "×", "0", "无", "-")
_LEADS = re.compile(
    r"^(?:党组书记|党委书记|书记|局长|主任|镇长|乡长|区长|县长|市长|院长|主席|董事长|总经理)(?:[、兼].*)?$"
)
_TOWNSHIP = re.compile(r"(?:镇|乡|街道|街道办事处|镇人民政府|乡人民政府)$")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """What one row becomes: a unit, and where given a post in it, a person in the post, a log-in with a role."""

    row: int
    unit: str = ""
    short_name: str = ""
    kind: str = "government"
    above: str = ""
    credit_code: str = ""
    post: str = ""
    is_leader: bool = False
    person: str = ""
    phone: str = ""
    login: str = ""
    role: str = ""
    since: dt.date | None = None
    cells: dict[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def register_drafts(table: Table, mapping: Mapping[int, str]) -> list[RegisterDraft]:
    """A draft for each row, in order. ``mapping`` gives fields by column."""
    places = {name: column for column, name in mapping.items() if name}
    drafts = [_Reading(row, places).draft() for row in table.rows]
    owners: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        owners[draft.login].add(f"{draft.person}/{draft.phone}")
    return [
        _with_own_login(draft, owners, _area(row, places, "login"))
        for row, draft in zip(table.rows, drafts, strict=True)
    ]


class _Reading:
    """One row being read; collects faults and notes."""

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self.row, self.places = row, places
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def draft(self) -> RegisterDraft:
        post, person = self._line("post", "岗位名称", 120), self._line("person", "姓名", 60)
        unit = self._line("unit", "单位名称", 120)
        if not unit and not self._fault_at("unit"):
            self._fault("unit", "单位名称没有填。请写上单位的全称。")
        if person and not post:
            self._fault("post", "写了人，没有写岗位。请写上他的职务或岗位。")
        login = self._text("login").casefold()
        if login and not _LOGIN.fullmatch(login):
            self._fault("login", "登录名应为3至60位小写字母、数字、点、横线或下划线。请改后再传。")
        if login and not person:
            self._fault("person", "写了登录名，没有写姓名。一个账号只给一个人。")
        role = self._one_of("role", ROLES, "角色", "")
        if role and not post:
            self._fault("post", "写了角色，没有写岗位。角色是给岗位的。")
        return RegisterDraft(
            row=self.row.number,
            unit=unit,
            short_name=self._line("short_name", "单位简称", 60),
            kind=self._kind(unit),
            above=self._line("above", "上级单位", 120),
            credit_code=self._checked("credit_code", entries.credit_code),
            post=post,
            is_leader=self._is_leader(post),
            person=person,
            phone=self._checked("phone", entries.phone),
            login=login,
            role=role,
            since=self._since(),
            cells={name: cell.address for name in self.places if (cell := self._cell(name)) is not None},
            faults=tuple(self.faults),
            notes=tuple(self.notes),
        )

    def _cell(self, name: str) -> Cell | None:
        return self.row.cells.get(self.places[name]) if name in self.places else None

    def _text(self, name: str) -> str:
        cell = self._cell(name)
        return "" if cell is None else cell.text

    def _fault(self, name: str, words: str) -> None:
        self.faults.append(Fault(_area(self.row, self.places, name), words))

    def _fault_at(self, name: str) -> bool:
        return any(fault.area == _area(self.row, self.places, name) for fault in self.faults)

    def _line(self, name: str, what: str, longest: int) -> str:
        text = self._text(name).replace("\n", "")
        if name == "person":
            text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text)
        return self._checked(name, lambda given: entries.name(given, what, longest), text) if text else ""

    def _checked(self, name: str, check: Callable[[str], str | None], text: str | None = None) -> str:
        """What the register would keep; the register's own words where it would refuse."""
        try:
            return check(self._text(name) if text is None else text) or ""
        except Refusal as refusal:
            self._fault(name, refusal.message)
            return ""

    def _one_of(self, name: str, choices: Mapping[str, tuple[str, ...]], what: str, otherwise: str) -> str:
        text = re.sub(r"\s+", "", self._text(name))
        for code, words in choices.items():
            if text in words:
                return code
        if text:
            allowed = "、".join(words[0] for words in choices.values())
            self._fault(name, f"{what}写的是“{text[:20]}”，可以是{allowed}。请改成其中一个。")
        return otherwise

    def _kind(self, unit: str) -> str:
        if not self._text("kind"):
            return "township" if _TOWNSHIP.search(unit) else "government"
        return self._one_of("kind", KINDS, "单位类别", "government")

    def _is_leader(self, post: str) -> bool:
        text = re.sub(r"\s+", "", self._text("is_leader"))
        if "is_leader" not in self.places:
            return _LEADS.match(post) is not None
        if text not in _YES + _NO:
            self._fault("is_leader", f"是否领导岗位写的是“{text[:20]}”，可以写 是 或 否。")
        return text in _YES

    def _since(self) -> dt.date | None:
        cell = self._cell("since")
        if cell is None or not cell.text:
            return None
        read = due_of(cell.entry)
        if isinstance(read, str) or read.until is None:
            self._fault("since", f"任职日期“{cell.text[:20]}”读不出是哪一天。请写成 2026年3月1日。")
            return None
        return read.since or read.until


def _area(row: Row, places: Mapping[str, int], name: str) -> Area:
    cell = row.cells.get(places[name]) if name in places else None
    if cell is not None:
        return cell.area
    column = places.get(name, min(row.cells, default=1))
    return Area(row.number, column, row.number, column)


def _with_own_login(draft: RegisterDraft, owners: Mapping[str, set[str]], area: Area) -> RegisterDraft:
    """The draft, with a fault where its log-in name stands beside another person too."""
    if not draft.login or len(owners[draft.login]) < 2:
        return draft
    words = f"登录名“{draft.login}”在这张表里给了几个人。一个账号只给一个人，请各写各的。"
    return replace(draft, faults=(*draft.faults, Fault(area, words)))
