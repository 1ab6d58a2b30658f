"""Names of fields and values in plain words, for pages that show a row as the ledger holds it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, DateTimeField
from django.utils.translation import gettext, gettext_noop

from luodi.kernel.ledger.rows import LedgerRow
from luodi.pages import days
from luodi.portal.area_words import CODES
from luodi.portal.area_words import LABELS as OF_AREAS

LABELS: dict[str, str] = {
    # what a row is
    "commitment": gettext_noop("承诺"),
    "counit": gettext_noop("配合单位"),
    "target": gettext_noop("目标"),
    "said": gettext_noop("说过的话"),
    "report": gettext_noop("上报"),
    "verification": gettext_noop("核实"),
    "objection": gettext_noop("指出的错"),
    "source": gettext_noop("公开文件"),
    "sighting": gettext_noop("见到的地方"),
    "statementkey": gettext_noop("说法"),
    "reading": gettext_noop("机器读法"),
    "readfigure": gettext_noop("读出的数"),
    "judgement": gettext_noop("复核"),
    "keptfile": gettext_noop("存下的原件"),
    "unit": gettext_noop("单位"),
    "post": gettext_noop("岗位"),
    "place": gettext_noop("地点"),
    "project": gettext_noop("项目"),
    "parcel": gettext_noop("地块"),
    "district": gettext_noop("区县"),
    "link": gettext_noop("联系"),
    "sameas": gettext_noop("同一判断"),
    "correction": gettext_noop("更正的读法"),
    "apart": gettext_noop("说过不是一件"),
    # what a field is
    "title": gettext_noop("标题"),
    "name": gettext_noop("名称"),
    "short_name": gettext_noop("简称"),
    "state": gettext_noop("状态"),
    "state_since": gettext_noop("状态从哪天起"),
    "lead_unit": gettext_noop("牵头单位"),
    "leader_post": gettext_noop("责任岗位"),
    "topic": gettext_noop("领域"),
    "adopted_on": gettext_noop("采纳日"),
    "year": gettext_noop("计划年度"),
    "number": gettext_noop("数"),
    "approx": gettext_noop("限定"),
    "basis": gettext_noop("口径"),
    "due_since": gettext_noop("期限首日"),
    "due_until": gettext_noop("期限末日"),
    "due_precision": gettext_noop("期限精度"),
    "version": gettext_noop("第几版"),
    "adopting": gettext_noop("依据的说法"),
    "adopting_source": gettext_noop("依据的文件"),
    "body": gettext_noop("作出的单位"),
    "from_day": gettext_noop("从哪天起"),
    "kind": gettext_noop("类别"),
    "as_of": gettext_noop("截至"),
    "at": gettext_noop("登记时间"),
    "unit_of": gettext_noop("所在单位"),
    "evidence": gettext_noop("凭据"),
    "verdict": gettext_noop("结论"),
    "statement": gettext_noop("说法"),
    "role": gettext_noop("关系"),
    "day": gettext_noop("日期"),
    "quote": gettext_noop("原话"),
    "start": gettext_noop("从第几字"),
    "end": gettext_noop("到第几字"),
    "address": gettext_noop("网址"),
    "kept_at": gettext_noop("存下的时间"),
    "encoding": gettext_noop("编码"),
    "decoder": gettext_noop("解码程序"),
    "published": gettext_noop("刊发日"),
    "speaks_of": gettext_noop("说话日"),
    "region": gettext_noop("说的是哪里"),
    "issuer": gettext_noop("发文机关"),
    "speaker_post": gettext_noop("说话人岗位"),
    "genre": gettext_noop("体裁"),
    "withdrawn_on": gettext_noop("打不开的日期"),
    "file": gettext_noop("原件"),
    "sha256": gettext_noop("指纹"),
    "size": gettext_noop("字节"),
    "media_type": gettext_noop("文件类型"),
    "reader": gettext_noop("读法版本"),
    "force": gettext_noop("语气"),
    "object": gettext_noop("办的东西"),
    "owner": gettext_noop("谁来办"),
    "score": gettext_noop("把握"),
    "rule": gettext_noop("规则"),
    "merged_into": gettext_noop("并入"),
    "carried_to": gettext_noop("结转到"),
    "origin_file": gettext_noop("出自哪份表"),
    "origin_cell": gettext_noop("出自哪一格"),
    "parent": gettext_noop("上级"),
    "answered_on": gettext_noop("答复日"),
    "closed_on": gettext_noop("撤销日"),
    "until": gettext_noop("到哪天止"),
    "since": gettext_noop("从哪天起"),
    "wording": gettext_noop("原来的说法"),
    "subject": gettext_noop("所指的页面"),
    "field": gettext_noop("哪一项"),
    "machine": gettext_noop("机器读作"),
    "value": gettext_noop("改为"),
    "undone": gettext_noop("已撤回"),
}


def label(name: str) -> str:
    """The word for a field or a kind of row; its own name where there is none."""
    known = LABELS.get(name) or OF_AREAS.get(name)
    return gettext(known) if known else name


def value_words(model: type[LedgerRow], name: str, value: Any) -> str:
    """A value as the ledger holds it, in words: choices by their word, days and instants as people write them."""
    field = model._meta.get_field(name)
    choices: dict[Any, Any] = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return gettext(str(choices[value]))
    if isinstance(field, DateTimeField):
        return days.instant(dt.datetime.fromisoformat(value))
    if isinstance(field, DateField):
        return days.full(dt.date.fromisoformat(value))
    if name == "due_precision":
        return days.precision_words(value)
    codes = CODES.get(name, {})
    if codes and isinstance(value, str):
        return gettext("、").join(gettext(codes.get(code, code)) for code in value.split())
    return str(value)
