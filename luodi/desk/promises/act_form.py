"""The skeleton of every small form: shown, refused with what was typed kept, taken once, or overtaken by somebody else.

A form says what it is called, which fields it has, and what it does; who may, whether it still may, and that nothing is done
twice is seen to here. Views write nothing: ``act`` calls the actions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import role_door
from luodi.desk.evidence.given import Given, evidence_given
from luodi.desk.promises.act_words import WORDS, says
from luodi.desk.promises.history import told_of
from luodi.desk.promises.may_be_done import why_not
from luodi.desk.promises.one_promise import OnePromise, one_promise
from luodi.desk.promises.sent_once import AlreadySent, Overtaken, mark_of, new_key, once, was_sent
from luodi.desk.promises.typed import FaultShown, Typed, fault_of, kept_words, typed_in
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import now
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.refusal import Refusal

View = Callable[..., HttpResponse]
SENT_TWICE = gettext_noop("这一张刚才已经记下了，没有再记一次。")


class ActForm(ABC):
    """One act. ``template`` fills the block ``fields`` of ``act.html``; ``labels`` name the fields for people."""

    name: str
    roles: tuple[str, ...]
    template: str
    fields: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    labels: dict[str, str] = {}  # noqa: RUF012 (each form states its own)
    has_evidence = False

    def start(self, one: OnePromise, request: HttpRequest) -> Typed:  # noqa: ARG002
        """What stands in the fields before anybody typed."""
        return Typed()

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        """What the template needs besides."""
        return {}

    def also_locked(self, typed: Typed) -> list[str]:  # noqa: ARG002
        """Further promises that the act changes."""
        return []

    @abstractmethod
    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
        """Do it; what to tell the person. Raises ``Refusal``."""


def act_page(form: ActForm) -> View:
    """The view of a form, below ``/desk/promises/<id>/``."""

    def view(request: HttpRequest, ident: str) -> HttpResponse:
        one = one_promise(request, ident)
        if request.method != "POST":
            if why := why_not(one, form.name):
                raise Refusal("not-now", why)
            return _shown(request, form, one, form.start(one, request))
        return _sent(request, form, one)

    view.__name__ = view.__qualname__ = f"act_{form.name.replace('-', '_')}"
    view.__doc__ = f"``/desk/promises/<id>/{form.name}``."
    return role_door(*form.roles)(require_http_methods(["GET", "HEAD", "POST"])(view))


def _sent(request: HttpRequest, form: ActForm, one: OnePromise) -> HttpResponse:
    typed, mark = typed_in(request.POST, form.fields, form.many), mark_of(request)
    given: Given | None = None
    try:
        if was_sent(request, mark):
            raise AlreadySent  # before the file is looked for: the first of two presses has used it up
        given = _evidence(request) if form.has_evidence else None
        if "again" in request.POST:
            # from the page that told of a change in between: the same words, over the promise as it is now
            return _shown(request, form, one, typed, given=given)
        told = once(
            request,
            one.row.id,
            partial(_done, form, one, typed, given.upload() if given is not None else None),
            version=request.POST.get("version", "")[:14],
            mark=mark,
            also=form.also_locked(typed),
        )
    except AlreadySent:
        told = gettext(SENT_TWICE)
    except Overtaken as overtaken:
        return _overtaken(request, form, typed, given, overtaken)
    except Refusal as refusal:
        if not was_sent(request, mark):
            fault = fault_of(refusal, (*form.fields, "evidence"))
            return _shown(request, form, one, typed, given=given, faults=[fault], status=422)
        told = gettext(
            SENT_TWICE
        )  # the first of two presses got there while this one was looking for its file
    if given is not None:
        given.spend()
    messages.success(request, told)
    return HttpResponseRedirect(one.href)


def _evidence(request: HttpRequest) -> Given | None:
    """The photo taken on the spot, or the file chosen: one of them. Raises ``Refusal``."""
    photo, file = evidence_given(request, "photo"), evidence_given(request, "evidence")
    if photo is not None and file is not None:
        raise Refusal("two-files", "拍的照片和选的文件只能附一份。请去掉一份再记；几张照片可以拼成一份文件。")
    return photo or file


def _done(form: ActForm, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:
    if why := why_not(one, form.name):
        raise Refusal("not-now", why)
    return form.act(one, typed, evidence)


def _shown(
    request: HttpRequest,
    form: ActForm,
    one: OnePromise,
    typed: Typed,
    *,
    given: Given | None = None,
    faults: list[FaultShown] | None = None,
    status: int = 200,
) -> HttpResponse:
    told, after = says(one, form.name)
    return page(
        request,
        form.template,
        status=status,
        here="promises",
        one=one,
        commitment=one.row,
        act=form,
        word=gettext(WORDS[form.name]),
        says=told,
        after=after,
        typed=typed.texts,
        given=given,
        faults=faults or [],
        fault_at={fault.field: fault.words for fault in faults or () if fault.field},
        version=one.version,
        key=new_key(),
        today=one.day,
        **form.context(one, typed, request),
    )


def _overtaken(
    request: HttpRequest, form: ActForm, typed: Typed, given: Given | None, overtaken: Overtaken
) -> HttpResponse:
    """What the other did, what is kept, one button onward."""
    one = one_promise(request, request.resolver_match.kwargs["ident"])  # type: ignore[union-attr]
    own = one.reach.actor.account
    return page(
        request,
        "desk/promises/overtaken.html",
        status=409,
        here="promises",
        one=one,
        commitment=one.row,
        act=form,
        word=gettext(WORDS[form.name]),
        moments=told_of(one, overtaken.events),
        by_self=all(event.account == own for event in overtaken.events),
        kept=kept_words(typed, form.labels, given.name if given else ""),
        hidden=[
            *typed.texts.items(),
            *((name, text) for name, texts in typed.many.items() for text in texts),
        ],
        given=given,
        seen_version=request.POST.get("version", "")[:14],
        moment=now(),
        why_not=why_not(one, form.name),
    )
