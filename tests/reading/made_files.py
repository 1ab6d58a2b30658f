"""Office files made by the tests: Word and Excel through their libraries, PDF and OFD written by hand, old Excel byte by byte."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import docx
import openpyxl

Table = Sequence[Sequence[str]]
SIZE, LEADING = 16.0, 28.0
WIDTH, HEIGHT = 595.0, 842.0
MARGIN = 81.0
A_LINE = 27  # signs


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return held.getvalue()


def tarred(parts: Mapping[str, bytes], packed: str = "gz") -> bytes:
    """A tar of these parts, packed as ``gz``, or not."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=f"w:{packed}") as archive:
        for name, raw in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return held.getvalue()


def a_docx(paragraphs: Sequence[str] = (), table: Table = (), header: str = "") -> bytes:
    """A Word document."""
    made = docx.Document()
    if header:
        made.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        made.add_paragraph(text)
    if table:
        grid = made.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    made.save(held := io.BytesIO())
    return held.getvalue()


def an_xlsx(sheets: Mapping[str, Table], hidden: str = "", merged: Sequence[str] = ()) -> bytes:
    """A workbook; ``merged`` are areas of the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name == hidden:
            sheet.sheet_state = "hidden"
    for area in merged:
        book.worksheets[0].merge_cells(area)
    book.save(held := io.BytesIO())
    return held.getvalue()


Placed = tuple[float, float, float, str]  # x, y from above, size, text


def lines_on(paragraphs: Sequence[str], top: float = 90.0) -> list[Placed]:
    """Paragraphs set as offices set them: two signs indented, full lines."""
    found: list[Placed] = []
    y = top
    for text in paragraphs:
        left, room = MARGIN + 2 * SIZE, A_LINE - 2
        while text:
            found.append((left, y, SIZE, text[:room]))
            text, left, room, y = text[room:], MARGIN, A_LINE, y + LEADING
    return found


def a_pdf(
    pages: Sequence[Sequence[Placed]],
    rules: Sequence[tuple[float, float, float, float]] = (),
    packed: bool = True,
) -> bytes:
    """A PDF whose pages hold text at places, and on the first one ruled lines from (x, y) to (x, y)."""
    objects: list[bytes] = [b"", b""]
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>/DW 1000>>]>>"
    )
    objects.append(font)
    kids = []
    for number, placed in enumerate(pages):
        drawn = [
            f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y - size} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, size, text in placed
        ]
        if not number:
            drawn += [f"{x1} {HEIGHT - y1} m {x2} {HEIGHT - y2} l S" for x1, y1, x2, y2 in rules]
        content = "\n".join(drawn).encode()
        extra = b""
        if packed:
            content, extra = zlib.compress(content), b"/Filter/FlateDecode"
        objects.append(b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def grid(
    table: Table, left: float, top: float, widths: Sequence[float], height: float
) -> tuple[list[Placed], list[tuple[float, float, float, float]]]:
    """A table as signs and ruled lines; a cell wraps at its width."""
    placed: list[Placed] = []
    xs = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
    ys = [top + height * n for n in range(len(table) + 1)]
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            room = int((widths[c] - 6) // 10)
            for n, at in enumerate(range(0, len(text), room)):
                placed.append((xs[c] + 3, ys[r] + 3 + 12 * n, 10.0, text[at : at + room]))
    rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    return placed, rules


def an_ofd(
    pages: Sequence[Sequence[Placed]], rules: Sequence[tuple[float, float, float, float]] = ()
) -> bytes:
    """An OFD document with the same places."""
    scale = 25.4 / 72
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {
        "OFD.xml": f"<ofd:OFD {space} Version='1.0'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData/><ofd:Pages>"
        + "".join(f"<ofd:Page ID='{n}' BaseLoc='Pages/Page_{n}/Content.xml'/>" for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for n, placed in enumerate(pages):
        things = [
            f"<ofd:TextObject Boundary='{x * scale} {y * scale} 180 10' Font='1' Size='{size * scale}'>"
            f"<ofd:TextCode X='0' Y='{size * 0.88 * scale}' DeltaX='g {len(text)} {size * scale}'>"
            f"{text}</ofd:TextCode></ofd:TextObject>"
            for x, y, size, text in placed
        ]
        if not n:
            things += [
                f"<ofd:PathObject Boundary='0 0 210 297'><ofd:AbbreviatedData>M {x1 * scale} {y1 * scale} "
                f"L {x2 * scale} {y2 * scale}</ofd:AbbreviatedData></ofd:PathObject>"
                for x1, y1, x2, y2 in rules
            ]
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Area><ofd:PhysicalBox>0 0 209.9 297.0</ofd:PhysicalBox></ofd:Area>"
            f"<ofd:Content><ofd:Layer>{''.join(things)}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped({name: text.encode() for name, text in parts.items()})


def an_xls(sheets: Mapping[str, Table]) -> bytes:
    """An old workbook (BIFF8 as a bare stream): labels only."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def text(value: str, width: str) -> bytes:
        return struct.pack(f"<{width}B", len(value), 1) + value.encode("utf-16-le")

    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    fonts = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + text("A", "B"))
    formats = record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 1, 0, 0, 0, 0, 0, 0, 0))
    bodies = []
    for rows in sheets.values():
        cells = b"".join(
            record(0x204, struct.pack("<HHH", r, c, 0) + text(value, "H"))
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
        )
        size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
        bodies.append(
            record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
            + record(0x200, size)
            + cells
            + record(0xA, b"")
        )
    names = [text(name, "B") for name in sheets]
    at = len(begin) + len(fonts) * 4 + len(formats) + sum(10 + len(name) for name in names) + 4
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += record(0x85, struct.pack("<IBB", at, 0, 0) + name)
        at += len(body)
    stream = begin + fonts * 4 + formats + bounds + record(0xA, b"") + b"".join(bodies)
    return in_ole("Workbook", stream)


def in_ole(name: str, stream: bytes) -> bytes:
    """A compound file of version 3 with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    entries = (count + 2 + 127) // 128 + 1
    tables = -(-(count + 1 + entries) // 128)
    table = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    table += [tables + 2 + n for n in range(count - 1)] + [0xFFFFFFFE]
    table += [0xFFFFFFFF] * (tables * 128 - len(table))

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = title.encode("utf-16-le") + b"\0\0"
        return (
            written.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<III", start, size, 0)
        )

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, tables + 1, len(stream))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
    )
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    return header + struct.pack(f"<{len(table)}I", *table) + folder.ljust(512, b"\0") + stream
