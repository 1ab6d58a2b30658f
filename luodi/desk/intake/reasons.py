"""Why files are refused, in a few words each: for counting by reason."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_SHORT = {
    "empty-file": _("空文件"),
    "blank-page": _("没有文字的页"),
    "too-large": _("太大"),
    "binary": _("不是文字"),
    "unreadable-kind": _("格式读不了"),
    "executable": _("程序或脚本"),
    "macros": _("带宏的文档"),
    "locked": _("加了密码"),
    "damaged": _("文件坏了"),
    "bomb": _("展开后太大"),
    "too-long": _("太长"),
    "no-text": _("扫描件，没有文字"),
    "not-converted": _("旧格式，没转成"),
    "archive": _("是压缩包"),
    "archive-locked": _("加了密码"),
    "forged-name": _("名字和内容不符"),
    "odd-name": _("名字不平常"),
    "name-too-long": _("名字太长"),
    "archive-bomb": _("展开后太大"),
    "archive-damaged": _("压缩包坏了"),
    "archive-too-many": _("压缩包里太多"),
    "archive-too-deep": _("压缩包套压缩包"),
    "archive-empty": _("空压缩包"),
    "archive-link": _("只是链接"),
    "bad-address": _("网址用不了"),
    "list-empty": _("清单里没有网址"),
    "staged-gone": _("内容已不在"),
    "kept-failing": _("程序出错"),
    "left-out": _("停下后没有收"),
}


def short(code: str) -> str:
    """A refusal's code in a few words.

    >>> short("odd-name")
    '名字不平常'
    """
    return gettext(_SHORT[code]) if code in _SHORT else gettext("其他")
