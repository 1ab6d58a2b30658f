"""What the system says when it will not open or write, in Chinese."""

from __future__ import annotations

import errno

_WORDS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EBADF: "已被关闭",
}


def in_words(fault: OSError) -> str:
    """Why ``fault`` happened; a rare one as the system words it."""
    known = _WORDS.get(fault.errno) if fault.errno is not None else None
    return known or fault.strerror or str(fault)
