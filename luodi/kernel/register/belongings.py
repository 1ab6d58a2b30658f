"""What a unit or post would leave behind: the rows of other parts that name it.

Found through the models themselves, so that no mechanism added later can be forgotten. Naming too much only asks for a
successor where none was needed; naming too little would leave something without an owner.
"""

from __future__ import annotations

from django.db.models import Model

from luodi.kernel.register.models import Post, Unit

# log-ins and roles end with the post; they are not things it owns
_NOT_OWNED = {"luodi_register", "luodi_accounts"}


def belongings(row: Unit | Post) -> dict[str, int]:
    """How many rows of each table, by model name, refer to ``row``; only those that do."""
    found: dict[str, int] = {}
    for relation in row._meta.related_objects:
        model: type[Model] = relation.related_model
        if model._meta.app_label in _NOT_OWNED:
            continue
        count = model._default_manager.filter(**{relation.field.name: row.pk}).count()
        if count:
            name = str(model._meta.object_name)
            found[name] = found.get(name, 0) + count
    if isinstance(row, Unit):
        owned = row.project_set.count()
        if owned:
            found["Project"] = owned
    return found
