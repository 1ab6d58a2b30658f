"""What waits is sent, a few at a time, outside every transaction; what fails is tried again, later and later, and then given up.

A delivery is taken under a lease before it is tried: a sender that is killed leaves it to be taken again, so that a receiver may
get the same notice twice (its id tells), but never none.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet

from luodi.kernel.clocks.now import now
from luodi.kernel.notices.actions import spread
from luodi.kernel.notices.acts.channels import limits, opened
from luodi.kernel.notices.messages import Message, compose
from luodi.kernel.notices.models import Channel, Delivery
from luodi.kernel.notices.outgoing import Limits, NotSent, call
from luodi.kernel.notices.recipients import channels_for
from luodi.kernel.notices.robots import CALLS, fault_of
from luodi.kernel.privacy.sealing import SealBroken
from luodi.kernel.register.lookups import is_demonstration

A_TURN = 20  # deliveries
AT_ONCE = 4
LEASE = dt.timedelta(minutes=2)
# after the first, the second … try that failed; then it is given up
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240, 720, 1_440))
GONE = "no-longer"
_log = logging.getLogger("luodi.notices")


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that is needed to send one delivery, without asking the database."""

    delivery: int
    ident: str
    kind: str
    address: str
    secret: str
    message: Message
    broken: str = ""


def turn(limit: int = A_TURN) -> int:
    """Send what is due; how many were tried. Nothing ever leaves a demonstration."""
    if is_demonstration():
        return 0
    spread()
    if not _due().exists():
        return 0
    parcels = _taken(limit)
    if parcels:
        bounds = limits()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="notices") as pool:
            faults = list(pool.map(lambda parcel: send(parcel, bounds), parcels))
        for parcel, fault in zip(parcels, faults, strict=True):
            _note(parcel.delivery, fault)
    return len(parcels)


def send(parcel: Parcel, bounds: Limits, clock: Callable[[], float] = time.time) -> str:
    """Send one; why it was not taken, as a code, empty where it was. Never raises, and asks no database."""
    if parcel.broken:
        return parcel.broken
    try:
        if parcel.kind == "mail":
            return _mail(parcel)
        made = CALLS[parcel.kind](parcel.message, parcel.address, parcel.secret, clock(), parcel.ident)
        status, raw = call(made.url, made.body, made.headers, bounds)
        return fault_of(parcel.kind, status, raw)
    except NotSent as fault:
        return fault.code
    except Exception as fault:
        # a message may hold the address: only what kind of fault it was is said
        _log.error("a %s notice failed: %s", parcel.kind, type(fault).__name__)
        return "failed"


def _due() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state="waiting", next_at__lte=now())


def _taken(limit: int) -> list[Parcel]:
    """The deliveries that are due, one a channel, leased to this sender. Whom it concerns no more is not told any more."""
    with transaction.atomic():
        due = _due().select_for_update(skip_locked=True, of=("self",))
        found = list(due.select_related("notice", "channel").order_by("next_at", "id")[: 4 * limit])
        concerned = {(notice.pk, channel.pk) for notice, channel in channels_for(row.notice for row in found)}
        rows = [row for row in found if (row.notice_id, row.channel_id) in concerned]
        if gone := {row.pk for row in found} - {row.pk for row in rows}:
            # the account was shut or the post handed over while it waited
            Delivery.objects.filter(pk__in=gone).update(state="given_up", ended_at=now(), fault=GONE)
        chosen = list({row.channel_id: row for row in reversed(rows)}.values())[:limit]
        Delivery.objects.filter(pk__in=[row.pk for row in chosen]).update(
            next_at=now() + LEASE, tries=F("tries") + 1
        )
    return [_parcel(row) for row in chosen]


def _parcel(row: Delivery) -> Parcel:
    notice = row.notice
    path = f"/desk/cases/{notice.subject}" if notice.subject else "/desk/me/notices"
    if notice.what == "hand_over":
        path = f"/desk/directory/hand-overs/{notice.subject}"
    base = settings.CONFIGURATION.public_url
    message = compose(
        notice.what,
        label=notice.label,
        number=notice.number,
        says=notice.says,
        due_on=notice.due_on,
        link=f"{base}{path}" if base else "",
    )
    try:
        address, secret = opened(row.channel)
    except SealBroken:
        return Parcel(row.pk, notice.id, row.channel.kind, "", "", message, "sealed-elsewhere")
    return Parcel(row.pk, notice.id, row.channel.kind, address, secret, message)


def _mail(parcel: Parcel) -> str:
    mail = EmailMessage(
        parcel.message.title, parcel.message.text, to=[parcel.address], connection=get_connection()
    )
    try:
        return "" if mail.send() == 1 else "not-taken"
    except smtplib.SMTPAuthenticationError:
        return "mail-log-in"
    except smtplib.SMTPNotSupportedError:
        return "mail-open"
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        return "mail-refused"
    except TimeoutError:
        return "too-slow"
    except ssl.SSLError:
        return "certificate"
    except OSError:  # those of the library are such, too
        return "not-reached"


def _note(delivery: int, fault: str) -> None:
    """Keep what came of it."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().filter(pk=delivery, state="waiting").first()
        if row is None:  # its channel was removed meanwhile
            return
        row.fault = fault[:40]
        if not fault:
            row.state, row.ended_at = "sent", now()
        elif row.tries > len(WAITS):
            row.state, row.ended_at = "given_up", now()
        else:
            row.next_at = now() + WAITS[row.tries - 1]
        row.save(update_fields=["fault", "state", "ended_at", "next_at"])
        changed = (
            {"fails": F("fails") + 1, "fault": row.fault}
            if fault
            else {"fails": 0, "fault": "", "sent_at": now()}
        )
        Channel.objects.filter(pk=row.channel_id).update(**changed)
