"""Words that would run, in every field that a person fills and on every page and in every file that shows them: text, always."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.actions import Goal
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.sheets.actions import keep_sheet
from tests.database import standing
from tests.desk.page_parts import Fields, PageParts
from tests.desk.whole_desk import DAY, PLANT, RUN, TODAY, Desk, furnished
from tests.desk.whole_desk_pages import FILES, PUBLIC, VISITS, address_of
from tests.kernel.sheets import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FORMULA = "=HYPERLINK(1)"
ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post", "data-from")
# of every form: what is not to be overwritten, since the rest would be refused
KEPT = {"csrfmiddlewaretoken", "version", "key", "reading", "batch", "token", "next", "setup"}
# what a form does not ask for in words; in these only the right kind of thing goes further than the field
NOT_WORDS = ("date", "number", "checkbox", "radio", "file", "hidden", "password", "submit", "button")
# a district whose forms end somebody's day is of no use to the next form
LAST = ("/leave", "/logout", "/close", "/drop", "/enter", "/sessions/end", "/reopen", "/stop", "/leave-out")


@pytest.fixture(autouse=True)
def _fresh_throttles_and_quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS, ONE_TIME_LINKS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)


@pytest.fixture(scope="module")
def standing_desk(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Desk]]:
    """Furnished once for all."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("standing"), furnished) as begun:
        yield begun


@pytest.fixture
def desk(standing_desk: Callable[[Path], Desk], data_folder: Path) -> Iterator[Desk]:
    with held_at(TODAY):
        yield standing_desk(data_folder)


