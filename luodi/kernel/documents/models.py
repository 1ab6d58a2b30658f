"""Kept sources, the statements read from them by each reader version, and what people judged of them."""

from __future__ import annotations

from django.db import models

from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy


class Source(LedgerRow):
    """A document as kept. ``text`` is what the named decoder makes of the bytes; statement spans point into it.

    ``withdrawn_on`` is the day it was found gone from where it was published; the kept bytes stay. The name of the file as
    given, which may be personal, is ``file.name``.
    """

    LETTER = "d"
    PRIVACY = Privacy(
        public=(
            "id", "file", "title", "address", "kept_at", "encoding", "decoder", "published", "speaks_of", "region",
            "issuer", "speaker_post", "genre", "withdrawn_on", "text",
        ),
    )  # fmt: skip
    DERIVED = ("text",)

    file = models.OneToOneField(KeptFile, models.PROTECT, related_name="source")
    title = models.CharField(max_length=300, blank=True)
    address = models.TextField(blank=True)  # http or https; empty where it was handed in
    kept_at = models.DateTimeField()
    encoding = models.CharField(max_length=60)
    decoder = models.CharField(max_length=20)
    published = models.DateField(null=True)
    speaks_of = models.DateField(null=True)
    region = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    speaker_post = models.CharField(max_length=120, blank=True)
    genre = models.CharField(max_length=20, blank=True)
    withdrawn_on = models.DateField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_source"


class StatementKey(LedgerRow):
    """A place in a source where something is stated. ``key`` is a hash of source hash, start, end and kind, so every reader
    version that finds the same words names the same statement; people's judgements stay on it."""

    LETTER = "s"
    PRIVACY = Privacy(public=("id", "source", "key", "start", "end", "kind", "quote", "state"))
    KINDS = (("commitment", "承诺"), ("result", "成果"), ("status", "现状"))
    STATES = (
        ("unread", "待复核"),
        ("adopted", "已采纳"),
        ("refused", "不采纳"),
        ("merged", "已并入"),
        ("kept", "留作佐证"),
    )

    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    key = models.CharField(max_length=32, unique=True)
    start = models.IntegerField()
    end = models.IntegerField()
    kind = models.CharField(max_length=10, choices=KINDS)
    quote = models.TextField()
    state = models.CharField(max_length=10, choices=STATES, default="unread")

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_statement"
        indexes = [models.Index(fields=["source", "start"]), models.Index(fields=["state", "kind"])]


class Reading(LedgerRow):
    """What one reader version made of a statement. Never edited; a better reader writes a new one beside it.

    ``text`` is the repaired wording; ``place`` the district the whole page speaks of; ``score`` how sure the reader is that
    this can be checked, ``0.00`` to ``1.00``; the rules name what decided.
    """

    PRIVACY = Privacy(
        public=(
            "id", "statement", "reader", "text", "force", "object", "owner", "project", "place", "due_since", "due_until",
            "due_precision", "damaged", "score", "rule", "kind_rule", "owner_rule", "due_rule",
        ),
    )  # fmt: skip

    statement = models.ForeignKey(StatementKey, models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=40)
    text = models.TextField()
    force = models.CharField(max_length=12)
    object = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    project = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    due_since = models.DateField(null=True)
    due_until = models.DateField(null=True)
    due_precision = models.CharField(max_length=10, blank=True)
    damaged = models.BooleanField(default=False)
    score = models.CharField(max_length=6)
    rule = models.CharField(max_length=60)
    kind_rule = models.CharField(max_length=60, blank=True)
    owner_rule = models.CharField(max_length=60, blank=True)
    due_rule = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_reading"
        unique_together = (("statement", "reader"),)


