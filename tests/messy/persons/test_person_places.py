"""Numbers of persons are found in every part of a file, in every format, and each office's telephone is let pass."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from pptx import Presentation
from xlwt.CompoundDoc import XlsDoc

from etl.guard import Refused
from etl.matching.sheet_parts import read_parts
from tests.lib.county import town_one, write_roster
from tests.lib.files.formats import WRITERS, _record, _wide, table_of, write_table
from tests.lib.files.word import add_text_box, with_part, write_word

IDENTITY, MOBILE = "11010519491231002X", "13800138000"  # the specimen number of GB 11643
_A, _S = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
)
XLSX_PARTS = {
    "a threaded comment": ("xl/threadedComments/threadedComment1.xml", "<c><text>见{}</text></c>"),
    "an old comment in runs": ("xl/comments1.xml", "<c><r><t>{:.7}</t></r><r><rPr><b/></rPr><t>{:tail}</t></r></c>"),
    "who comments": ("xl/persons/person.xml", '<p><person displayName="{}"/></p>'),
    "a text box": ("xl/drawings/drawing9.xml", f'<x xmlns:a="{_A}"><a:p><a:r><a:t>{{}}</a:t></a:r></a:p></x>'),
    "what a picture shows": ("xl/drawings/drawing9.xml", '<x><cNvPr id="2" name="图片 1" descr="{}"/></x>'),
    "a text on a bend": ("xl/drawings/vmlDrawing9.vml", "<v><v:textpath string='{}'/></v>"),
    "a chart's cache": ("xl/charts/chart1.xml", "<c><c:pt idx='0'><c:v>{}</c:v></c:pt></c>"),
    "a pivot's cache": ("xl/pivotCache/pivotCacheRecords1.xml", '<p><r><s v="{}"/></r></p>'),
    "an external link's cache": ("xl/externalLinks/externalLink1.xml", "<e><cell r='A1'><v>{}</v></cell></e>"),
    "a link's goal": ("xl/worksheets/_rels/sheet9.xml.rels", '<r><Relationship Target="https://a/?{}"/></r>'),
    "own properties": ("docProps/custom.xml", "<p><property name='证件'><vt:lpwstr>{}</vt:lpwstr></property></p>"),
    "the name of own properties": ("docProps/custom.xml", "<p><property name='{}'/></p>"),
    "data of programs": ("customXml/item1.xml", "<a><b>{}</b></a>"),
    "a remark in the markup": ("xl/theme/theme9.xml", "<a><!-- {} --></a>"),
    "a part nobody names": ("xl/other/thing.xml", "<a><![CDATA[{}]]></a>"),
    "a part in other letters": ("xl/other/wide.xml", "<a>{:wide}</a>"),
    "a sound beside the signs": ("xl/sharedStrings.xml", "<sst><si><t>3</t><rPh sb='0'><t>{}</t></rPh></si></sst>"),
    "a text no cell shows": ("xl/sharedStrings.xml", "<sst><si><t>{}</t></si></sst>"),
    "a table's heading": ("xl/tables/table9.xml", '<t><tableColumn id="1" name="{}"/></t>'),
    "a dialog of old": ("xl/dialogsheets/sheet9.xml", "<d><oddHeader>&amp;L{}</oddHeader></d>"),
    "a picture's own data": ("xl/media/image9.png", "\x89PNG\r\n\x1a\n tEXtComment {} "),
    "the name of a part": ("xl/media/{}.png", "-"),
}  # fmt: skip


class Said(str):
    """A number that can be written in halves, or in other letters."""

    def __format__(self, how: str) -> str:
        wide = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
        return {"tail": self[7:], "wide": self.translate(wide)}.get(how) or str.__format__(self, how)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A return without a fault."""
    return write_roster(tmp_path / "sent", "甲镇", "2008年一季度", town_one(), name="甲镇.xlsx")


def told(path: Path) -> list[str]:
    """Return where persons are told of, as findings say it."""
    parts = read_parts(path, path.name)
    found = [one for part in parts for one in part.persons]
    assert not any(IDENTITY in one.sentence() or MOBILE in one.sentence() for one in found)
    return [one.problem for one in found if one.rule == "personal_data"]