def raw_of(answer: Any) -> bytes:
    """All of an answer, so that no file of it stays open."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def running(answer: Any) -> list[str]:
    """What of the planted words would run on a page: elements and handlers of theirs, addresses that are scripts."""
    raw = raw_of(answer)
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    return [
        f"{part.tag} {part.attributes} {part.text[:80]}"
        for part in PageParts(raw.decode()).elements
        if part.tag == "plant-x"
        or any(name.startswith("on") for name in part.attributes)
        or (
            part.tag == "script"
            and "src" not in part.attributes
            and part.attributes.get("type") != "application/json"
        )
        or any(is_script(value) for name, value in part.attributes.items() if name in ADDRESSES)
    ]


def is_script(value: str) -> bool:
    """Whether an address would run."""
    return value.strip().lower().startswith(("javascript:", "data:text", "vbscript:"))


def forms_of(client: Client, address: str) -> list[tuple[str, Fields]]:
    """The forms of a page that act: where each is sent, and its fields."""
    answer = client.get(address, follow=True)
    raw = raw_of(answer)
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    found = ((form.action or address, form) for form in PageParts(raw.decode()).forms)
    return [
        (where, form.fields) for where, form in found if form.method == "post" and where.startswith("/desk/")
    ]


@dataclass(frozen=True)
class Form:
    """A form of the desk: who fills it, on which page it stands, where it is sent, and its fields when it was found."""

    login: str
    page: str
    where: str
    fields: Fields

    def anew(self, desk: Desk) -> Fields:
        """Its fields as the page gives them now; those found before where it stands there no longer."""
        if self.login in desk.browsers and SESSION_KEY not in desk.browsers[self.login].session:
            del desk.browsers[self.login]  # a form that was sent ended the session: come in again
        now = dict(forms_of(desk.inside(self.login), self.page))
        return now.get(self.where, self.fields)


def every_form(desk: Desk) -> list[Form]:
    """Each form of the desk once; those that end something come last."""
    found: dict[tuple[str, str], Form] = {}
    for visits in VISITS.values():
        for login, visit in visits:
            if login:
                page = address_of(visit, desk)
                for where, fields in forms_of(desk.inside(login), page):
                    found.setdefault((login, where), Form(login, page, where, fields))
    return sorted(found.values(), key=lambda form: form.where.endswith(LAST))


def filled(fields: Fields, words: str, *, everywhere: bool) -> dict[str, Any]:
    """A form with ``words`` in each field of words, or in each field that can be typed into or forged."""
    sent: dict[str, Any] = {}
    for name, (value, kind) in fields.items():
        if name in KEPT:
            sent[name] = value
        elif kind == "file":
            sent[name] = SimpleUploadedFile(f"{words[:80]}.txt".replace("/", ""), f"材料{words}".encode())
        elif everywhere or kind not in (*NOT_WORDS, "choice"):
            sent[name] = f"{value[:40]}{words}" if kind == "text" else words
        elif kind == "date":
            sent[name] = value or DAY.isoformat()
        elif kind == "number":
            sent[name] = value or "1"
        else:
            sent[name] = value
    return sent


def test_what_would_run_is_seen() -> None:
    assert len(running(HttpResponse(f"<p>{PLANT}</p><a href=' {RUN}'>x</a><a onclick=1>y</a>"))) == 4
    assert running(HttpResponse(f"<p title={html.escape(PLANT)!r}>{html.escape(PLANT)}</p>")) == []


def test_words_planted_in_every_field_run_on_no_page(desk: Desk) -> None:
    faults: dict[str, list[str]] = {}
    taken = 0
    for form in every_form(desk):
        for everywhere in (True, False):
            fields = form.fields if everywhere else form.anew(desk)
            answer = desk.inside(form.login).post(form.where, filled(fields, PLANT, everywhere=everywhere))
            assert answer.status_code < 500, form.where
            taken += answer.status_code == 302
            if found := running(answer):
                faults[f"{form.login} {form.where} answered {answer.status_code}"] = found[:3]
    assert taken > 20
    shown = [(login, visit) for visits in VISITS.values() for login, visit in visits]
    for login, visit in [*shown, *(("", visit) for visit in PUBLIC)]:
        answer = (desk.inside(login) if login else Client()).get(address_of(visit, desk), follow=True)
        found = running(answer)
        if answer.status_code == 200 and found:
            faults[f"{login} {visit}"] = found[:3]
    assert faults == {}
    assert planted() >= EXPECTED_PLANTS


# where such words must have got to, so that the pages had something to show
EXPECTED_PLANTS = {
    "luodi_commitments": {
        "Commitment.title", "Commitment.reason", "Report.note", "Verification.reason", "Objection.text", "Objection.answer",
        "Target.wording",
    },
    "luodi_documents": {"Judgement.reason", "Reading.text", "StatementKey.quote"},
    "luodi_files": {"KeptFile.name"},
    "luodi_jobs": {"Job.note", "Item.name"},
    "luodi_register": {"Unit.name", "Unit.short_name", "UnitName.name", "Post.title", "Person.name", "SameAs.reason"},
}  # fmt: skip


class planted:  # noqa: N801 (reads as a question)
    """Every column that holds planted words, by app; compared by inclusion."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}
        for model in apps.get_models():
            for field in model._meta.get_fields():
                is_text = isinstance(field, models.CharField | models.TextField)
                if (
                    is_text and field.get_lookup("contains") is not None
                ):  # what is sealed cannot be looked into
                    held = model._default_manager.filter(**{f"{field.name}__contains": "plant-x"})
                    if held.exists():
                        self.found.setdefault(model._meta.app_label, set()).add(
                            f"{model.__name__}.{field.name}"
                        )

    def __ge__(self, wanted: dict[str, set[str]]) -> bool:
        missing = {app: names - self.found.get(app, set()) for app, names in wanted.items()}
        assert not any(missing.values()), (missing, self.found)
        return True


def test_more_than_fits_a_field_is_refused_or_cut_and_never_a_fault(desk: Desk) -> None:
    """On PostgreSQL a column that is too short would be a fault of ours."""
    forms = every_form(desk)
    for turn, words in enumerate(("长" * 5_000, "\x00", "\ud7ff\uffff", "９" * 400, "1e999", "-" * 70)):
        # the first in all of them, the others each in a third, another third each time
        for form in forms[turn % 3 :: 3] if turn else forms:
            answer = desk.inside(form.login).post(form.where, filled(form.anew(desk), words, everywhere=True))
            raw_of(answer)
            assert answer.status_code < 500, (form.where, words[:4])


