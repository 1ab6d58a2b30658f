"""Every way in which a commitment changes. One function, one change, one event; nothing else writes its rows."""

from __future__ import annotations

from luodi.kernel.commitments.acts.adoption import adopt, enter_from_sheet, undo_adoption
from luodi.kernel.commitments.acts.correction import correct
from luodi.kernel.commitments.acts.from_sheet import SheetRow, enter_many_from_sheet
from luodi.kernel.commitments.acts.ground import Upload
from luodi.kernel.commitments.acts.joining import (
    link_statement,
    merge,
    note_silence,
    unlink_statement,
    unmerge,
)
from luodi.kernel.commitments.acts.objecting import answer_objection, object_to
from luodi.kernel.commitments.acts.plan import carry_over, change_target, drop, restore
from luodi.kernel.commitments.acts.reporting import Progress, report_done, report_many, report_progress
from luodi.kernel.commitments.acts.turning import rebuild, tick
from luodi.kernel.commitments.acts.verifying import reopen, send_back, verify
from luodi.kernel.commitments.goals import Goal

__all__ = [
    "Goal",
    "Progress",
    "SheetRow",
    "Upload",
    "adopt",
    "answer_objection",
    "carry_over",
    "change_target",
    "correct",
    "drop",
    "enter_from_sheet",
    "enter_many_from_sheet",
    "link_statement",
    "merge",
    "note_silence",
    "object_to",
    "rebuild",
    "reopen",
    "report_done",
    "report_many",
    "report_progress",
    "restore",
    "send_back",
    "tick",
    "undo_adoption",
    "unlink_statement",
    "unmerge",
    "verify",
]
