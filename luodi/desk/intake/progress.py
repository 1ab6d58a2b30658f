"""How far a batch has come, in sentences and numbers that add up."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from luodi.kernel.jobs.models import Job

_LEAST_MS = 500  # with less, a rate means nothing


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome. ``share`` is percent of what has an outcome, one decimal; empty for what waits."""

    name: str
    count: str
    share: str
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page of a batch says of it. ``most`` is 0 where there is nothing to measure against."""

    title: str
    said: str
    value: int
    most: int
    rows: tuple[Row, ...]
    sum_words: str
    speed: str
    spent: str


def progress_of(job: Job) -> Progress:
    """From the row alone; asks nothing."""
    most = job.total + job.unsent
    return Progress(
        title=_title(job, most),
        said=_said(job),
        value=job.done,
        most=most,
        rows=_rows(job),
        sum_words=_sum_words(job),
        speed=_speed(job),
        spent=_minutes(job.worked_ms // 1_000) if job.worked_ms >= 1_000 else "",
    )


def number(value: int) -> str:
    """A count with commas.

    >>> number(12000)
    '12,000'
    """
    return f"{value:,}"


def rate_of(job: Job) -> float | None:
    """Files a second, over the time worked; ``None`` where too little was done to tell."""
    return job.done * 1_000 / job.worked_ms if job.worked_ms >= _LEAST_MS and job.done else None


def time_left(job: Job) -> str:
    """About how long it will take; empty where nobody can tell."""
    rate = rate_of(job)
    if rate is None or not job.waiting:
        return ""
    seconds = job.waiting / rate
    if seconds < 60:
        return gettext("大约还要不到1分钟。")
    return gettext("大约还要%(time)s。") % {"time": _minutes(int(seconds) + 30)}


def _title(job: Job, most: int) -> str:
    words = {"most": number(most), "done": number(job.done)}
    if job.state == "ended":
        counts = {"taken": number(job.taken), "known": number(job.known), "refused": number(job.refused)}
        return gettext("收完了：新收%(taken)s份，早已有%(known)s份，拒收%(refused)s份") % counts
    if not most:
        return gettext("还没有传到文件")
    if job.state == "stopped":
        return gettext("停下了：%(most)s份文件，收完了%(done)s份") % words
    return gettext("正在收%(most)s份文件，收完了%(done)s份") % words


def _said(job: Job) -> str:
    if job.state == "ended":
        if job.refused:
            return gettext("拒收的在下面，每份写着原因和办法；改好了再放一次就行，收过的不会再收。")
        return gettext("都有了着落。")
    if job.state == "stopped":
        return job.trouble or gettext("停下不丢已经收完的。按“继续”，从下一份接着收。")
    leaving = gettext("可以关掉这一页或浏览器，照样接着收；回来在“收文件”里看。")
    if job.unsent:
        words = {"come": number(job.come), "expected": number(job.expected)}
        return (
            gettext(
                "传到了%(come)s份，共%(expected)s份。还在传的话，传的那一页不要关；传断了，把同样的文件再放一次，只传没有传到的。"
            )
            % words
        )
    return time_left(job) + leaving


def _rows(job: Job) -> tuple[Row, ...]:
    found = ngettext("找出说法%(n)s条，去复核", "找出说法%(n)s条，去复核", job.findings)
    refused = gettext("看是哪%(n)s份、为什么") % {"n": number(job.refused)}
    waits = (
        (gettext("停着，按“继续”接着收") if job.state == "stopped" else gettext("一份一份接着收"))
        if job.waiting
        else ""
    )
    return (
        Row(
            gettext("新收"),
            number(job.taken),
            _share(job.taken, job.done),
            found % {"n": number(job.findings)}
            if job.findings
            else gettext("没有找出说法")
            if job.taken
            else "",
            "/desk/review" if job.findings else "",
        ),
        Row(
            gettext("早已有"),
            number(job.known),
            _share(job.known, job.done),
            gettext("只记一次“又见到”，不收第二份") if job.known else "",
        ),
        Row(
            gettext("拒收"),
            number(job.refused),
            _share(job.refused, job.done),
            refused if job.refused else "",
            "?show=refused#each" if job.refused else "",
        ),
        Row(gettext("等着收"), number(job.waiting), "", waits),
    )


def _sum_words(job: Job) -> str:
    parts = "＋".join(number(part) for part in (job.taken, job.known, job.refused, job.waiting))
    return f"{parts}＝{number(job.total)}"


def _share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def _speed(job: Job) -> str:
    rate = rate_of(job)
    if rate is None:
        return gettext("刚开始，还算不出")
    if rate >= 10:
        return gettext("每秒%(n)s份") % {"n": f"{rate:,.0f}"}
    if rate >= 1:
        return gettext("每秒%(n)s份") % {"n": f"{rate:.1f}"}
    return gettext("每分钟%(n)s份") % {"n": f"{rate * 60:.1f}"}


def _minutes(seconds: int) -> str:
    if seconds < 60:
        return gettext("%(n)s秒") % {"n": seconds}
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return gettext("%(n)s分钟") % {"n": minutes}
    return gettext("%(hours)s小时%(minutes)s分钟") % {"hours": hours, "minutes": minutes}
