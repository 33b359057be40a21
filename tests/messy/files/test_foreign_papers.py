"""Foreign papers: whoever hands in a Word file to be filled or looked through stops nobody else by it."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from base.errors import UserError
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.catalogue.placeholder_syntax import find_placeholders
from stats.exports.word.check_template import TemplateCheck, check_template
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.cited_figures import Registered
from stats.papers.mentions import mentions_in
from stats.papers.references import reference
from stats.papers.retyped import retyped
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source
from tests.lib.files.word import with_part, write_word
from tests.lib.growth import assert_linear

VIEW = Selection("COUNTY", parse_span("2010Q4"))
REF = reference("union_members", "COUNTY", "2010Q4", "1|now")
_WORK = "w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def check(source: Source, content: bytes) -> TemplateCheck:
    return check_template(content, source, VIEW)


def _plain(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def _registered() -> Registered:
    return Registered(
        ref=REF,
        subject="union_members",
        name="会员",
        unit="COUNTY",
        span="2010Q4",
        build=1,
        built_at="now",
        value=1.0,
        text="1元",
        content="",
    )


SEARCHES: dict[str, Callable[[str], object]] = {
    "placeholders": find_placeholders,
    "mentions": lambda text: mentions_in(_plain(text), "a.txt"),
    "retyped": lambda text: retyped([text], _registered(), []),
}
HOSTILE = (
    "{{",
    "{%",
    "{{ a }",
    "壹",
    "零",
    "1",
    "１，",
    "（a",
    "　（",
    f"{REF}　",
    f"{REF}　（a；",
    f"1{REF}",
    "约",
    " ",
    ".",
)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("search", SEARCHES)
def test_s03_four_times_the_text_takes_no_more_than_about_four_times_the_work(search: str, piece: str) -> None:
    assert_linear(SEARCHES[search], piece)


@pytest.mark.parametrize("piece", ["{{", "{%", "{#", "{{ 工会组织数", "}}", "{{ x {{ "])
def test_s03_braces_by_the_ten_thousand_are_answered_with_one_problem(source: Source, piece: str) -> None:
    found = check(source, write_word(piece * 40_000))
    assert [one for one in found.problems if one.stops] and len(found.problems) <= 2 and not found.fillable


@pytest.mark.parametrize(
    "inner", ["(" * 90 + "x" + ")" * 90, "not " * 45 + "x", "[" * 90 + "]" * 90, "-" * 190 + "x", "x" * 300]
)
def test_s03_braces_deep_or_long_are_told_as_ill_formed(source: Source, inner: str) -> None:
    found = check(source, write_word(f"全县{{{{{inner}}}}}家"))
    assert len(found.problems) == 1 and found.problems[0].stops and len(found.problems[0].sentence) < 400


def test_s03_more_placeholders_than_any_paper_has_are_refused(source: Source) -> None:
    with pytest.raises(UserError, match="占位超过1000处"):
        check(source, write_word(*["{{ 不知道 }}" * 100] * 11))


def _nested(depth: int) -> bytes:
    return f"<{_WORK}>{'<w:r>' * depth}{'</w:r>' * depth}</w:p>".encode()


@pytest.mark.parametrize("name", ["word/document.xml", "word/header7.xml", "word/styles.xml", "docProps/core.xml"])
def test_s03_parts_nested_by_the_thousand_are_refused(source: Source, name: str) -> None:
    content = with_part(write_word("{{ 工会组织数 }}"), name, _nested(100_000))
    with pytest.raises(UserError, match="结构异常"):
        check(source, content)


def test_s03_an_ordinary_depth_is_no_fault(source: Source) -> None:
    assert check(source, with_part(write_word("{{ 工会组织数 }}"), "word/header7.xml", _nested(100))).fillable


def _packed(content: bytes, name: str, part: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for known in old.namelist():
            packed.writestr(known, part if known == name else old.read(known))
        if name not in old.namelist():
            packed.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/header7.xml", "xl/sharedStrings.xml", "word/_rels/document.xml.rels"]
)
def test_s03_a_small_file_of_very_much_xml_is_refused(source: Source, name: str) -> None:
    filler = b"".join(b"<w:r>%d</w:r>" % (number * 7919 % 65_537) for number in range(2_200_000))
    content = _packed(write_word("{{ 工会组织数 }}"), name, f"<{_WORK}>".encode() + filler + b"</w:p>")
    with pytest.raises(UserError, match="解开后过大"):
        check(source, content)
    with pytest.raises(UserError, match="解开后过大"):
        mentions_in(content, "旧稿.docx")


def test_s03_a_table_of_very_many_rows_is_gone_through_once(source: Source) -> None:
    row = "<w:tr><w:tc><w:p><w:r><w:t>工</w:t></w:r></w:p></w:tc></w:tr>"
    last = row.replace("工", "{{ 不知道 }}")
    space = _WORK.partition(" ")[2]
    part = f"<w:document {space}><w:body><w:tbl>{row * 40_000}{last}</w:tbl></w:body></w:document>"
    found = check(source, with_part(write_word(), "word/document.xml", part.encode()))
    assert found.problems[0].place.startswith("正文第1张表第40001行第1格")


def test_s03_what_stands_for_a_figure_is_quoted_only_at_its_beginning() -> None:
    run = f"<w:r><w:t>{'9' * 100_000}</w:t></w:r>"
    control = f"<w:sdt><w:sdtPr><w:tag w:val='{REF}'/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    part = f"<{_WORK}>{control}</w:p>".encode()
    found = mentions_in(_packed(write_word(), "word/document.xml", part), "旧稿.docx")
    assert [len(one) for mention in found for one in mention.written] == [101]
    assert re.match("文中写的是 9{100}…", retyped(found[0].written, _registered(), [])[0].sentence)
