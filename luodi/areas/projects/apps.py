"""Django's handle on this area."""

from luodi.areas.projects.sheet_columns import enter_columns
from luodi.kernel.cases.area import AreaConfig
from luodi.kernel.register.link_kinds import LinkKind, declare


class ProjectsConfig(AreaConfig):
    """Label luodi_projects."""

    name = "luodi.areas.projects"
    label = "luodi_projects"

    def ready(self) -> None:
        """Enter bottlenecks as a kind of case, and how projects are tied to promises and papers."""
        super().ready()
        enter_columns()
        declare(LinkKind("delivers", "落实", "由它落实", "j", "c"))
        declare(LinkKind("named_in", "见于", "提到", "j", "ds"))
        declare(LinkKind("follows", "承接", "后面是", "j", "j"))