def repacked(path: Path, change: Callable[[str, bytes], bytes], **more: str) -> Path:
    """Rewrite a package with its parts changed, and some added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {name: text.encode("latin-1", "replace") for name, text in more.items()}).items():
            archive.writestr(name, content)
    return path


def put(path: Path, part: str, text: str | bytes) -> Path:
    content = text.encode() if isinstance(text, str) else text
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, content)
    return path


def at_the_end_of(part: str, text: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        head, end, tail = content.rpartition(b"</")
        return head + text.encode() + end + tail if name == part else content

    return change


@pytest.mark.parametrize("number", [IDENTITY, MOBILE])
@pytest.mark.parametrize("place", XLSX_PARTS)
def test_s07_every_part_of_a_workbook_is_looked_at(place: str, number: str, sent: Path) -> None:
    part, text = XLSX_PARTS[place]
    assert told(put(sent, part.format(number), text.format(Said(number), Said(number))))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/workbook.xml", "<definedNames><definedName name='甲'>\"{}\"</definedName></definedNames>"),
        ("xl/workbook.xml", "<customWorkbookViews><customWorkbookView name='{}'/></customWorkbookViews>"),
        ("xl/worksheets/sheet1.xml", "<headerFooter><firstFooter>&amp;L{}</firstFooter></headerFooter>"),
        ("xl/worksheets/sheet1.xml", "<extLst><ext><x14:f><xm:f>\"{}\"</xm:f></x14:f></ext></extLst>"),
        ("docProps/core.xml", "<dc:subject>{}</dc:subject>"),
    ],
)  # fmt: skip
def test_s07_the_parts_every_workbook_has_are_looked_at(part: str, text: str, sent: Path) -> None:
    assert told(repacked(sent, at_the_end_of(part, text.format(IDENTITY))))


def test_s07_a_number_in_a_formula_is_found(sent: Path) -> None:
    formula = f'<f>IF(TRUE,"","{IDENTITY}")</f><v></v></c></row></sheetData>'.encode()
    assert told(
        repacked(sent, lambda name, content: content.replace(b"</row></sheetData>", b'<c r="Z99" t="str">' + formula))
    )


def test_s07_files_within_the_file_are_looked_at(sent: Path, tmp_path: Path) -> None:
    assert told(put(sent, "xl/embeddings/a.docx", write_word(f"见{IDENTITY}")))


@pytest.mark.parametrize("kind", WRITERS)
def test_s07_every_format_is_looked_at_in_its_cells(kind: str, sent: Path, tmp_path: Path) -> None:
    table = table_of(sent)
    table.rows[-1][0] = f"见{IDENTITY}"
    assert told(write_table(table, kind, tmp_path))


@pytest.mark.parametrize("kind", WRITERS)
def test_s07_a_return_without_persons_is_let_pass_in_every_format(kind: str, sent: Path, tmp_path: Path) -> None:
    table = table_of(sent)
    table.rows[-1][0] = f"填表人：（签章）　联系电话：{MOBILE}"  # offices write it; it stands among the strings too
    assert not told(write_table(table, kind, tmp_path))


ODS = {
    "an annotation": ("content.xml", "<office:annotation><text:p>{}</text:p></office:annotation>"),
    "a text box": ("content.xml", "<draw:text-box><text:p><text:span>{}</text:span></text:p></draw:text-box>"),
    "a help message": ("content.xml", '<table:help-message table:title="{}"/>'),
    "a name": ("content.xml", "<table:named-expression table:name='甲' table:expression='&quot;{}&quot;'/>"),
    "what a picture shows": ("content.xml", "<svg:desc>{}</svg:desc>"),
}  # fmt: skip


@pytest.mark.parametrize("place", ODS)
def test_s07_every_part_of_an_open_document_is_looked_at(place: str, sent: Path, tmp_path: Path) -> None:
    part, text = ODS[place]
    opened, spread = b"<office:spreadsheet>", text.format(IDENTITY)
    names = "".join(f' xmlns:{name}="urn:{name}"' for name in ("draw", "svg"))

    def change(name: str, content: bytes) -> bytes:
        content = content.replace(b"<office:document-content", f"<office:document-content{names}".encode())
        return content.replace(opened, opened + spread.encode()) if name == part else content

    assert told(repacked(write_table(table_of(sent), "ods", tmp_path), change))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("styles.xml", "<a><style:header><text:p>{}</text:p></style:header></a>"),
        ("meta.xml", "<a><meta:user-defined>{}</meta:user-defined></a>"),
    ],
)
def test_s07_headers_and_properties_of_an_open_document_are_looked_at(
    part: str, text: str, sent: Path, tmp_path: Path
) -> None:
    assert told(put(write_table(table_of(sent), "ods", tmp_path), part, text.format(IDENTITY)))


@pytest.mark.parametrize(
    ("part", "kind"), [("xl/comments1.bin", 637), ("xl/worksheets/sheet2.bin", 479), ("xl/sharedStrings.bin", 19)]
)
def test_s07_every_part_of_a_binary_workbook_is_looked_at(part: str, kind: int, sent: Path, tmp_path: Path) -> None:
    path = write_table(table_of(sent), "xlsb", tmp_path)
    assert told(put(path, part, _record(628) + _record(kind, b"\x00" + _wide(f"见{IDENTITY}") + b"1") + _record(629)))


def test_s07_a_name_in_a_binary_workbook_is_found(sent: Path, tmp_path: Path) -> None:
    name = _record(39, bytes(9) + _wide("甲") + b"\x17" + struct.pack("<H", 11) + MOBILE.encode("utf-16-le"))
    path = write_table(table_of(sent), "xlsb", tmp_path)
    assert told(repacked(path, lambda part, content: content + name if part == "xl/workbook.bin" else content))


def xls_with(folder: Path, *records: tuple[int, bytes], header: str = "") -> Path:
    """Return an old workbook with records behind its sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "甲")
    sheet.header_str = header.encode()
    more = b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in records)
    path = folder / "旧.xls"
    XlsDoc().save(str(path), book.get_biff_data() + more)
    return path


