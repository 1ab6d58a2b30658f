"""Django's handle on this part."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Label luodi_documents."""

    name = "luodi.kernel.documents"
    label = "luodi_documents"

    def ready(self) -> None:
        """Tell the index where its texts of sources and statements come from, and the worker how documents are taken in."""
        from luodi.kernel.documents.intake_kind import INTAKE
        from luodi.kernel.documents.lookups import source_texts, statement_texts
        from luodi.kernel.jobs import kinds
        from luodi.kernel.search.texts import register

        kinds.register(INTAKE)
        register("d", source_texts)
        register("s", statement_texts)
