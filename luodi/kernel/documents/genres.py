"""What sort of document a page is, by its title: for filtering, and for which document follows which."""

from __future__ import annotations

import re

GENRES: dict[str, str] = {
    "interview": "访谈",
    "work_report": "政府工作报告",
    "plan_execution": "计划执行报告",
    "five_year_plan": "五年规划",
    "livelihood": "民生实事",
    "action_plan": "行动方案",
    "hotline": "热线通报",
    "ground_breaking": "项目开工",
    "bulletin": "统计公报",
}
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bulletin", re.compile(r"统计公报")),
    ("work_report", re.compile(r"政府工作报告|工作报告$|^工作报告")),
    ("plan_execution", re.compile(r"计划执行|计划.{0,12}草案")),
    ("five_year_plan", re.compile(r"五年规划|规划纲要|十[一二三四五六]五")),
    ("livelihood", re.compile(r"(?:民生|惠民|为民).{0,4}实事")),
    ("hotline", re.compile(r"热线|12345|接诉即办")),
    ("ground_breaking", re.compile(r"开工|奠基|签约")),
    ("interview", re.compile(r"访谈|专访|对话|访.{0,14}(?:书记|区长|县长|市长|主任|局长)|谈")),
    ("action_plan", re.compile(r"行动(?:方案|计划)|实施(?:方案|意见)|工作方案|若干(?:措施|政策)")),
)


def genre_of(title: str) -> str:
    """The genre a title speaks of, one of ``GENRES``, or nothing.

    >>> genre_of("2026年青岚区政府工作报告"), genre_of("青岚区2026年十件民生实事"), genre_of("通知")
    ('work_report', 'livelihood', '')
    """
    return next((genre for genre, title_words in _TITLES if title_words.search(title)), "")
