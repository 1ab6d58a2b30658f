"""What became of a statement that was judged: the machine's reading and what stands in its place, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kernel.commitments.models import Commitment, Said, Target
from luodi.kernel.documents.models import Judgement, StatementKey
from luodi.kernel.register.models import Post
from luodi.kernel.review.models import Correction
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class Spoken:
    """A commitment that the statement made or speaks of, with the target first adopted."""

    role: str
    commitment: Commitment
    target: Target


@dataclass(frozen=True, slots=True)
class Was:
    """The latest judgement, by which post; the commitments; the corrections in force."""

    judgement: Judgement | None
    words: str
    by: str
    commitments: tuple[Spoken, ...]
    corrections: tuple[Correction, ...]


def was(statement: StatementKey) -> Was:
    """What became of a statement; at most five queries."""
    judgement = Judgement.objects.filter(statement=statement).order_by("id").last()
    post = Post.objects.select_related("unit").filter(pk=judgement.post).first() if judgement else None
    links = Said.objects.filter(statement=statement, undone=False).select_related(
        "commitment__lead_unit", "commitment__leader_post__unit"
    )
    rows = list(links.order_by("id"))
    first = {
        target.commitment_id: target
        for target in Target.objects.filter(commitment__in=[row.commitment_id for row in rows]).order_by(
            "-version"
        )
    }
    corrections = Correction.objects.filter(statement=statement, undone=False).order_by("id")
    return Was(
        judgement=judgement,
        words=statement.get_state_display(),
        by=post_name(post),
        commitments=tuple(Spoken(row.role, row.commitment, first[row.commitment_id]) for row in rows),
        corrections=tuple(corrections),
    )
