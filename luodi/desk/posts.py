"""Choosing the post as which one acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from luodi.desk.doors import staff_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.desk.way_back import go_on
from luodi.kernel.accounts import actions
from luodi.kernel.refusal import Refusal


@staff_door
@require_http_methods(["GET", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    """``/desk/post``: which of the own posts; what is done from now on is done in its name."""
    presence = presence_of(request)
    if request.method == "POST":
        chosen = next((post for post in presence.posts if post.id == request.POST.get("post")), None)
        if chosen is None or presence.account is None:
            raise Refusal("post-not-held", "选的岗位不是您今天的岗位，没有换。请从自己的岗位里选。")
        actions.choose_post(presence.account, chosen)
        return go_on(request)
    return page(request, "desk/choose_post.html", next=request.GET.get("next", ""))