class ReadFigure(LedgerRow):
    """A quantity in a reading, at ``start`` to ``end`` of the source text, from number to unit.

    ``number`` is a canonical decimal, expanded (7.5亿 is 750000000), of a percentage the percent number; ``end_of_range``
    is ``low`` or ``high`` for the two ends of a range; ``sort`` a float kept only for sorting.
    """

    PRIVACY = Privacy(
        public=(
            "id", "reading", "start", "end", "number", "unit", "approx", "change", "end_of_range", "rule", "sort",
        ),
    )  # fmt: skip
    DERIVED = ("sort",)

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="figures")
    start = models.IntegerField()
    end = models.IntegerField()
    number = models.TextField()
    unit = models.CharField(max_length=40)
    approx = models.CharField(max_length=10, blank=True)
    change = models.CharField(max_length=10, blank=True)
    end_of_range = models.CharField(max_length=4, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    sort = models.FloatField(null=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_figure"


class Judgement(LedgerRow):
    """What a person decided about a statement, and why. Reversible: undoing is a further judgement."""

    PRIVACY = Privacy(
        public=("id", "statement", "verdict", "at", "post"), internal=("reason",), personal=("reason",)
    )
    VERDICTS = (
        ("accept", "采纳"),
        ("correct", "改后采纳"),
        ("refuse", "不采纳"),
        ("merge", "并入"),
        ("keep", "留作佐证"),
        ("undo", "撤回"),
    )

    statement = models.ForeignKey(StatementKey, models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    at = models.DateTimeField()
    post = models.CharField(max_length=14, blank=True)
    reason = models.TextField(blank=True, null=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_judgement"


class Sighting(LedgerRow):
    """That ``source`` is another printing of ``first``, a later version of it, quotes it or was taken from it.

    ``share`` is how much of the text they have in common, ``0.00`` to ``1.00``. Proposed by the machine; nothing of either
    document is changed by it.
    """

    PRIVACY = Privacy(public=("id", "source", "first", "relation", "share", "at"))
    RELATIONS = (("same", "同一篇"), ("updated", "更新"), ("quotes", "引用"), ("quoted", "摘自"))

    source = models.ForeignKey(Source, models.PROTECT, related_name="sighted")
    first = models.ForeignKey(Source, models.PROTECT, related_name="sightings")
    relation = models.CharField(max_length=8, choices=RELATIONS)
    share = models.CharField(max_length=6)
    at = models.DateTimeField()

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_sighting"
        unique_together = (("source", "first"),)


class Sketch(models.Model):
    """What tells kindred texts apart without reading them again: DERIVED from the source's text, made anew at will."""

    PRIVACY = Privacy(internal=("source", "entries", "runs"))

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="sketch")
    entries = models.TextField()
    runs = models.IntegerField()

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_sketch"


class SketchBand(models.Model):
    """What kindred texts are looked up by: DERIVED, a few rows a sketch."""

    PRIVACY = Privacy(internal=("id", "source", "band"))

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    band = models.BigIntegerField(db_index=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_sketch_band"


class SecondSaid(LedgerRow):
    """What the second reader says of a statement where it and the rules do not agree: put before a person, never into a figure.

    ``differences`` are names of ``reading.second.agreement`` with commas between; ``only_rules``: the second reader does not
    have this statement, and the fields of what it says are empty; ``only_second``: the statement is there because it says so.
    ``quote`` is ``source.text[start:end]``, ``figures`` its quantities as written, with 、 between, ``owner`` and ``due`` words
    of the page. ``verdict`` is empty until a person followed it (``accepted``) or the rules (``refused``).
    """

    PRIVACY = Privacy(
        internal=(
            "id", "statement", "reader", "model", "at", "differences", "kind", "start", "end", "quote", "figures", "owner", "due",
            "verdict", "judged_at", "post",
        ),
    )  # fmt: skip
    VERDICTS = (("accepted", "照第二个读者的"), ("refused", "照规则的"))

    statement = models.OneToOneField(StatementKey, models.PROTECT, related_name="second_said")
    reader = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    at = models.DateTimeField()
    differences = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=StatementKey.KINDS, blank=True)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    quote = models.TextField(blank=True)
    figures = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    due = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    judged_at = models.DateTimeField(null=True)
    post = models.CharField(max_length=14, blank=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_second_said"


class SecondAsked(models.Model):
    """That the second reader was asked about a source, and how that goes: operational, no row of the ledger.

    Not tried before ``next_at``, which is also how a try that was cut off is taken up again. ``asked`` and ``answered`` count
    questions, ``refused`` what it said that is not literally there, ``found`` the statements the two readers do not agree about;
    ``words`` say why it failed.
    """

    PRIVACY = Privacy(
        internal=(
            "source", "account", "post", "asked_at", "state", "tries", "next_at", "ended_at", "asked", "answered", "refused",
            "found", "words",
        ),
    )  # fmt: skip
    STATES = (("waiting", "等着"), ("done", "读完了"), ("failed", "没有读成"))

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="second_asked")
    account = models.CharField(max_length=14)
    post = models.CharField(max_length=14)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    words = models.TextField(blank=True)

    class Meta:
        app_label = "luodi_documents"
        db_table = "luodi_documents_second_asked"
        indexes = [models.Index(fields=["state", "next_at"], name="luodi_second_waiting")]
