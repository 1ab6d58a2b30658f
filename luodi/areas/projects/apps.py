"""Django's handle on this area."""

from luodi.areas.projects import sheet_columns, statistics_sheet
from luodi.areas.projects.decision_playbook import PLAYBOOK as DECISION
from luodi.kernel.cases.area import AreaConfig
from luodi.kernel.register.link_kinds import LinkKind, declare


class ProjectsConfig(AreaConfig):
    """Label luodi_projects."""

    name = "luodi.areas.projects"
    label = "luodi_projects"

    def ready(self) -> None:
        """Enter bottlenecks as a kind of case, what is due beside cases, how projects are tied to promises and papers."""
        super().ready()
        # models can be imported only once the apps are known
        from luodi.areas.projects.due_items import LABELS
        from luodi.areas.projects.models import MeetingDecision
        from luodi.kernel.cases.registry import name_due, register

        register([DECISION], MeetingDecision)
        sheet_columns.enter_columns()
        statistics_sheet.enter_columns()
        for kind, label in LABELS.items():
            name_due(kind, label)
        declare(LinkKind("delivers", "落实", "由它落实", "j", "c"))
        declare(LinkKind("named_in", "见于", "提到", "j", "ds"))
        declare(LinkKind("follows", "承接", "后面是", "j", "j"))
