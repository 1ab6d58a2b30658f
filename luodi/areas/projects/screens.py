"""What the area shows at the desk and to the public."""

from __future__ import annotations

from luodi.areas.projects.indicators import LEVELS
from luodi.areas.projects.public.words import EVENTS, LABELS
from luodi.desk.areas import AreaPages, announce
from luodi.portal.areas import PublicArea, announce_public

announce(
    AreaPages(
        "projects",
        "重点项目",
        "luodi.areas.projects.desk.urls",
        ("office", "leader", "reporter", "verifier"),
        letters="p",
        subjects="luodi.areas.projects.desk.subjects",
        remarks="luodi.areas.projects.desk.remarks",
        ties="luodi.areas.projects.desk.tied",
    )
)
announce_public(
    PublicArea(
        name="projects",
        word="重点项目",
        urls="luodi.areas.projects.public.urls",
        rows="luodi.areas.projects.public.rows",
        letters="jp",
        event_words=EVENTS,
        labels=LABELS,
        codes={"levels": LEVELS},
        figures={"monthlyreport": ("physical_percent", "%")},
        downloads=("csv", "xlsx"),
        documents="luodi.areas.projects.public.in_documents",
    )
)
