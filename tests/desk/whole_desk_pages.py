"""Every page of the desk by the name of its address, with who looks at it; and which addresses are no pages.

An address of the permission matrix that stands in none of these must refuse to be looked at (405) or lead on.
"""

from __future__ import annotations

from tests.desk.whole_desk import STAFF, Desk

EVERYBODY = tuple(STAFF)
PROMISE = "/desk/promises/{背街小巷}"
Visits = tuple[tuple[str, str], ...]


def _all(address: str) -> Visits:
    return tuple((login, address) for login in EVERYBODY)


def _by(login: str, *addresses: str) -> Visits:
    return tuple((login, address) for address in addresses)


VISITS: dict[str, Visits] = {
    "desk-projects": _by("ducha", "/desk/projects", "/desk/projects?q=没有这个"),
    "desk-projects-wall": _by("ducha", "/desk/projects/wall", "/desk/projects/wall?live=1"),
    "desk-projects-screens": _by("ducha", "/desk/projects/wall/screens"),
    "desk-projects-late": _by("ducha", "/desk/projects/late"),
    "desk-projects-sheet-in": _by("ducha", "/desk/projects/sheet"),
    "desk-projects-statistics": _by("ducha", "/desk/projects/statistics"),
    "desk-projects-explanations": _by("ducha", "/desk/projects/explanations"),
    "desk-projects-meeting": _by("ducha", "/desk/projects/meeting")
    + _by("quzhang", "/desk/projects/meeting"),
    "desk-projects-said": _by("ducha", "/desk/projects/said"),
    "desk-projects-new": _by("ducha", "/desk/projects/new"),
    "desk-projects-minutes": _by("ducha", "/desk/projects/meeting/minutes"),
    "desk-projects-leading": _by("quzhang", "/desk/projects/leading")
    + _by("ducha", "/desk/projects/leading"),
    "desk": _all("/desk/"),
    "choose-post": _by("guanli", "/desk/post"),
    "log-in": _by("", "/desk/login"),
    "log-out": _by("ducha", "/desk/logout"),
    "logged-out": _by("", "/desk/logged-out"),
    "follow-link": _by("", "/desk/link/{link}"),
    "use-link": _by("", "/desk/link/{link}"),
    "follow-binding": _by("", "/desk/bind/{binding}"),
    "use-binding": _by("", "/desk/bind/{binding}"),
    "me": _by("fuhe", "/desk/me"),
    "change-password": _by("fuhe", "/desk/me/password"),
    "second-factor-on": _by("fuhe", "/desk/me/second-factor"),
    "accounts": _by("guanli", "/desk/accounts", "/desk/accounts?q=没有这个人"),
    "account": _by("guanli", "/desk/accounts/{account}"),
    "leave": _by("guanli", "/desk/accounts/{account of zhujian}/leave"),
    "first-hour": _by("guanli", "/desk/first-hour") + _by("ducha", "/desk/first-hour"),
    "sheet-columns": _by("ducha", "/desk/first-hour/{list}/columns")
    + _by("guanli", "/desk/first-hour/{people}/columns"),
    "sheet-preview": _by("ducha", "/desk/first-hour/{list}/preview")
    + _by("guanli", "/desk/first-hour/{people}/preview"),
    "directory": _by("guanli", "/desk/directory", "/desk/directory?q=没有这个单位"),
    "directory-new-unit": _by("guanli", "/desk/directory/units/new"),
    "directory-unit": _by("guanli", "/desk/directory/units/{unit}", "/desk/directory/units/{hostile unit}"),
    "directory-post": _by("guanli", "/desk/directory/posts/{post}", "/desk/directory/posts/{hostile post}"),
    "directory-people": _by("guanli", "/desk/directory/people"),
    "directory-person": _by("guanli", "/desk/directory/people/{person}"),
    "directory-hand-overs": _by("guanli", "/desk/directory/hand-overs"),
    "directory-hand-over": _by("guanli", "/desk/directory/hand-overs/{hand over}")
    + _by("zhujian", "/desk/directory/hand-overs/{hand over}"),
    "directory-duplicates": _by("guanli", "/desk/directory/duplicates"),
    "directory-pair": _by("guanli", "/desk/directory/pairs/{pair}"),
    "intake": _by("fuhe", "/desk/intake", "/desk/intake?whose=mine"),
    "intake-batch": _by("fuhe", "/desk/intake/{batch}", "/desk/intake/{batch}?show=refused"),
    "review": _by("fuhe", "/desk/review"),
    "review-none": _by("fuhe", "/desk/review/none"),
    "review-list": _by("fuhe", "/desk/review/list", "/desk/review/list?state=refused"),
    "review-keys": _by("fuhe", "/desk/review/keys"),
    "desk-documents": _by("fuhe", "/desk/documents", "/desk/documents?q=没有这个"),
    "desk-document": _by("fuhe", "/desk/documents/{paper}", "/desk/documents/{roads paper}")
    + _by("zhujian", "/desk/documents/{paper}"),
    "desk-document-choose": _by("ducha", "/desk/documents/{paper}/against?q=青岚"),
    "desk-document-against": _by("ducha", "/desk/documents/{roads paper}/against/{paper}"),
    "review-one": _by(
        "fuhe",
        "/desk/review/{statement}",
        "/desk/review/{hostile statement}",
        "/desk/review/{judged statement}",
    ),
    "desk-promises": _by("quzhang", "/desk/promises")
    + _by("ducha", "/desk/promises?whose=all&state=dropped", "/desk/promises?q=没有这件事")
    + _by("zhujian", "/desk/promises?todo=any")
    + _by("shenji", "/desk/promises?todo=verify"),
    "desk-promises-print": _by("ducha", "/desk/promises/print"),
    "desk-promise": _by("quzhang", PROMISE)
    + _by("zhujian", PROMISE)
    + _by("shenji", PROMISE)
    + _by(
        "ducha", *(f"/desk/promises/{{{name}}}" for name in ("并入", "不办", "结转", "不提", "报完", "退回"))
    ),
    "desk-objections": _by("ducha", "/desk/promises/wrong"),
    "desk-answer-objection": _by("ducha", "/desk/promises/wrong/{objection}"),
    "desk-promise-report": _by("zhujian", PROMISE + "/report", "/desk/promises/{退回}/report"),
    "desk-promise-done": _by("zhujian", PROMISE + "/done"),
    "desk-promise-verify": _by("shenji", "/desk/promises/{报完}/verify"),
    "desk-promise-send-back": _by("shenji", "/desk/promises/{报完}/send-back"),
    "desk-promise-reopen": _by("shenji", "/desk/promises/{办成}/reopen"),
    "desk-promise-target": _by("ducha", PROMISE + "/target", PROMISE + "/target?paper={paper}"),
    "desk-promise-correct": _by("ducha", PROMISE + "/correct"),
    "desk-promise-carry-over": _by("ducha", PROMISE + "/carry-over"),
    "desk-promise-merge": _by("ducha", PROMISE + "/merge"),
    "desk-promise-silence": _by("ducha", PROMISE + "/silence"),
    "desk-promise-drop": _by("ducha", PROMISE + "/drop"),
    "desk-promise-unmerge": _by("ducha", "/desk/promises/{并入}/unmerge"),
    "desk-promise-restore": _by("ducha", "/desk/promises/{不办}/restore"),
    "desk-promise-undo-adoption": _by("ducha", "/desk/promises/{新进}/undo-adoption"),
    "desk-month": _by("zhujian", "/desk/promises/month"),
    "desk-month-columns": _by("zhujian", "/desk/promises/month/{month}/columns"),
    "desk-month-preview": _by("zhujian", "/desk/promises/month/{month}"),
    "leader-screen": _by("quzhang", "/desk/leader"),
    "leader-decisions": _by("quzhang", "/desk/leader/decisions"),
    "leader-units": _by("quzhang", "/desk/leader/units"),
    "leader-extended": _by("quzhang", "/desk/leader/extended"),
    "leader-rates": _by("quzhang", "/desk/leader/rates"),
    "leader-rate-cases": _by(
        "quzhang", "/desk/leader/rates/cases?kind=supervision&measure=on_time&part=among&until=2026-08-31"
    ),
    "leader-wrong": _by("quzhang", "/desk/leader/wrong"),
    "leader-list": _by("quzhang", "/desk/leader/list", "/desk/leader/list?flag=open"),
    "evidence": _by("shenji", "/desk/evidence/{evidence}"),
    "desk-inbox": _by("zhujian", "/desk/inbox") + _by("ducha", "/desk/inbox"),
    "desk-cases": _by("ducha", "/desk/cases", "/desk/cases?q=没有这件事") + _by("zhujian", "/desk/cases"),
    "desk-cases-print": _by("ducha", "/desk/cases/print"),
    "desk-cases-load": _by("quzhang", "/desk/cases/load"),
    "desk-case-kinds": _by("ducha", "/desk/cases/new"),
    "desk-case-new": _by("ducha", "/desk/cases/new/supervision"),
    "desk-case-begin": _by("ducha", "/desk/cases/new/mediation/apply"),
    "desk-case": _by(
        "ducha", *(f"/desk/cases/{{{name}}}" for name in ("slip", "reported slip", "ended slip"))
    )
    + _by("zhujian", "/desk/cases/{slip}")
    + _by("shenji", "/desk/cases/{reported slip}"),
    "desk-case-print": _by("ducha", "/desk/cases/{ended slip}/print"),
    "desk-case-sign": _by("quzhang", "/desk/cases/{waiting slip}/sign/{waiting step}")
    + _by("ducha", "/desk/cases/{waiting slip}/sign/{waiting step}"),
    "desk-case-unmask": _by("quzhang", "/desk/cases/{dispute}", "/desk/cases/{dispute}/unmask/parties"),
    "desk-case-move": _by("zhujian", "/desk/cases/{slip}/report")
    + _by("shenji", "/desk/cases/{reported slip}/refute")
    + _by("ducha", "/desk/cases/{slip}/extend"),
    "desk-cases-saved": _by("ducha", "/desk/cases/saved?place=cases"),
    "desk-cases-bulk": _by("ducha", "/desk/cases/bulk?id={slip}", "/desk/cases/bulk?id={slip}&move=extend"),
    "notices": _by("zhujian", "/desk/notices"),
    "notices-elsewhere": _by("zhujian", "/desk/me/notices"),
    "tokens": _by("fuhe", "/desk/me/tokens"),
    "desk-calendar": _by("zhujian", "/desk/me/calendar"),
    "desk-rules": _by("ducha", "/desk/rules", "/desk/rules?on=2024-05-01"),
    "desk-playbook": _by("ducha", "/desk/playbooks/supervision", "/desk/playbooks/mediation"),
}
# downloads and parts that a page's script asks for
FILES: dict[str, Visits] = {
    "desk-projects-sheet": _by("ducha", "/desk/projects.csv", "/desk/projects.xlsx"),
    "desk-projects-meeting-file": _by("ducha", "/desk/projects/meeting.docx", "/desk/projects/meeting.xlsx"),
    "second-factor-code": _by("fuhe", "/desk/me/second-factor.svg"),
    "blank-sheet": _by("ducha", "/desk/first-hour/blank/promises.xlsx"),
    "returned-sheet": _by("ducha", "/desk/first-hour/{list}/returned.xlsx")
    + _by("guanli", "/desk/first-hour/{people}/returned.xlsx"),
    "directory-sheet": _by(
        "guanli", *(f"/desk/directory/{what}.{kind}" for what in ("units", "posts", "appointments") for kind in ("csv", "xlsx"))
    ),
    "intake-batches": _by("fuhe", "/desk/intake/batches.csv", "/desk/intake/batches.xlsx"),
    "intake-files": _by("fuhe", "/desk/intake/{batch}/files.csv", "/desk/intake/{batch}/files.xlsx"),
    "intake-now": _by("fuhe", "/desk/intake/{batch}/now"),
    "review-sheet": _by("fuhe", "/desk/review/list.csv", "/desk/review/list.xlsx", "/desk/review/list.csv?state=refused"),
    "desk-documents-sheet": _by("fuhe", "/desk/documents.csv", "/desk/documents.xlsx"),
    "desk-document-against-sheet": _by(
        "ducha", *(f"/desk/documents/{{roads paper}}/against/{{paper}}.{kind}" for kind in ("csv", "xlsx"))
    ),
    "desk-promises-sheet": _by("ducha", "/desk/promises.csv", "/desk/promises.xlsx"),
    "desk-month-blank": _by("zhujian", "/desk/promises/month/blank.xlsx"),
    "desk-month-returned": _by("zhujian", "/desk/promises/month/{month}/returned.xlsx"),
    "leader-file": _by("quzhang", "/desk/leader.docx", "/desk/leader.xlsx"),
    "leader-list-file": _by("quzhang", "/desk/leader/list.csv", "/desk/leader/list.xlsx"),
    "evidence-shown": _by("shenji", "/desk/evidence/{evidence}/shown"),
    "evidence-small": _by("shenji", "/desk/evidence/{evidence}/small"),
    "upload": (),
    "desk-case-word": _by("ducha", "/desk/cases/{slip}.docx"),
    "desk-case-pdf": (),  # there are machines that cannot set it
    "desk-cases-sheet": _by("ducha", "/desk/cases.csv", "/desk/cases.xlsx"),
    "desk-playbook-drawing": _by("ducha", "/desk/playbooks/supervision.svg"),
    "desk-playbook-bpmn": _by("ducha", "/desk/playbooks/supervision.bpmn"),
}  # fmt: skip
# pages that this district cannot show, and the journey that looks at them
ELSEWHERE = {
    "found-district": "tests/journeys/test_first_hour.py",
    "desk-cases-bulk-done": "tests/journeys/test_case_lists.py",
    "desk-document-second": "tests/desk/test_documents_pages.py",  # only where a second reader is set
    "desk-rules-new": "tests/journeys/test_case_lists.py",
    "desk-project": "tests/journeys/test_projects.py",
    "desk-projects-sheet-columns": "tests/areas/projects/test_sheet_pages.py",
    "desk-projects-sheet-preview": "tests/areas/projects/test_sheet_pages.py",
    "desk-projects-sheet-returned": "tests/areas/projects/test_sheet_pages.py",
    "desk-projects-statistics-columns": "tests/journeys/test_project_office.py",
    "desk-projects-statistics-preview": "tests/journeys/test_project_office.py",
    "desk-projects-statistics-returned": "tests/areas/projects/test_statistics_pages.py",
    "desk-project-library": "tests/journeys/test_project_office.py",
    "desk-project-library-leave": "tests/journeys/test_project_office.py",
    "desk-project-explain": "tests/journeys/test_project_office.py",
    "desk-project-confidence": "tests/journeys/test_project_office.py",
    "desk-project-correct": "tests/journeys/test_project_office.py",
    "desk-project-quote": "tests/journeys/test_project_office.py",
    "desk-project-fill": "tests/journeys/test_projects.py",
    "desk-project-sign": "tests/journeys/test_projects.py",
    "desk-project-links": "tests/journeys/test_projects.py",
    "desk-project-link-give": "tests/journeys/test_projects.py",
    "project-link": "tests/journeys/test_projects.py",
    "projects-hang": "tests/journeys/test_wall.py",
    "projects-hung": "tests/journeys/test_wall.py",
    "project-by-link": "tests/journeys/test_projects.py",
    "project-photo-by-link": "tests/areas/projects/test_link_form.py",
    "desk-project-visit": "tests/journeys/test_projects.py",
    "desk-project-leader": "tests/journeys/test_projects.py",
    "desk-project-stage": "tests/journeys/test_project_year.py",
    "desk-project-plan": "tests/journeys/test_project_year.py",
    "second-step": "tests/journeys/test_accounts.py",
    "outer-log-in": "tests/journeys/test_accounts.py",
    "outer-back": "tests/journeys/test_accounts.py",
    "outer-out": "tests/journeys/test_accounts.py",
}
PUBLIC = (
    "/", "/?state=overdue", "/c/{背街小巷}", "/c/{报完}", "/c/{不办}", "/d/", "/d/{paper}", "/d/{paper}?view=kept", "/g/",
    "/g/{unit}", "/g/{hostile unit}", "/search?q=口袋公园", "/data/", "/wrong/{背街小巷}", "/about", "/feed.atom",
    "/k/", "/k/?only=overdue", "/data/cases.csv", "/data/cases.xlsx",
    "/data/commitments.csv", "/data/commitments.xlsx", "/data/commitments.json", "/d/{paper}/kept", "/projects",
)  # fmt: skip


def address_of(form: str, desk: Desk) -> str:
    """An address with the ids of what there is."""
    for name, value in desk.made.items():
        form = form.replace(f"{{{name}}}", value)
    assert "{" not in form, form
    return form
