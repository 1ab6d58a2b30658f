"""Django's handle on this part."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Label luodi_review."""

    name = "luodi.kernel.review"
    label = "luodi_review"
