"""Names that files come with, folders and all. A name never becomes a path here; but one that would lead out of its folder, or
that shows other letters than it has, was made to deceive somebody."""

from __future__ import annotations

import re

from luodi.kernel.refusal import Refusal

LONGEST_NAME = 200  # characters of the last part
LONGEST_PATH = 1_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TURNING = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DRIVE = re.compile(r"^[A-Za-z]:")
# what systems leave in folders, and the folder of pictures and scripts that browsers save beside a page
_LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini", "__macosx"}
_BESIDE_PAGES = ("_files", ".files")


def require_plain_name(name: str) -> None:
    """Refuse a name, with its folders, that leads elsewhere, hides or turns letters, or is too long.

    Raises ``Refusal``: ``odd-name``, ``name-too-long``.
    """
    parts = parts_of(name)
    if not parts or not parts[-1].strip(" ."):
        raise _odd("没有文件名")
    if _CONTROLS.search(name):
        raise _odd("名字里有看不见的控制字符")
    if _TURNING.search(name):
        raise _odd("名字里有看不见的、会改变文字方向的字符，显示的和实际的不一样")
    if name[:1] in "/\\" or _DRIVE.match(name) or any(part in ("..", ".") for part in parts):
        raise _odd("名字里有“..”或盘符，指到了文件夹外面")
    if len(parts[-1]) > LONGEST_NAME or len(name) > LONGEST_PATH:
        raise Refusal(
            "name-too-long",
            f"文件名有{len(parts[-1]):,}字，连文件夹共{len(name):,}字；文件名最多{LONGEST_NAME}字，"
            f"连文件夹最多{LONGEST_PATH:,}字。请改短后再放。",
        )


def parts_of(name: str) -> list[str]:
    """The folders and the file's own name, in order; backslashes part them too.

    >>> parts_of("2026\\\\一月/公告.txt")
    ['2026', '一月', '公告.txt']
    """
    return [part for part in name.replace("\\", "/").split("/") if part]


def last_part(name: str) -> str:
    """The file's own name, without folders."""
    parts = parts_of(name)
    return parts[-1] if parts else ""


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters; nothing where there is none.

    >>> ending_of("公告.HTML"), ending_of("公告"), ending_of(".profile")
    ('html', '', '')
    """
    stem, dot, ending = last_part(name).rpartition(".")
    return ending.lower() if dot and stem else ""


def is_left_by_system(name: str) -> bool:
    """Whether a file is one that nobody means to hand in: hidden, a preview, or what a browser saved beside a page.

    >>> is_left_by_system("存档/.DS_Store"), is_left_by_system("公告_files/a.js"), is_left_by_system("公告.htm")
    (True, True, False)
    """
    parts = parts_of(name)
    return (
        any(part.startswith(".") and part not in (".", "..") for part in parts)
        or any(part.lower() in _LEFT_BY_SYSTEMS for part in parts)
        or any(part.lower().endswith(_BESIDE_PAGES) for part in parts[:-1])
    )


def visible(name: str, most: int = 300) -> str:
    """The name as it can be shown and kept: every hidden sign spelled out, the middle of a long one left out.

    >>> visible("a\\u202etxt\\0.exe"), len(visible("长" * 900))
    ('a⟨202E⟩txt⟨0000⟩.exe', 300)
    """
    spelled = _TURNING.sub(_spelled, _CONTROLS.sub(_spelled, name))
    if len(spelled) <= most:
        return spelled
    half = (most - 1) // 2
    return f"{spelled[: most - 1 - half]}…{spelled[-half:]}"


def _spelled(found: re.Match[str]) -> str:
    return f"⟨{ord(found.group()):04X}⟩"


def _odd(why: str) -> Refusal:
    return Refusal("odd-name", f"{why}，没有收。请改成平常的文件名后再放。")
