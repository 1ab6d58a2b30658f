"""``/desk/cases/new``: what kind of case; then its form, made of what its playbook asks and of who does and checks it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from luodi.desk.cases.answering import Sent, answered, check, faults_of, with_files
from luodi.desk.cases.fields import (
    Field,
    as_typed,
    fields_of,
    place_choices,
    post_choices,
    unit_choices,
    with_faults,
)
from luodi.desk.cases.move_form import secret_names
from luodi.desk.cases.one_case import BASE
from luodi.desk.cases.opening_rights import Opening, may_open, openings, require_opening, units_for
from luodi.desk.cases.subjects import Subject, ident_in, subject_of
from luodi.desk.doors import post_door
from luodi.desk.presence import Presence, presence_of
from luodi.desk.promises.act_form import SENT_TWICE
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark, was_sent
from luodi.desk.promises.typed import FaultShown
from luodi.desk.rendering import page
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases import actions
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.acts.opening import LONGEST_TITLE
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import Move
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import in_line
from luodi.kernel.register.models import Post


@dataclass(frozen=True, slots=True)
class Asked:
    """``subject`` and ``parent`` as the address or the form names them; ``None`` where there is none that may be seen."""

    opening: Opening
    subject: Subject | None
    parent: Case | None


@post_door
@require_safe
def kinds_page(request: HttpRequest) -> HttpResponse:
    """``/desk/cases/new``."""
    presence = presence_of(request)
    found = [(each, may_open(presence, each.move)) for each in openings()]
    query = request.GET.urlencode()
    return page(
        request,
        "desk/cases/kinds.html",
        here="cases",
        may=[each for each, is_open in found if is_open],
        may_not=[each for each, is_open in found if not is_open],
        query=f"?{query}" if query else "",
    )


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def opening_form(request: HttpRequest, kind: str, opening: str = "") -> HttpResponse:
    """``/desk/cases/new/<kind>`` and, where a kind has several beginnings, ``…/<opening>``."""
    presence = presence_of(request)
    of_kind = [each for each in openings() if each.kind.name == kind]
    chosen = next(
        (each for each in of_kind if each.move.name == opening or (not opening and each.is_only)), None
    )
    if chosen is None:
        if of_kind and not opening:
            return HttpResponseRedirect(f"{BASE}/new")
        raise Http404(gettext("没有这类事项，或者它不这样开头。"))
    require_opening(presence, chosen.move)
    asked = _asked(request, presence, chosen)
    if request.method == "POST":
        return _sent(request, presence, asked)
    return _shown(request, asked, _prefilled(_fields(presence, asked), asked))


def _asked(request: HttpRequest, presence: Presence, opening: Opening) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    key = opening.subject_key
    text = given.get(f"a-{key}" if request.method == "POST" else "subject", "") if key else ""
    parent = visible_to(presence.actor).filter(pk=given.get("parent", "")[:14], closed_at=None).first()
    return Asked(opening, subject_of(ident_in(text), presence.actor), parent)


def _fields(presence: Presence, asked: Asked) -> list[Field]:
    """What it is about first, then what every case has, then what else the playbook asks."""
    move, book = asked.opening.move, asked.opening.kind.newest
    asks = [
        _subject(each, asked) if each.key == asked.opening.subject_key else each
        for each in fields_of(move, secret=secret_names(book.kind))
    ]
    about = [each for each in asks if each.kind == "subject"]
    return [*about, *_own_fields(presence, move), *(each for each in asks if each.kind != "subject")]


def _own_fields(presence: Presence, move: Move) -> list[Field]:
    return [
        Field(
            "title",
            "title",
            gettext("名称"),
            "line",
            hint=gettext("一句话说清是什么事；不写人的姓名、电话"),
            longest=LONGEST_TITLE,
        ),
        Field(
            "unit", "unit", gettext("由哪个单位办"), "unit", groups=unit_choices(units_for(presence, move))
        ),
        Field(
            "post",
            "post",
            gettext("由哪个岗位办"),
            "post",
            is_needed=False,
            hint=gettext("要是上面那个单位的岗位；不选就由那个单位自己安排"),
            groups=post_choices(),
        ),
        Field(
            "verifier_unit",
            "verifier_unit",
            gettext("由哪个单位核查"),
            "unit",
            is_needed=False,
            hint=gettext("不能是办的单位，也不能是它的上下级；不选就由任何一个独立的核实单位来"),
            groups=unit_choices(),
        ),
        Field("place", "place", gettext("地点"), "place", is_needed=False, groups=place_choices()),
    ]


def _subject(each: Field, asked: Asked) -> Field:
    """The question what the case is about: settled where the address said it, else an id or an address to paste."""
    if asked.subject is None:
        hint = gettext("填那件承诺或事项的编号，或把它的网址贴过来")
        return replace(each, kind="subject", hint=hint, longest=300)
    shown = gettext("%(sort)s：%(title)s") % {"sort": asked.subject.sort, "title": asked.subject.title}
    return replace(
        each, kind="subject", value=asked.subject.ident, shown=shown, href=asked.subject.href, longest=300
    )


def _prefilled(fields: list[Field], asked: Asked) -> list[Field]:
    """What follows from the subject: a name and the unit that answers for it. All can be changed."""
    if asked.subject is None:
        return fields
    book, subject = asked.opening.kind.newest, asked.subject
    title = gettext("%(kind)s：%(title)s") % {"kind": book.label, "title": subject.title.rstrip("。")}
    given = {"title": title[:LONGEST_TITLE], "unit": subject.unit.id}
    return [
        replace(each, value=given[each.key])
        if each.key in given and (not each.groups or given[each.key] in each.allowed)
        else each
        for each in fields
    ]


def _sent(request: HttpRequest, presence: Presence, asked: Asked) -> HttpResponse:
    move, mark = asked.opening.move, mark_of(request)
    fields = _fields(presence, asked)
    typed, sent = fields, Sent()
    try:
        if was_sent(request, mark):
            raise AlreadySent
        sent = answered(request, fields)
        check(move, sent)
        _check_own(sent, asked)
        typed = with_files(as_typed(fields, request.POST, more=request.POST.get("more", "")), sent)
        if "more" in request.POST:
            return _shown(request, asked, typed)
        if sent.faults:
            if was_sent(request, mark):
                raise AlreadySent  # the first of two presses used up the files while this one looked for them
            return _refused(request, asked, typed, sent.faults)
        act = partial(_open, presence, asked, sent)
        # whoever opens two at once waits for himself: the second press then finds the mark of the first
        lock = Account.objects.filter(pk=presence.actor.account)
        row = once_by_mark(request, act, mark=mark, lock=lock)
    except AlreadySent:
        messages.success(request, gettext(SENT_TWICE))
        return HttpResponseRedirect(f"{BASE}/new")
    except Refusal as refusal:
        key = asked.opening.subject_key
        named = {"open-already": key, "wrong-subject": key, "bad-title": "title"}
        return _refused(request, asked, typed, faults_of(refusal, fields, named), refusal)
    sent.spend()
    messages.success(request, gettext("立好了，编号%(number)s。") % {"number": row.number})
    return HttpResponseRedirect(f"{BASE}/{row.id}")


def _check_own(sent: Sent, asked: Asked) -> None:
    """What no playbook asks but every case needs: a name, who does it, and that whoever checks is another."""
    given, faults = sent.answers, sent.faults
    key = asked.opening.subject_key
    if not given.get("title"):
        faults["title"] = gettext("“名称”没有填")
    if not given.get("unit") and "unit" not in faults:
        faults["unit"] = gettext("“由哪个单位办”没有选")
    if given.get("post") and given.get("unit"):
        unit = Post.objects.filter(pk=given["post"]).values_list("unit_id", flat=True).first()
        if unit != given["unit"]:
            faults["post"] = gettext("这个岗位不是上面那个单位的。请选那个单位的岗位，或者不选。")
    if given.get("verifier_unit") and given.get("unit") and in_line(given["verifier_unit"], given["unit"]):
        faults["verifier_unit"] = gettext(
            "核查的单位就是办的单位，或者和它是上下级，将来核查不了。请换一个，或者不选。"
        )
    if key and given.get(key) and (asked.subject is None or not asked.opening.is_about(given[key])):
        faults[key] = gettext("没有这个编号的承诺或事项，或者您的岗位看不到它。请核对后再填。")


def _open(presence: Presence, asked: Asked, sent: Sent) -> Case:
    given = sent.answers
    names = {ask.name for ask in asked.opening.move.asks}
    return actions.open_case(
        asked.opening.kind.name,
        by=presence.actor,
        move=asked.opening.move.name,
        title=given["title"],
        unit=given["unit"],
        post=given["post"] or None,
        verifier_unit=given["verifier_unit"] or None,
        place=given["place"] or None,
        parent=asked.parent,
        answers={name: value for name, value in given.items() if name in names},
    )


def _refused(
    request: HttpRequest,
    asked: Asked,
    typed: list[Field],
    faults: dict[str, str],
    refusal: Refusal | None = None,
) -> HttpResponse:
    fields = with_faults(typed, faults)
    listed = [FaultShown(each.fault, each.name) for each in fields if each.fault]
    if refusal is not None and not listed:
        listed = [FaultShown(refusal.message)]
    return _shown(request, asked, fields, faults=listed, status=422)


def _shown(
    request: HttpRequest,
    asked: Asked,
    fields: list[Field],
    *,
    faults: list[FaultShown] | None = None,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "desk/cases/open.html",
        status=status,
        here="cases",
        opening=asked.opening,
        book=asked.opening.kind.newest,
        parent=asked.parent,
        fields=fields,
        has_files=any(each.kind == "file" for each in fields),
        faults=faults or [],
        key=new_key(),
    )
