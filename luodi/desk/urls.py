"""Addresses of the staff screens, below /desk/."""

from __future__ import annotations

from django.urls import include, path

from luodi.desk import accounts, coming_in, home, mine, one_time_links, posts

urlpatterns = [
    path("", home.home, name="desk"),
    path("", include("luodi.desk.first_hour.urls")),
    path("login", coming_in.log_in, name="log-in"),
    path("second-factor", coming_in.second_step, name="second-step"),
    path("logout", coming_in.log_out, name="log-out"),
    path("link/<str:token>", one_time_links.follow_link, name="follow-link"),
    path("link", one_time_links.use_link, name="use-link"),
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
    path("accounts/<str:account>/link", accounts.give_link, name="give-link"),
    path("accounts/<str:account>/second-factor", accounts.remove_second_factor, name="remove-second-factor"),
]
