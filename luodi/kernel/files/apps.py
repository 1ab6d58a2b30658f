"""Django's handle on this part."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Label luodi_files."""

    name = "luodi.kernel.files"
    label = "luodi_files"
