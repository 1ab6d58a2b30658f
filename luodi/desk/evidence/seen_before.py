"""Where a file that somebody hands in was handed in before, as the very same file or as a picture that looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.kernel.clocks.now import day_of
from luodi.kernel.commitments.models import Report, Verification
from luodi.kernel.evidence.judging import Judged
from luodi.kernel.evidence.resemblance import MOST, Match, matches_of, matches_of_upload
from luodi.kernel.files.models import KeptFile
from luodi.pages import days


@dataclass(frozen=True, slots=True)
class Seen:
    """``title`` and ``href`` lead to the promise it was handed in for, ``look`` to another picture that is like it."""

    words: str
    title: str
    href: str
    look: str = ""


def seen_before(raw: bytes, judged: Judged) -> list[Seen]:
    """Of a file that has just come in and belongs to nothing yet."""
    return _uses(matches_of_upload(raw, judged.picture.likeness if judged.picture else None), "")


def seen_elsewhere(kept: KeptFile, besides: str) -> list[Seen]:
    """Of kept evidence: where else it was used, the report or finding ``besides`` left out."""
    return _uses(matches_of(kept), besides)


def _uses(matches: Sequence[Match], besides: str) -> list[Seen]:
    """Two queries, however many matches; of each kind the newest."""
    if not matches:
        return []
    files = [match.file for match in matches]
    reports = Report.objects.filter(evidence__in=files).exclude(id=besides)
    findings = Verification.objects.filter(evidence__in=files).exclude(id=besides)
    uses: list[tuple[Report | Verification, Report]] = [
        (row, row)
        for row in reports.select_related("commitment", "unit_of").defer("note").order_by("-at")[:MOST]
    ]
    judged = (
        findings.order_by("-at")
        .select_related("report__commitment", "unit_of")
        .defer("reason", "report__note")[:MOST]
    )
    uses += [(row, row.report) for row in judged]
    order: dict[str | None, int] = {match.file: place for place, match in enumerate(matches)}
    uses.sort(key=lambda use: (order[use[0].evidence_id], use[0].at, use[0].id))
    return [_seen(matches[order[row.evidence_id]], row, report) for row, report in uses]


def _seen(match: Match, use: Report | Verification, report: Report) -> Seen:
    told = {"day": days.words(day_of(use.at)), "unit": use.unit_of.name}
    href = f"/desk/promises/{report.commitment_id}"
    if match.is_same:
        return Seen(gettext("同一份文件，%(unit)s%(day)s用过：") % told, report.commitment.title, href)
    words = gettext("很像%(unit)s%(day)s用过的一张照片，请比一比：") % told
    return Seen(words, report.commitment.title, href, f"/desk/evidence/{match.file}")
