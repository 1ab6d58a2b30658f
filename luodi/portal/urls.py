"""The public addresses. No titles, names or numbers of people ever stand in them."""

from django.urls import path

from luodi.portal.about_page import about_page
from luodi.portal.against_page import against_file, against_page
from luodi.portal.areas import area_patterns
from luodi.portal.board_page import board_page
from luodi.portal.case_feed import case_feed
from luodi.portal.case_page import case_page
from luodi.portal.cases_page import cases_file, cases_page
from luodi.portal.document_page import documents_page, kept_bytes, one_document, one_statement
from luodi.portal.downloads import commitments_file, data_page
from luodi.portal.event_page import event_page
from luodi.portal.evidence_file import evidence_file
from luodi.portal.feed import feed
from luodi.portal.log_files import log_file
from luodi.portal.promise_page import promise_page
from luodi.portal.proof_file import proof_file
from luodi.portal.register_page import register_page, registered_page
from luodi.portal.search_page import search_page
from luodi.portal.wrong import wrong_page

urlpatterns = [
    path("", board_page, name="board"),
    path("c/<slug:ident>", promise_page, name="promise"),
    path("d/", documents_page, name="documents"),
    path("d/<slug:ident>", one_document, name="document"),
    path("d/<slug:ident>/kept", kept_bytes, name="kept"),
    path("d/<slug:later>/against/<slug:earlier>", against_page, name="against"),
    path("d/<slug:later>/against/<slug:earlier>.<slug:kind>", against_file, name="against-file"),
    path("s/<slug:ident>", one_statement, name="statement"),
    path("f/<slug:ident>", evidence_file, name="evidence-file"),
    path("e/<slug:event_id>", event_page, name="event"),
    path("g/", register_page, name="register"),
    path("g/<slug:ident>", registered_page, name="registered"),
    path("k/", cases_page, name="cases"),
    path("k/<slug:ident>", case_page, name="case"),
    path("search", search_page, name="search"),
    path("proof/<slug:event_id>.json", proof_file, name="proof"),
    path("log/<path:path>", log_file, name="log"),
    path("data/", data_page, name="data"),
    path("data/commitments.<slug:kind>", commitments_file, name="commitments"),
    path("data/cases.<slug:kind>", cases_file, name="cases-file"),
    path("feed.atom", feed, name="feed"),
    path("cases.atom", case_feed, name="case-feed"),
    path("about", about_page, name="about"),
    path("wrong/<slug:ident>", wrong_page, name="wrong"),
    *area_patterns(),
]
