"""The words that the script of the intake page says, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext


def script_words() -> dict[str, str]:
    """By what they are said for; ``{n}`` and the like are filled in by the script."""
    return {
        "chosen": gettext("选了{n}份，共{size}"),
        "skipped": gettext("，跳过系统文件{n}个"),
        "nothing": gettext("还没有选文件。"),
        "too_many": gettext("选了{n}份，一批最多{most}份。请分成几批，或打成 zip 再放。"),
        "reading": gettext("正在看第{n}份，共{of}份"),
        "sending": gettext("传到{n}份，共{of}份"),
        "speed": gettext("{sent}／{size}，每秒{rate}"),
        "left": gettext("，大约还要{left}"),
        "sent": gettext("都传到了，正在打开这一批的进度。"),
        "leaving": gettext("传的时候不要关这一页；传到的已经在收，关了也不丢。"),
        "broken": gettext("网断了，已传到的不丢。{seconds}秒后再试，第{n}次。"),
        "paused": gettext("停下了，传到{n}份，共{of}份。已传到的照样在收。"),
        "logged_out": gettext("登录过期了。请在新页面里登录，再回来按“接着传”；已传到的不会再传。"),
        "failed": gettext("没有传成：{why}"),
        "unreadable": gettext("这个文件读不出来，可能刚被移走或改名。请重新选。"),
        "file_waiting": gettext("等着传"),
        "file_there": gettext("传到了"),
        "file_known": gettext("早先传到了"),
        "file_refused": gettext("拒收"),
        "file_failed": gettext("没有传成"),
        "more_files": gettext("……另有{n}份"),
        "seconds": gettext("{n}秒"),
        "minutes": gettext("{n}分钟"),
        "stop": gettext("停下"),
        "go_on": gettext("接着传"),
        "remove": gettext("都不要，重选"),
    }
