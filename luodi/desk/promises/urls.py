"""Addresses of commitments, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.desk.promises import joining, list_page, month_page, objections, promise_page
from luodi.desk.promises.act_form import ActForm, act_page
from luodi.desk.promises.correcting import CorrectForm
from luodi.desk.promises.judging import ReopenForm, SendBackForm, VerifyForm
from luodi.desk.promises.planning import (
    CarryOverForm,
    DropForm,
    RestoreForm,
    TargetForm,
    UndoAdoptionForm,
)
from luodi.desk.promises.reporting import DoneForm, ReportForm

FORMS: tuple[ActForm, ...] = (
    ReportForm(),
    DoneForm(),
    VerifyForm(),
    SendBackForm(),
    ReopenForm(),
    TargetForm(),
    CorrectForm(),
    CarryOverForm(),
    joining.MergeForm(),
    joining.UnmergeForm(),
    joining.SilenceForm(),
    DropForm(),
    RestoreForm(),
    UndoAdoptionForm(),
)

urlpatterns = [
    path("promises", list_page.promises, name="desk-promises"),
    re_path(r"^promises\.(?P<kind>csv|xlsx)$", list_page.sheet, name="desk-promises-sheet"),
    path("promises/print", list_page.printed, name="desk-promises-print"),
    path("promises/wrong", objections.listed, name="desk-objections"),
    path("promises/wrong/<str:objection>", objections.answer, name="desk-answer-objection"),
    path("promises/month", month_page.overview, name="desk-month"),
    path("promises/month/blank.xlsx", month_page.blank, name="desk-month-blank"),
    path("promises/month/send", month_page.send, name="desk-month-send"),
    path("promises/month/<str:token>", month_page.preview, name="desk-month-preview"),
    path("promises/month/<str:token>/columns", month_page.columns, name="desk-month-columns"),
    path("promises/month/<str:token>/enter", month_page.enter_rows, name="desk-month-enter"),
    path("promises/month/<str:token>/returned.xlsx", month_page.returned, name="desk-month-returned"),
    path("promises/month/<str:token>/drop", month_page.drop, name="desk-month-drop"),
    path("promises/<str:ident>", promise_page.promise, name="desk-promise"),
    *(
        path(f"promises/<str:ident>/{form.name}", act_page(form), name=f"desk-promise-{form.name}")
        for form in FORMS
    ),
    path("promises/<str:ident>/unsilence", joining.unsilence, name="desk-promise-unsilence"),
]
