"""What may be done to a post: the small form of each act."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from luodi.desk.directory.act_form import ActForm, Field
from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.register.models import Appointment, Post

_ONE = dt.timedelta(days=1)


def post_forms(post: Post, leaving: Appointment | None, *, may_grant: bool) -> list[ActForm]:
    """The forms of an open post; a closed one has none. ``leaving``: who would hand it over, where exactly one holds it."""
    if post.closed_on is not None:
        return []
    address = f"/desk/directory/posts/{post.id}/"
    return [
        _hand_over(address, leaving, is_shared=not post.is_sole),
        _appoint(address, is_held=leaving is not None and post.is_sole),
        _grant(address, may_grant=may_grant),
        ActForm(
            "rename",
            address + "rename",
            gettext("改岗位名称"),
            gettext("改名称"),
            (Field("title", gettext("新名称"), value=post.title),),
        ),
        _close(address),
    ]


def person_fields(who: str) -> tuple[Field, ...]:
    """Who: somebody already entered, or somebody new."""
    return (
        Field("person", who, gettext("写全名；同名的会让您选"), kind="person", longest=60),
        Field("is_new", gettext("新录这个人（没有录过的才勾）"), kind="tick", is_optional=True),
        Field("phone", gettext("电话"), gettext("新录的人才填；不公开"), is_optional=True, longest=20),
        Field(
            "identity_number",
            gettext("身份证号"),
            gettext("新录的人才填；18位，末位是校验位，不公开"),
            is_optional=True,
            longest=20,
        ),
    )


def _hand_over(address: str, leaving: Appointment | None, *, is_shared: bool) -> ActForm:
    why_not = ""
    if leaving is None:
        why_not = (
            gettext("这个岗位可以同时有几个人，不办交接：结束一个人的任职，再任命另一个。")
            if is_shared
            else gettext("这个岗位今天没有人，没有交出的一方。请直接任命。")
        )
    return ActForm(
        "hand-over",
        address + "hand-over",
        gettext("办交接"),
        gettext("办交接"),
        (
            *person_fields(gettext("由谁接任")),
            Field("on", gettext("从哪天起由他负责"), kind="day", value=(today() + _ONE).isoformat()),
        ),
        note=gettext(
            "交出方到前一天为止。两个人都要登录签字：一个签已交清，一个签已接清；事一直在岗位上，不会没有人管。"
        ),
        why_not=why_not,
    )


def _appoint(address: str, *, is_held: bool) -> ActForm:
    return ActForm(
        "appoint",
        address + "appoint",
        gettext("任命"),
        gettext("任命"),
        (
            *person_fields(gettext("任命谁")),
            Field("since", gettext("从哪天起"), kind="day", value=today().isoformat()),
            Field("until", gettext("到哪天止"), gettext("不定的空着"), kind="day", is_optional=True),
        ),
        note=gettext("现在有人，一岗一人：请办交接；要任命以后的，先结束现在的任职。") if is_held else "",
    )


def _grant(address: str, *, may_grant: bool) -> ActForm:
    return ActForm(
        "role",
        address + "role",
        gettext("给一个角色"),
        gettext("给角色"),
        (
            Field(
                "role",
                gettext("角色"),
                kind="choice",
                options=tuple((code, gettext(words)) for code, words in Grant.ROLES),
            ),
            Field(
                "scope",
                gettext("管到哪个单位"),
                gettext("写全称或简称，连下属单位；空着就是全区"),
                kind="unit",
                is_optional=True,
            ),
            Field("until", gettext("到哪天止"), gettext("不定的空着"), kind="day", is_optional=True),
        ),
        note=gettext("角色给岗位，不给人：换了人，角色还在岗位上。"),
        why_not="" if may_grant else gettext("角色由系统管理员来给，您现在的岗位不能给。"),
    )


def _close(address: str) -> ActForm:
    return ActForm(
        "close",
        address + "close",
        gettext("撤销这个岗位"),
        gettext("撤销岗位"),
        (
            Field("on", gettext("最后一天"), kind="day", value=today().isoformat()),
            Field(
                "into",
                gettext("由哪个岗位承接"),
                gettext("写单位和岗位，如 区水利局局长；名下有事的一定要写"),
                kind="post",
                is_optional=True,
            ),
        ),
        note=gettext("在岗的人到这一天为止。"),
    )
