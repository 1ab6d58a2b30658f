"""``/desk/directory/suggest``: names for a field while somebody types. A help only: what is typed is read again when sent."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from luodi.desk.directory.reach import ROLES
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.kernel.accounts.access import visible_people
from luodi.kernel.register.finding import units_called
from luodi.kernel.register.models import Post

MOST = 10


@role_door(*ROLES)
@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """``of=unit|post|person`` and ``q``, posted, since they may name a person: at most ten names."""
    presence = presence_of(request)
    words = request.POST.get("q", "").replace("\0", "").strip()[:60]
    found: list[str] = []
    if words and request.POST.get("of") == "unit":
        rows = units_called(words).filter(closed_on__isnull=True).order_by("id")
        found = [unit.name for unit in rows[:MOST]]
    elif words and request.POST.get("of") == "post":
        posts = Post.objects.filter(closed_on__isnull=True).select_related("unit").order_by("id")
        near = (
            Q(title__icontains=words) | Q(unit__name__icontains=words) | Q(unit__short_name__icontains=words)
        )
        found = [f"{post.unit.name}{post.title}" for post in posts.filter(near)[:MOST]]
    elif words and request.POST.get("of") == "person":
        people = visible_people(presence.actor).filter(name__icontains=words, erased_on__isnull=True)
        found = [
            name for name in people.values_list("name", flat=True).distinct().order_by("name")[:MOST] if name
        ]
    answer = JsonResponse({"names": list(dict.fromkeys(found))}, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "no-store"
    return answer
