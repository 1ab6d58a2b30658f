"""One interface to every format: bytes to the text in them, or ``None`` where they are text themselves."""

from __future__ import annotations

from collections.abc import Callable

from luodi.reading.formats.extract import Extract
from luodi.reading.formats.package import Package, damaged
from luodi.reading.formats.sniff import sniff
from luodi.reading.refusals import Refused

READABLE = ("docx", "xlsx", "xls", "pdf", "ofd")


Convert = Callable[[bytes], bytes]  # an old document into a new one; raises ``Refused``


def take(raw: bytes, convert: Convert | None = None) -> Extract | None:
    """The text in a document; ``None`` for what is to be decoded as text. Old Word and WPS documents only with ``convert``.

    Raises ``Refused``: ``damaged``, ``locked``, ``bomb``, ``too-long``, ``no-text``, ``old-format``, ``archive``; nothing else.
    """
    form = sniff(raw)
    if form is None or form == "ole":
        return None
    if form == "zip":
        Package(raw, "压缩包")
        raise Refused(
            "archive",
            "这是压缩包，里面可能有许多份。请解开后读里面的文件，或直接把压缩包交给 bin/luodi read。",
        )
    if form == "tar":
        raise Refused("archive", "这是压缩包，里面可能有许多份。请先解压，再读里面的文件。")
    if form == "doc" and convert is not None:
        found = take(convert(raw))
        if found is None:
            raise damaged("旧格式的文档")
        return found._replace(format="doc")
    if form in _REFUSED:
        code, words = _REFUSED[form]
        raise Refused(code, words)
    try:
        return _reader_of(form)(raw)
    except Refused:
        raise
    except (MemoryError, RecursionError):
        raise
    except Exception as fault:  # a document made to break us is a damaged document
        raise damaged(f"文档（{form}）") from fault


_REFUSED = {
    "locked": ("locked", "这个文档加了打开密码，读不了。请去掉密码，存盘后再读。"),
    "doc": (
        "old-format",
        "这是旧格式的 Word 或 WPS 文档（.doc、.wps），读不了。请另存为 .docx 后再读；装了 LibreOffice 的机器会自动转换。",
    ),
    "pptx": ("old-format", "这是演示文稿，读不了。请把文字另存为纯文本或 .docx 后再读。"),
    "odf": ("old-format", "这是开放文档（.odt、.ods），读不了。请另存为 .docx 或 .xlsx 后再读。"),
}


def _reader_of(form: str) -> Callable[[bytes], Extract]:
    if form == "docx":
        from luodi.reading.formats.docx import extract_docx

        return extract_docx
    if form == "xlsx":
        from luodi.reading.formats.xlsx import extract_xlsx

        return extract_xlsx
    if form == "xls":
        from luodi.reading.formats.xls import extract_xls

        return extract_xls
    if form == "pdf":
        from luodi.reading.formats.pdf import extract_pdf

        return extract_pdf
    from luodi.reading.formats.ofd import extract_ofd

    return extract_ofd