def test_an_address_that_is_a_script_is_never_a_link(desk: Desk) -> None:
    reviewer = desk.inside("fuhe")
    answer = reviewer.post("/desk/intake", {"text": "区水利局\n\n年内整治河道7条。", "address": RUN})
    assert answer.status_code in (302, 422)
    listed = reviewer.post(
        "/desk/intake", {"files": [SimpleUploadedFile("a.txt", b"x")], "addresses": f"a.txt\t{RUN}"}
    )
    for page in (answer, listed, reviewer.get("/desk/intake"), Client().get("/d/")):
        assert running(page) == []
    for page in (
        "/desk/login?next=javascript:plant()",
        "/desk/login?next=//elsewhere.example/",
        "/look?next=javascript:plant()",
    ):
        assert running(Client().get(page)) == []
        assert not str(Client().get(page).headers.get("Location", "/")).startswith(
            ("javascript", "//", "http")
        )


@pytest.fixture
def formulas(desk: Desk) -> Desk:
    """The district with units, posts, people, promises, files and batches that begin like formulas."""
    by = desk.town.by("区政府督查室")
    for at, start in enumerate(STARTS):
        if start.strip():
            unit = register.create_unit(
                name=f"{start}HYPERLINK({at})局", short_name=f"{start}H({at})", by=SYSTEM
            )
            post = register.create_post(title=f"{start}CMD({at})", unit=unit, by=SYSTEM)
            person = register.enter_person(name=f"{start}SUM({at})", by=SYSTEM)
            register.appoint(person, post, since=DAY, by=SYSTEM)
    file = keep_sheet(workbook([("甲", 1)]), f"{FORMULA}.xlsx", by=by)
    promises.enter_from_sheet(
        by=by, file=file, cell="表!A1:B1", title=FORMULA, topic="@SUM(1)", lead_unit=desk.town.units["区住房城乡建设局"],
        goal=Goal(number="1", unit="所", due_until=DAY, due_precision="day"), year=2026,
    )  # fmt: skip
    desk.inside("fuhe").post(
        "/desk/intake", {"files": [SimpleUploadedFile("=1+1.exe", b"MZ\0\0")], "note": FORMULA}
    )
    raw = workbook(
        [("任务", "目前完成", "进展情况"), (FORMULA, "八", "+1"), ("@x", "=1+1 ", "-2+3")], title="进展"
    )
    answer = desk.inside("zhujian").post(
        "/desk/promises/month/send", {"sheet": SimpleUploadedFile("表.xlsx", raw), "as_of": DAY.isoformat()}
    )
    place = str(answer["Location"])
    if place.endswith("/columns"):
        page = desk.inside("zhujian").get(place)
        chosen = {f"column-{one.column.index}": name for one, name in page.context["columns"]}
        place = str(desk.inside("zhujian").post(place, chosen)["Location"])
    desk.made["month"] = place.rsplit("/", 1)[-1]
    return desk


def test_no_cell_of_any_file_that_we_give_out_is_a_formula(formulas: Desk) -> None:
    looked_at = 0
    addresses = [(login, form) for visits in FILES.values() for login, form in visits]
    for login, form in [*addresses, ("", "/data/commitments.csv"), ("", "/data/commitments.xlsx")]:
        address = address_of(form, formulas).partition("?")[0]
        if not address.endswith((".csv", ".xlsx")):
            continue
        answer = (formulas.inside(login) if login else Client()).get(address)
        raw = raw_of(answer)
        looked_at += 1
        if address.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))) for cell in row]
            wrong = [
                c for c in cells if c.startswith(STARTS) and not c.lstrip("-").replace(".", "").isdigit()
            ]
        else:
            book = load_workbook(io.BytesIO(raw))
            wrong = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
        assert wrong == [], address
    assert looked_at > 12
