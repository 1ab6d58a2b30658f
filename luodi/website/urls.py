"""Addresses: the interface for programs, the public pages and the desk, as far as this process serves them."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from luodi.portal.calendar import calendar

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luodi.pages.urls")),
    path("api/", include("luodi.api.urls")),
]
if "public" in settings.CONFIGURATION.surfaces:
    urlpatterns.append(path("", include("luodi.portal.urls")))
if "desk" in settings.CONFIGURATION.surfaces:
    urlpatterns.append(path("desk/", include("luodi.desk.urls")))
    urlpatterns.append(path("calendar/<str:key>.ics", calendar, name="calendar"))

handler400 = "luodi.pages.errors.not_taken"
handler403 = "luodi.pages.errors.forbidden"
handler404 = "luodi.pages.errors.not_found"
handler500 = "luodi.pages.errors.broken"
