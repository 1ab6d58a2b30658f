"""Addresses of the staff screens, below /desk/."""

from __future__ import annotations

from django.urls import include, path

from luodi.desk import (
    account_page,
    accounts,
    coming_in,
    home,
    leaving,
    mine,
    one_time_links,
    outer_log_in,
    posts,
)

urlpatterns = [
    path("", home.home, name="desk"),
    path("", include("luodi.desk.first_hour.urls")),
    path("", include("luodi.desk.intake.urls")),
    path("", include("luodi.desk.review.urls")),
    path("", include("luodi.desk.promises.urls")),
    path("", include("luodi.desk.directory.urls")),
    path("", include("luodi.desk.leading.urls")),
    path("", include("luodi.desk.evidence.urls")),
    path("login", coming_in.log_in, name="log-in"),
    path("login/as", coming_in.log_in_as, name="log-in-as"),
    path("outer", outer_log_in.go, name="outer-log-in"),
    path("outer/back", outer_log_in.back, name="outer-back"),
    path("outer/out", outer_log_in.out, name="outer-out"),
    path("second-factor", coming_in.second_step, name="second-step"),
    path("logout", coming_in.log_out, name="log-out"),
    path("logged-out", coming_in.logged_out, name="logged-out"),
    path("link/<str:token>", one_time_links.follow_link, name="follow-link"),
    path("link", one_time_links.use_link, name="use-link"),
    path("bind/<str:token>", one_time_links.follow_binding, name="follow-binding"),
    path("bind", one_time_links.use_binding, name="use-binding"),
    path("post", posts.choose_post, name="choose-post"),
    path("hand-over/<str:appointment>", home.sign, name="sign-hand-over"),
    path("me", mine.overview, name="me"),
    path("me/password", mine.change_password, name="change-password"),
    path("me/second-factor", mine.turn_on, name="second-factor-on"),
    path("me/second-factor.svg", mine.qr_code, name="second-factor-code"),
    path("me/second-factor/off", mine.turn_off, name="second-factor-off"),
    path("me/recovery-codes", mine.renew_codes, name="recovery-codes"),
    path("me/session/<str:session>/end", mine.end_session, name="end-session"),
    path("accounts", accounts.listed, name="accounts"),
    path("accounts/<str:account>", account_page.account_page, name="account"),
    path("accounts/<str:account>/link", account_page.give_link, name="give-link"),
    path("accounts/<str:account>/bind", account_page.give_binding, name="give-binding"),
    path("accounts/<str:account>/unbind", account_page.unbind, name="unbind"),
    path(
        "accounts/<str:account>/second-factor", account_page.remove_second_factor, name="remove-second-factor"
    ),
    path("accounts/<str:account>/sessions/end", account_page.end_sessions, name="end-sessions-of"),
    path("accounts/<str:account>/reopen", account_page.reopen, name="reopen-account"),
    path("accounts/<str:account>/leave", leaving.leaving, name="leave"),
]
