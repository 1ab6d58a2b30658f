"""Django's handle on this part."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label luodi_jobs."""

    name = "luodi.kernel.jobs"
    label = "luodi_jobs"
