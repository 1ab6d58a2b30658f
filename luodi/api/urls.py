"""Addresses of the interface, below /api/; what is none of them is said to be none in the one shape."""

from django.urls import path, re_path

from luodi.api.description import docs, openapi
from luodi.api.interface import interface
from luodi.api.nothing_here import nothing_here

urlpatterns = [
    path("v1/openapi.json", openapi, name="api-description"),
    path("v1/docs", docs, name="api-docs"),
    path("v1/", interface.urls),
    re_path(r"^.*", nothing_here, name="api-nothing"),
]
