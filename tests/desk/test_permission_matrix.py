"""Every address and every role: what each one answers is written down by name, and an address nobody wrote down fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register

pytestmark = pytest.mark.django_db
ROLES = tuple(dict(Grant.ROLES))
NOBODY, WITHOUT_POST = "nobody", "without a post"
ANYBODY, STAFF, POST = "anybody", "staff", "any post"
OFFICE, ADMINISTRATOR, REPORTER, VERIFIER = ("office",), ("administrator",), ("reporter",), ("verifier",)
READERS = ("office", "reviewer")
REGISTRARS = ("administrator", "office")
LEADERS = ("leader", "office")
# every address below /desk/ by its name; all others are public pages, which anybody may ask for
EXPECTED: dict[str, Any] = {
    **dict.fromkeys(
        (
            "found-district", "log-in", "log-in-as", "outer-log-in", "outer-back", "outer-out", "second-step", "log-out",
            "logged-out", "follow-link", "use-link", "follow-binding", "use-binding",
            "project-link", "project-by-link", "project-photo-by-link", "projects-hang", "projects-hung",
        ),
        ANYBODY,
    ),
    **dict.fromkeys(
        (
            "desk", "choose-post", "sign-hand-over", "directory-hand-over", "directory-hand-over-sign", "me", "change-password",
            "second-factor-on", "second-factor-code", "second-factor-off", "recovery-codes", "end-session",
        ),
        STAFF,
    ),
    **dict.fromkeys(
        (
            "tokens", "revoke-token", "desk-calendar", "notices", "read-notice", "notices-elsewhere", "remove-channel",
            "try-channel",
            "desk-promises", "desk-promises-sheet", "desk-promises-print", "desk-promise", "leader-list", "leader-list-file",
            "begin-upload", "upload", "end-upload", "cancel-upload", "evidence", "evidence-shown", "evidence-small",
            "desk-inbox", "desk-cases", "desk-cases-sheet", "desk-cases-print", "desk-cases-load", "desk-cases-saved",
            "desk-cases-saved-drop", "desk-cases-bulk", "desk-cases-bulk-done", "desk-rules", "desk-playbook",
            "desk-playbook-drawing", "desk-playbook-bpmn", "desk-case-kinds", "desk-case-new", "desk-case-begin", "desk-case",
            "desk-case-print", "desk-case-word", "desk-case-pdf", "desk-case-sign", "desk-case-unmask", "desk-case-move",
            "desk-projects", "desk-projects-sheet", "desk-projects-wall", "desk-project",
            "desk-project-sign", "desk-project-fill", "desk-projects-leading", "desk-projects-hand-over-sign",
            "desk-project-visit", "desk-project-step-back-sign", "desk-project-explain",
            "desk-documents", "desk-documents-sheet", "desk-document", "desk-document-choose", "desk-document-against",
            "desk-document-against-sheet",
        ),
        POST,
    ),
    **dict.fromkeys(
        (
            "first-hour", "send-sheet", "blank-sheet", "sheet-columns", "sheet-preview", "sheet-units", "enter-sheet",
            "returned-sheet", "drop-sheet", "directory", "directory-suggest", "directory-new-unit", "directory-unit",
            "directory-alias-drop", "directory-unit-act", "directory-post", "directory-post-act", "directory-appointment-end",
            "directory-people", "directory-person", "directory-person-show", "directory-person-act", "directory-hand-overs",
            "directory-duplicates", "directory-pair", "directory-undo", "directory-sheet",
        ),
        REGISTRARS,
    ),
    **dict.fromkeys(
        (
            "intake", "intake-batches", "intake-batch", "intake-now", "intake-files", "intake-have", "intake-part", "intake-sent",
            "intake-stop", "intake-go-on", "intake-leave-out", "review", "review-none", "review-list", "review-sheet",
            "review-keys", "review-undo-last", "review-likewise", "review-one", "review-next", "review-hold", "review-leave",
            "review-adopt", "review-refuse", "review-link", "review-apart", "review-aside", "review-take-up", "review-undo",
            "review-second", "desk-document-second",
        ),
        READERS,
    ),
    **dict.fromkeys(
        (
            "desk-objections", "desk-answer-objection", "desk-promise-target", "desk-promise-correct", "desk-promise-carry-over",
            "desk-promise-merge", "desk-promise-unmerge", "desk-promise-silence", "desk-promise-drop", "desk-promise-restore",
            "desk-promise-undo-adoption", "desk-promise-unsilence", "desk-rules-new", "desk-rules-withdraw",
            "desk-projects-late", "desk-projects-remind", "desk-project-links", "desk-project-link-give",
            "desk-project-link-revoke", "desk-projects-minutes", "desk-project-leader", "desk-projects-said",
            "desk-projects-sheet-in", "desk-projects-sheet-columns", "desk-projects-sheet-preview", "desk-projects-sheet-enter",
            "desk-projects-sheet-returned", "desk-projects-sheet-drop",
            "desk-projects-tie", "desk-projects-name-refuse", "desk-projects-new", "desk-project-stage", "desk-project-plan",
            "desk-projects-statistics", "desk-projects-statistics-columns", "desk-projects-statistics-preview",
            "desk-projects-statistics-enter", "desk-projects-statistics-returned", "desk-projects-statistics-drop",
            "desk-project-library", "desk-project-library-leave", "desk-project-correct", "desk-project-explanation-judge",
            "desk-projects-explanations", "desk-project-quote",
        ),
        OFFICE,
    ),
    **dict.fromkeys(
        (
            "desk-month", "desk-month-blank", "desk-month-send", "desk-month-preview", "desk-month-columns", "desk-month-enter",
            "desk-month-returned", "desk-month-drop", "desk-promise-report", "desk-promise-done",
        ),
        REPORTER,
    ),
    **dict.fromkeys(("desk-promise-verify", "desk-promise-send-back", "desk-promise-reopen"), VERIFIER),
    "desk-project-confidence": VERIFIER,
    **dict.fromkeys(
        (
            "invitations", "directory-role-take", "accounts", "account", "give-link", "give-binding", "unbind",
            "remove-second-factor", "end-sessions-of", "reopen-account", "leave",
        ),
        ADMINISTRATOR,
    ),
    **dict.fromkeys(("leader-screen", "leader-file", "leader-decisions", "leader-units", "leader-wrong"), LEADERS),
    **dict.fromkeys(("leader-extended", "leader-rates", "leader-rate-cases"), LEADERS),
    **dict.fromkeys(("desk-projects-meeting", "desk-projects-meeting-file"), LEADERS),
    **dict.fromkeys(("desk-projects-screens", "desk-projects-screen-down"), LEADERS),
    "evidence-original": ("office", "verifier"),
    "desk-rules-sign": ("leader",),
}  # fmt: skip


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield before + str(each.pattern), each
        else:
            yield from patterns(each, before + str(each.pattern))


def desk_addresses() -> dict[str, str]:
    """Of every address below /desk/: its name, and one address of that form, of something that is not there."""
    found = {}
    for form, each in patterns(get_resolver()):
        if form.startswith("desk/"):
            plain = (
                re.sub(r"\(\?P<\w+>(\w+)\|?[^)]*\)", r"\1", form)
                .replace("^", "")
                .replace("$", "")
                .replace("\\", "")
            )
            found[str(each.name)] = "/" + re.sub(r"<(?:\w+:)?\w+>", "c0000000000000", plain)
    return found


def may(who: str, allowed: Any) -> bool:
    if allowed == ANYBODY:
        return True
    if who == NOBODY:
        return False
    if who == WITHOUT_POST:
        return bool(allowed == STAFF)
    return allowed in (STAFF, POST) or who in allowed


@pytest.fixture
def at_the_door() -> dict[str, Client]:
    """A browser for each role, one for somebody without a post, one in which nobody has come in."""
    unit = register.create_unit(name="区政府办公室", by=SYSTEM)
    found = {NOBODY: Client(), WITHOUT_POST: Client()}
    for role in (*ROLES, WITHOUT_POST):
        post = register.create_post(title=f"{role}岗", unit=unit, by=SYSTEM)
        person = register.enter_person(name="某某", by=SYSTEM)
        account = accounts.create_account(person, login=f"desk{len(found)}", by=SYSTEM)
        if role != WITHOUT_POST:
            register.appoint(person, post, since=today(), by=SYSTEM)
            accounts.grant(post, role, by=SYSTEM)
        found[role] = Client()
        found[role].force_login(account)
    return found


def test_every_address_is_written_down_and_every_line_has_its_address() -> None:
    assert set(desk_addresses()) == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_is_let_in_where_it_is_written_and_nowhere_else(
    at_the_door: dict[str, Client], method: str
) -> None:
    wrong = []
    for name, address in desk_addresses().items():
        if name in ("log-out", "logged-out", "outer-out"):
            continue  # whoever asks is out afterwards; said of them below
        for who, client in at_the_door.items():
            answer = getattr(client, method)(address)
            sent_away = (
                answer.status_code == 302
                and answer["Location"].startswith("/desk/login")
                and name not in ("log-in", "second-step")
            )
            refused = answer.status_code == 403 or (who == NOBODY and sent_away)
            if refused is may(who, EXPECTED[name]):
                wrong.append(f"{method} {name} {address}: {who} was answered {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("name", ["log-out", "logged-out"])
def test_anybody_may_go(at_the_door: dict[str, Client], name: str) -> None:
    address = desk_addresses()[name]
    for client in at_the_door.values():
        assert client.get(address).status_code in (200, 302)


def test_public_pages_ask_nobody_to_come_in(at_the_door: dict[str, Client]) -> None:
    for form, each in patterns(get_resolver()):
        # what the interface wants a key for is tested in tests/api
        if not form.startswith(("desk/", "static/", "api/")):
            address = "/" + re.sub(
                r"<(?:\w+:)?\w+>", "c0000000000000", form.replace("^", "").replace("$", "").replace("\\", "")
            )
            answer = at_the_door[NOBODY].get(address)
            assert answer.status_code not in (401, 403), (each.name, answer.status_code)
            assert "/desk/" not in answer.headers.get("Location", ""), each.name
