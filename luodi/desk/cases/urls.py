"""Addresses of one case and of opening one, below /desk/. Those of lists come before them."""

from __future__ import annotations

from django.urls import path

from luodi.desk.cases import case_page, move_form, opening_form, papers_out, print_page, signing, unmask_page

urlpatterns = [
    path("cases/new", opening_form.kinds_page, name="desk-case-kinds"),
    path("cases/new/<str:kind>", opening_form.opening_form, name="desk-case-new"),
    path("cases/new/<str:kind>/<str:opening>", opening_form.opening_form, name="desk-case-begin"),
    path("cases/<str:ident>.docx", papers_out.word_page, name="desk-case-word"),
    path("cases/<str:ident>.pdf", papers_out.pdf_page, name="desk-case-pdf"),
    path("cases/<str:ident>", case_page.case_page, name="desk-case"),
    path("cases/<str:ident>/print", print_page.print_page, name="desk-case-print"),
    path("cases/<str:ident>/sign/<str:step>", signing.signing, name="desk-case-sign"),
    path("cases/<str:ident>/unmask/<str:field>", unmask_page.unmask_page, name="desk-case-unmask"),
    path("cases/<str:ident>/<str:name>", move_form.move_form, name="desk-case-move"),
]
