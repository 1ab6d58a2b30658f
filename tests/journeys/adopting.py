"""Run in a process of its own: found a district in a data folder and adopt what its papers promised, as an office would.

    python -m tests.journeys.adopting DATA

Prints a line of JSON for each statement: ids of statement, source and promise, the quote as kept, the text as read.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path

A_PAPER = 3  # promises adopted of each paper


def main(data: Path) -> None:
    """Units, one post, and the first promises of every paper, read and confirmed by a person."""
    os.environ |= {"LUODI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
    import django

    django.setup()
    from luodi.kernel.commitments import actions
    from luodi.kernel.documents.lookups import newest_reading
    from luodi.kernel.documents.models import Source
    from luodi.kernel.ledger.action import SYSTEM, Actor
    from luodi.kernel.ledger.sealing import seal
    from luodi.kernel.register import actions as register

    register.found_district(
        name="青岚区", code="990102", shape="urban_district", kind="real", city="云川市", by=SYSTEM
    )
    office = register.create_unit(name="区政府办公室", by=SYSTEM)
    clerk = Actor(post=register.create_post(title="主任", unit=office, is_leader=True, by=SYSTEM).id)
    lead = register.create_unit(name="区住建局", by=SYSTEM)
    goal = actions.Goal(due_until=dt.date(2030, 12, 31), due_precision="year")
    for source in Source.objects.order_by("id"):
        adopted = 0
        for statement in source.statements.order_by("start"):
            reading = newest_reading(statement)
            text = reading.text if reading else ""
            line = {"statement": statement.id, "source": source.id, "quote": statement.quote, "text": text}
            if statement.kind == "commitment" and adopted < A_PAPER:
                row = actions.adopt(
                    statement, by=clerk, title=text[:60], lead_unit=lead, goal=goal, confirmed=True
                )
                line["promise"] = row.id
                adopted += 1
            print(json.dumps(line, ensure_ascii=False))
    seal(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
