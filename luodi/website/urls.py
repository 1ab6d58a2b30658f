"""Addresses: the public pages and the desk, as far as this process serves them."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("luodi.pages.urls"))]
if "public" in settings.CONFIGURATION.surfaces:
    urlpatterns.append(path("", include("luodi.portal.urls")))
if "desk" in settings.CONFIGURATION.surfaces:
    urlpatterns.append(path("desk/", include("luodi.desk.urls")))

handler403 = "luodi.pages.errors.forbidden"
handler404 = "luodi.pages.errors.not_found"
handler500 = "luodi.pages.errors.broken"
