"""What may be done to a unit: the small form of each act."""

from __future__ import annotations

from django.utils.translation import gettext

from luodi.desk.directory.act_form import ActForm, Field
from luodi.kernel.clocks.now import today
from luodi.kernel.register.models import Place, Unit


def new_unit_fields(above: str = "") -> tuple[Field, ...]:
    """The fields of a unit that is entered."""
    return (
        Field("name", gettext("名称"), gettext("全称，如 青岚区水利局")),
        Field("short_name", gettext("简称"), is_optional=True, longest=60),
        Field("kind", gettext("类别"), kind="choice", options=kinds(), value="government"),
        Field(
            "above",
            gettext("上级单位"),
            gettext("写全称或简称；没有上级就空着"),
            kind="unit",
            is_optional=True,
            value=above,
        ),
        _credit_code(),
    )


def unit_forms(unit: Unit) -> list[ActForm]:
    """The forms of an open unit; one that is closed has none."""
    if unit.closed_on is not None:
        return []
    address = f"/desk/directory/units/{unit.id}/"
    places = tuple((place.id, place.name) for place in Place.objects.order_by("code", "name"))
    return [
        _rename(unit, address),
        ActForm(
            "move",
            address + "move",
            gettext("换上级"),
            gettext("换上级"),
            (
                Field(
                    "above",
                    gettext("移到哪个单位下面"),
                    gettext("写全称或简称；空着就是最上一级"),
                    kind="unit",
                    is_optional=True,
                    value=unit.parent.name if unit.parent else "",
                ),
            ),
        ),
        _correct(unit, address, places),
        ActForm(
            "alias",
            address + "alias",
            gettext("加一个别称"),
            gettext("加别称"),
            (Field("name", gettext("别称"), gettext("大家平常怎么叫它；旧文件、表格里这样写也找得到")),),
        ),
        ActForm("post", address + "post", gettext("设一个岗位"), gettext("设岗位"), post_fields()),
        ActForm(
            "unit",
            address + "unit",
            gettext("在下面录一个单位"),
            gettext("录单位"),
            tuple(field for field in new_unit_fields() if field.name != "above"),
        ),
        _close(address),
    ]


def post_fields() -> tuple[Field, ...]:
    """The fields of a post that is set up."""
    return (
        Field("title", gettext("岗位名称"), gettext("如 局长、办公室主任")),
        Field("is_leader", gettext("是领导岗位"), kind="tick", is_optional=True),
        Field("is_shared", gettext("可以同时有几个人，如科员"), kind="tick", is_optional=True),
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """Kinds of units with their words."""
    return tuple((code, gettext(words)) for code, words in Unit.KINDS)


def _credit_code(value: str = "") -> Field:
    hint = gettext("18位，末位是校验位；没有可以不填")
    return Field("credit_code", gettext("统一社会信用代码"), hint, is_optional=True, longest=30, value=value)


def _rename(unit: Unit, address: str) -> ActForm:
    return ActForm(
        "rename",
        address + "rename",
        gettext("改名"),
        gettext("改名"),
        (
            Field("name", gettext("新名称"), value=unit.name),
            Field("short_name", gettext("新简称"), is_optional=True, longest=60, value=unit.short_name),
            Field(
                "on",
                gettext("从哪天起"),
                gettext("批文写的日子；不能是以后"),
                kind="day",
                value=today().isoformat(),
            ),
        ),
        note=gettext("旧名称连同用到哪天都留着，按旧名称也找得到。"),
    )


def _correct(unit: Unit, address: str, places: tuple[tuple[str, str], ...]) -> ActForm:
    fields = [
        Field("kind", gettext("类别"), kind="choice", options=kinds(), value=unit.kind),
        _credit_code(unit.credit_code),
    ]
    if places:
        none = (("", gettext("没有写")),)
        fields.insert(
            1,
            Field(
                "place",
                gettext("地点"),
                kind="choice",
                options=none + places,
                is_optional=True,
                value=unit.place_id or "",
            ),
        )
    return ActForm("correct", address + "correct", gettext("更正资料"), gettext("存下更正"), tuple(fields))


def _close(address: str) -> ActForm:
    return ActForm(
        "close",
        address + "close",
        gettext("撤销这个单位"),
        gettext("撤销单位"),
        (
            Field("on", gettext("最后一天"), kind="day", value=today().isoformat()),
            Field(
                "into",
                gettext("由哪个单位承接"),
                gettext("名下还有承诺、项目的一定要写；没有的可以空着"),
                kind="unit",
                is_optional=True,
            ),
        ),
        note=gettext("先撤销或移走它的岗位和下属单位。撤销以后名称和来龙去脉都还看得到。"),
    )