@pytest.mark.parametrize(
    "records",
    [
        [(0x1B6, bytes(18)), (0x3C, b"\x00" + IDENTITY.encode())],  # a comment's text
        [(0x1B6, bytes(18)), (0x3C, b"\x01" + f"见{IDENTITY}".encode("utf-16-le"))],
        [(0x1C, bytes(11) + IDENTITY.encode())],  # who commented
        [(0x15, struct.pack("<HB", 18, 0) + IDENTITY.encode())],  # page footer
        [(0x18, bytes(14) + b"\x00A" + b"\x17\x12\x00" + IDENTITY.encode())],  # a defined name
        [(0x1BE, bytes(20) + b"\x17\x12\x00" + IDENTITY.encode())],  # a list to choose from
        [(0x5C, b"\x12\x00\x00" + IDENTITY.encode() + b" " * 50)],  # who saved it
        [(0x18, bytes(14) + b"\x17\x0d\x01" + "证１３８００１３８０００".encode("utf-16-le"))],
    ],
)
def test_s07_the_records_of_an_old_workbook_are_looked_at(records: list[tuple[int, bytes]], tmp_path: Path) -> None:
    assert told(xls_with(tmp_path, *records))


def test_s07_the_page_header_of_an_old_workbook_is_looked_at(tmp_path: Path) -> None:
    assert told(xls_with(tmp_path, header=f"&L{IDENTITY}"))
    assert not told(xls_with(tmp_path, header="&LReport 2008"))


def as_web_page(text: str, sent: Path, tmp_path: Path) -> Path:
    path = write_table(table_of(sent), "html", tmp_path)
    path.write_bytes(path.read_bytes() + text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    ["<!-- {} -->", '<div style="display:none">{}</div>', "<title>{}</title>", '<meta name="author" content="{}">',
     "<p title='{}'>", "<input value={}>", "<script>var a = '{}'</script>", "<img alt='&#49;1010519491231002X'>"],
)  # fmt: skip
def test_s07_every_part_of_a_web_page_is_looked_at(text: str, sent: Path, tmp_path: Path) -> None:
    assert told(as_web_page(text.format(IDENTITY), sent, tmp_path))


@pytest.mark.parametrize(
    "text", ["<ss:Comment><ss:Data>{}</ss:Data></ss:Comment>", "<Author>{}</Author>", "<Header x:Data='&amp;L{}'/>"]
)
def test_s07_every_part_of_an_xml_workbook_is_looked_at(text: str, sent: Path, tmp_path: Path) -> None:
    path = write_table(table_of(sent), "xml", tmp_path)
    head, end, tail = path.read_bytes().rpartition(b"</")
    names = b'<x:R xmlns:x="urn:x" xmlns:ss="urn:ss">'
    path.write_bytes(head + names + text.format(IDENTITY).encode() + b"</x:R>" + end + tail)
    assert told(path)


def slides() -> bytes:
    made, show = BytesIO(), Presentation()
    show.slides.add_slide(show.slide_layouts[0]).shapes.title.text = f"见{MOBILE}"
    show.save(made)
    return made.getvalue()


PAPERS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: write_word(f"见{IDENTITY}"),
    "with a text box": lambda: write_word("文", add=lambda document: add_text_box(document, IDENTITY)),
    "with a header": lambda: with_part(write_word("文"), "word/header9.xml", f"<w:t>{IDENTITY}</w:t>".encode()),
    "pptx": slides,
}  # fmt: skip


@pytest.mark.parametrize("kind", PAPERS)
def test_s07_papers_sent_in_a_tables_place_are_looked_at(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "材料.docx"
    path.write_bytes(PAPERS[kind]())
    assert told(path)
    path.write_bytes(write_word("没有"))
    with pytest.raises(Refused):
        read_parts(path, path.name)
