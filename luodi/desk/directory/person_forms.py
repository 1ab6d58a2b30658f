"""What may be done to a person's entry: the small form of each act."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from luodi.desk.directory.act_form import ActForm, Field
from luodi.kernel.accounts.models import Account
from luodi.kernel.register.models import Person

LABELS = {"phone": gettext_noop("电话"), "identity_number": gettext_noop("身份证号")}


def person_forms(person: Person, *, may_open: bool) -> list[ActForm]:
    """The forms; none for somebody whose entry was erased."""
    if person.erased_on is not None:
        return []
    address = f"/desk/directory/people/{person.id}/"
    forms = [
        ActForm(
            "correct",
            address + "correct",
            gettext("更正资料"),
            gettext("存下更正"),
            (
                Field("name", gettext("姓名"), longest=60, value=person.name or ""),
                Field("phone", gettext("新电话"), gettext("不改就空着"), is_optional=True, longest=20),
                Field(
                    "identity_number",
                    gettext("新身份证号"),
                    gettext("18位，末位是校验位；不改就空着"),
                    is_optional=True,
                    longest=20,
                ),
            ),
        ),
        *(_show(field, address) for field in LABELS if getattr(person, field)),
    ]
    if not Account.objects.filter(person=person).exists():
        forms.append(_account(address, may_open=may_open))
    return forms


def _account(address: str, *, may_open: bool) -> ActForm:
    return ActForm(
        "account",
        address + "account",
        gettext("给一个登录名"),
        gettext("建账号"),
        (Field("login", gettext("登录名"), gettext("3至60位小写字母、数字、点、横线或下划线"), longest=60),),
        note=gettext("要签交接、要上报的人才用得着。"),
        why_not="" if may_open else gettext("账号由系统管理员来建，您现在的岗位不能建。"),
    )


def _show(field: str, address: str) -> ActForm:
    return ActForm(
        f"show-{field}",
        f"{address}show/{field}",
        gettext("看全号码"),
        gettext("看全号码"),
        (
            Field(
                "reason",
                gettext("用途"),
                gettext("写一句为什么要看；会记下是谁、什么时候、为什么看的"),
                longest=200,
            ),
        ),
    )
