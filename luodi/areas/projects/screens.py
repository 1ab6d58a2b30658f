"""What the area shows at the desk."""

from __future__ import annotations

from luodi.desk.areas import AreaPages, announce

announce(
    AreaPages(
        "projects", "重点项目", "luodi.areas.projects.desk.urls", ("office", "leader", "reporter", "verifier")
    )
)
