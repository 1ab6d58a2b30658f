"""How large a spreadsheet may be, and the words for one that may not be taken."""

from __future__ import annotations

from luodi.kernel.refusal import Refusal

MOST_BYTES = 50_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000  # filled ones, in one workbook
MOST_SHEETS = 60
LONGEST_CELL = 32_767  # what the programs themselves allow
MOST_MERGES = 50_000

# of the archive that an .xlsx is, as its own table of contents tells them
MOST_MEMBERS = 4_000
LARGEST_MEMBER = 150_000_000
LARGEST_UNPACKED = 300_000_000
HIGHEST_RATIO = 200  # a sheet of a million empty formatted rows stays below 60
RATIO_COUNTS_FROM = 5_000_000

SAVE_AS = "请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”后再传。"


def too_many_rows(sheet: str, row: int) -> Refusal:
    """A sheet with something below its last allowed row."""
    return Refusal(
        "sheet-too-long",
        f"“{sheet}”第{row:,}行还有内容，一张表最多读{MOST_ROWS:,}行。请分成几个文件，分次传。",
    )


def too_many_columns(sheet: str, column: int) -> Refusal:
    """A sheet with something right of its last allowed column."""
    return Refusal(
        "sheet-too-wide",
        f"“{sheet}”第{column:,}列还有内容，一张表最多读{MOST_COLUMNS}列。请删去用不着的列，再传。",
    )


def too_many_cells() -> Refusal:
    """A workbook with too much in it."""
    return Refusal(
        "sheet-too-full", f"这个文件里有内容的格子超过{MOST_CELLS:,}个。请只留要录的那张表，再传。"
    )


def unreadable(why: str) -> Refusal:
    """A file that calls itself a spreadsheet and cannot be read."""
    return Refusal("sheet-unreadable", f"这个文件读不出来：{why}。{SAVE_AS}")
