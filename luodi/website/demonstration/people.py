"""The invented district's places, units, posts, people and log-ins, entered through the same actions as people use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Place, Post, Unit
from luodi.website.demonstration.log_ins import PASSWORD


@dataclass
class Cast:
    """Who there is, by the keys of ``district.toml``."""

    places: dict[str, Place] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    leaders: dict[str, Post] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)  # the one that reports, reviews or verifies
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, unit: str) -> Actor:
        """Whoever acts for a unit: its account where it has one, else the post alone."""
        return self.actors.get(unit) or Actor(post=self.posts[unit].id)


def enter(told: dict[str, Any], day: dt.date) -> Cast:
    """Found the district and enter all of it, on ``day``."""
    district = told["district"]
    register.found_district(kind="demonstration", by=SYSTEM, **district)
    cast = Cast()
    for each in told["place"]:
        above = cast.places.get(each.get("above", ""))
        cast.places[each["name"]] = register.create_place(
            name=each["name"], level=each["level"], code=each.get("code", ""), parent=above, by=SYSTEM
        )
    for each in told["unit"]:
        _enter_unit(cast, each)
    for each in told.get("post", ()):
        # the district's other leaders; each key stands for the post alone
        cast.leaders[each["key"]] = cast.posts[each["key"]] = register.create_post(
            title=each["title"], unit=cast.units[each["unit"]], is_leader=True, by=SYSTEM
        )
    for each in told["unit"]:
        if "person" in each:
            _enter_person(cast, each, day)
    return cast


def _enter_unit(cast: Cast, each: dict[str, Any]) -> None:
    unit = register.create_unit(
        name=each["name"],
        short_name=each["short"],
        kind=each.get("kind", "government"),
        parent=cast.units.get(each.get("above", "")),
        place=cast.places.get(each.get("place", "")),
        by=SYSTEM,
    )
    cast.units[each["key"]] = unit
    title = each["leader"] if each["key"] == "gov" else f"{each['short']}{each['leader']}"
    leader = register.create_post(title=title, unit=unit, is_leader=True, by=SYSTEM)
    cast.leaders[each["key"]] = cast.posts[each["key"]] = leader
    if "clerk" in each:
        title = f"{each['short']}{each['clerk']}"
        cast.posts[each["key"]] = register.create_post(title=title, unit=unit, by=SYSTEM)


def _enter_person(cast: Cast, each: dict[str, Any], day: dt.date) -> None:
    person = register.enter_person(name=each["person"], by=SYSTEM)
    post = cast.posts[each["key"]]
    register.appoint(person, post, since=day, by=SYSTEM)
    account = accounts.create_account(person, login=each["login"], by=SYSTEM)
    accounts.set_password(account, PASSWORD, by=SYSTEM)
    for role in each["roles"]:
        # a reporter's reach is its own unit; the others look after the whole district
        scope = cast.units[each["key"]] if role == "reporter" else None
        accounts.grant(post, role, scope=scope, by=SYSTEM)
    cast.actors[each["key"]] = Actor(account=account.id, post=post.id)
