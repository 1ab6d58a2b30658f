"""Django's handle on this part."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Label luodi_documents."""

    name = "luodi.kernel.documents"
    label = "luodi_documents"

    def ready(self) -> None:
        """Tell the index where its texts of sources and statements come from."""
        from luodi.kernel.documents.lookups import source_texts, statement_texts
        from luodi.kernel.search.texts import register

        register("d", source_texts)
        register("s", statement_texts)
