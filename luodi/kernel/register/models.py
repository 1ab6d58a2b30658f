"""What several mechanisms speak of: places, units, posts, people, projects, parcels, the links between, and who is whom."""

from __future__ import annotations

from django.db import models

from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.privacy.sealed_field import SealedTextField


class District(LedgerRow):
    """The one district of this installation. ``shape`` is its legal shape (``urban_district``, ``county``,
    ``county_level_city``, ``functional_zone``); ``kind`` is demonstration or real, set at birth and never changed."""

    IS_RESTED_ON = True
    LETTER = "x"
    PRIVACY = Privacy(public=("id", "name", "code", "shape", "kind", "city", "province"))
    SHAPES = (
        ("urban_district", "市辖区"),
        ("county", "县"),
        ("county_level_city", "县级市"),
        ("functional_zone", "功能区"),
    )
    KINDS = (("demonstration", "演示"), ("real", "正式"))

    name = models.CharField(max_length=60)
    code = models.CharField(max_length=12)
    shape = models.CharField(max_length=20, choices=SHAPES)
    kind = models.CharField(max_length=20, choices=KINDS)
    city = models.CharField(max_length=60, blank=True)
    province = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_district"


class Place(LedgerRow):
    """A township, village, community or site, in a tree."""

    LETTER = "l"
    PRIVACY = Privacy(public=("id", "name", "code", "level", "parent"))
    LEVELS = (("district", "区县"), ("township", "乡镇街道"), ("village", "村、社区"), ("site", "地点"))

    name = models.CharField(max_length=60)
    code = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_place"


class Unit(LedgerRow):
    """A bureau, town, company or office. Units form a tree; a verifier may stand neither above nor below the doer."""

    IS_RESTED_ON = True
    LETTER = "u"
    PRIVACY = Privacy(
        public=("id", "name", "short_name", "kind", "parent", "place", "credit_code", "closed_on")
    )
    KINDS = (
        ("party", "党委"),
        ("government", "政府部门"),
        ("township", "乡镇街道"),
        ("company", "企业"),
        ("other", "其他"),
    )

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, choices=KINDS, default="government")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="units")
    credit_code = models.CharField(max_length=18, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_unit"


class UnitName(LedgerRow):
    """A name of a unit besides its present ones: one it had (``full``, ``short``) or one people use (``alias``).

    ``since`` and ``until`` are the first and last day on which it held; ``since`` is empty where nobody knows it.
    """

    IS_RESTED_ON = True
    PRIVACY = Privacy(public=("id", "unit", "name", "kind", "since", "until"))
    KINDS = (("full", "曾用名"), ("short", "曾用简称"), ("alias", "别称"))

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KINDS)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_unit_name"


class Post(LedgerRow):
    """A post in a unit. Posts, not people, own things; on public pages only the post is named.

    ``is_sole``: one person at a time holds it, as a bureau's head; clerks' posts may have several holders.
    """

    IS_RESTED_ON = True
    LETTER = "o"
    PRIVACY = Privacy(public=("id", "title", "unit", "is_leader", "is_sole", "closed_on"))

    title = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    is_leader = models.BooleanField(default=False)
    is_sole = models.BooleanField(default=True)
    closed_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_post"


class Person(LedgerRow):
    """A member of staff. Everything but the id is personal and can be erased."""

    IS_RESTED_ON = True
    LETTER = "n"
    PRIVACY = Privacy(
        public=("id",),
        internal=("name", "erased_on"),
        sensitive=("phone", "identity_number"),
        personal=("name", "phone", "identity_number"),
    )

    name = models.CharField(max_length=60, null=True)
    phone = SealedTextField(null=True, blank=True)
    identity_number = SealedTextField(null=True, blank=True)
    erased_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_person"


class Appointment(LedgerRow):
    """A person holds a post from a day to a day (both included).

    ``after`` is the appointment it takes over from. Such a hand-over is signed by both: ``given_on`` on the earlier, ``taken_on``
    on the later appointment.
    """

    IS_RESTED_ON = True
    LETTER = "a"
    PRIVACY = Privacy(internal=("id", "person", "post", "since", "until", "after", "given_on", "taken_on"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    since = models.DateField()
    until = models.DateField(null=True)
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    given_on = models.DateField(null=True)
    taken_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_appointment"


class Project(LedgerRow):
    """A key project as a bare row; what the project office knows of it is added by its own area."""

    LETTER = "j"
    PRIVACY = Privacy(public=("id", "name", "code", "place", "owner_unit"))

    name = models.CharField(max_length=200)
    code = models.CharField(max_length=32, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_project"


class Parcel(LedgerRow):
    """A plot of land as a bare row. ``area_mu`` is a decimal as text, in mu."""

    LETTER = "r"
    PRIVACY = Privacy(public=("id", "name", "code", "place", "area_mu"))

    name = models.CharField(max_length=200)
    code = models.CharField(max_length=32, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True)
    area_mu = models.CharField(max_length=24, blank=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_parcel"


class Link(LedgerRow):
    """A typed, dated link between any two rows, shown on both pages. ``kind`` is declared in ``link_kinds.py``."""

    IS_RESTED_ON = True
    PRIVACY = Privacy(public=("id", "kind", "source", "target", "since", "until"))

    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=14, db_index=True)
    target = models.CharField(max_length=14, db_index=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_link"


class SameAs(LedgerRow):
    """A judgement whether two rows mean one thing; ``left`` is the older id. The latest judgement of a pair holds.

    Reversible: undoing is a new judgement that restores what held before (``undoes``), not a deletion. ``score`` is the
    matcher's, a decimal as text, empty where a person came upon the pair.
    """

    PRIVACY = Privacy(
        public=("id", "left", "right", "verdict", "score", "day", "undoes"), internal=("reason",)
    )
    VERDICTS = (("positive", "同一"), ("negative", "不同"), ("unsure", "待定"))

    left = models.CharField(max_length=14, db_index=True)
    right = models.CharField(max_length=14, db_index=True)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    score = models.CharField(max_length=8, blank=True)
    day = models.DateField()
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        app_label = "luodi_register"
        db_table = "luodi_register_same_as"
