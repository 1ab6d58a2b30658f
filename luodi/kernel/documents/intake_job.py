"""Taking in many documents: what is done with one file of a job. A page is kept and read, an archive unfolds into its files, a
list of addresses tells where the pages of its job came from.
"""

from __future__ import annotations

from functools import lru_cache

from luodi.kernel.documents.actions import intake
from luodi.kernel.documents.address_list import AddressList, address_list, is_address_list, merged
from luodi.kernel.documents.harmless import blank, require_harmless, unreadable
from luodi.kernel.documents.intake_kind import ARCHIVES
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.files.names import ending_of, is_left_by_system
from luodi.kernel.files.tarballs import as_zip, is_tarball
from luodi.kernel.files.zip_bounds import name_of_part, open_archive
from luodi.kernel.jobs import staging
from luodi.kernel.jobs.actions import Given
from luodi.kernel.jobs.models import Item
from luodi.kernel.jobs.work import Work
from luodi.kernel.refusal import Refusal
from luodi.reading.formats.html import looks_like_html, strip_markup
from luodi.reading.reader import LARGEST

ARCHIVE, LIST = "archive", "list"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OF_A_DOCUMENT = {"[Content_Types].xml", "OFD.xml", "META-INF/manifest.xml"}


def handle(work: Work) -> None:
    """Take in one file. Raises ``Refusal``."""
    item = work.item
    name = item.name or ""
    if item.role == LIST or is_address_list(name):
        _take_list(work, name)
    elif _is_archive(work, name):
        _unfold(work)
    else:
        _take_page(work, name)


def _take_page(work: Work, name: str) -> None:
    raw = work.read(LARGEST)
    require_harmless(raw, name)

    def also(source: Source, is_new: bool) -> None:
        found = StatementKey.objects.filter(source=source).count()
        if is_new and not found and _is_blank(source.text):
            raise blank()
        work.settle("taken" if is_new else "known", result=source.id, findings=found)

    address = work.item.note or _addresses(work.item).address_of(name)
    try:
        intake(raw, name=name, address=address, by=work.actor, also=also)
    except Refusal as refusal:
        raise unreadable(raw, refusal) from refusal


def _is_blank(text: str) -> bool:
    return not (strip_markup(text).text if looks_like_html(text) else text).strip()


def _take_list(work: Work, name: str) -> None:
    listed = address_list(work.read(LARGEST), name)
    work.unfold(LIST, findings=len(listed))


def _is_archive(work: Work, name: str) -> bool:
    """By its bytes, where the name says nothing else: a .docx is a zip, too."""
    if ending_of(name) not in (*ARCHIVES, ""):
        return False
    if work.item.parent_id is not None:
        if ending_of(name) in ARCHIVES:
            raise Refusal(
                "archive-too-deep",
                "压缩包里还有压缩包，只展开一层。请把里层的先解开，或单独放。",
            )
        return False
    with work.path().open("rb") as opened:
        beginning = opened.read(512)
    return beginning.startswith(_ZIP) or is_tarball(beginning)


def _unfold(work: Work) -> None:
    """The files of an archive, lists of addresses first, so that they are known before the pages come."""
    parts = []
    path = work.path()
    with path.open("rb") as opened:
        is_zip = opened.read(4) in _ZIP
    if not is_zip:
        staging.add_zip(work.item.job_id, work.item.sha256, lambda made: as_zip(path, made))
    with open_archive(staging.archive_of(work.item.job_id, work.item.sha256)) as archive:
        if is_zip and not _OF_A_DOCUMENT.isdisjoint(archive.namelist()):
            raise Refusal(
                "forged-name", "名字的结尾是 .zip，里面却是一份办公文档，没有收。请把结尾改对后再放。"
            )
        for place, part in enumerate(archive.infolist()):
            name = name_of_part(part)
            if not part.filename.endswith("/") and not is_left_by_system(name):
                parts.append(Given(name=name, size=part.file_size, place=place))
    if not parts:
        raise Refusal("archive-empty", "这个压缩包里没有文件。请确认选对了，或直接放文件夹。")
    parts.sort(key=lambda part: not is_address_list(part.name))
    work.unfold(ARCHIVE, parts)


def _addresses(item: Item) -> AddressList:
    """What the lists of the item's job say."""
    lists = Item.objects.filter(job=item.job_id, state="opened", role=LIST).order_by("id")
    return _read_lists(item.job_id, tuple(lists.values_list("id", flat=True)))


@lru_cache(maxsize=4)
def _read_lists(job: str, ids: tuple[int, ...]) -> AddressList:
    items = Item.objects.select_related("parent", "job").filter(job=job, id__in=ids).order_by("id")
    return merged(_reread(item) for item in items)


def _reread(item: Item) -> AddressList:
    if item.parent is None:
        raw = staging.path_of(item.job_id, item.sha256).read_bytes()
        return address_list(raw, item.name or "")
    with open_archive(staging.archive_of(item.job_id, item.parent.sha256)) as archive:
        return address_list(archive.read(archive.infolist()[item.place]), item.name or "")
