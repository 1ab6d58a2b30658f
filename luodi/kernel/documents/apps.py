"""Django's handle on this part."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Label luodi_documents."""

    name = "luodi.kernel.documents"
    label = "luodi_documents"
