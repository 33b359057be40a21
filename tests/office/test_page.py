"""The one-page brief: one page for every area, its words to be read and found, every letter in the font."""

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import parse_span
from stats.__main__ import main
from stats.exports.charts.chart_model import Axis, Chart, ChartSeries
from stats.exports.page import write_page
from stats.exports.page.chart import place_chart
from stats.exports.page.fonts import KNOWN, chosen_font, installed_fonts
from stats.figures.elements.figure_model import Selection, Source
from stats.organisations import organisations
from stats.papers.cited_figures import look_up
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief
from stats.papers.references import references_in
from tests.lib.office import text_of_pdf

_RANGE = re.compile(r"([0-9a-f]+)(?:-([0-9a-f]+))?")


def composed(source: Source, unit: str = "COUNTY", span: str = "2010Q1..2010Q4") -> Brief:
    return compose_brief(source, source.catalogue.outline("one_page"), Selection(unit, parse_span(span)))


def printed(brief: Brief, folder: Path) -> tuple[int, str]:
    file = folder / "page.pdf"
    file.write_bytes(write_page(brief))
    return text_of_pdf(file, "raw")


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.soak)])
def test_it_is_one_page_for_the_county_and_the_areas(step: int, source: Source, tmp_path: Path) -> None:
    above = [found.code for found in organisations(source.warehouse) if found.level != "union"][::step]
    assert len(above) > 20 / step
    pages = Counter(printed(composed(source, code), tmp_path)[0] for code in above)
    assert pages == {1: len(above)}


@pytest.mark.parametrize("span", ["2011Q2", "2008Q1..2010Q4", "2015Q1"])
def test_it_is_one_page_for_any_span(span: str, source: Source, tmp_path: Path) -> None:
    assert printed(composed(source, span=span), tmp_path)[0] == 1


@pytest.mark.parametrize("unit", ["COUNTY", "T01", "S01"])
def test_it_says_what_the_readings_say(unit: str, source: Source, tmp_path: Path) -> None:
    brief = composed(source, unit)
    _, text = printed(brief, tmp_path)
    shown = {cited.ref for paragraph in brief.sections[0].paragraphs for cited in paragraph.cited}
    assert len(shown) > 8
    for proof in (proof for proof in brief.proofs if proof.ref in shown):
        said = (proof.name, proof.value, proof.coverage, proof.ref, proof.base, proof.change, proof.target)
        assert [words for words in said if re.sub(r"\s", "", words) not in text] == []
    lines = (brief.title, *brief.as_known, "示例数据，并非真实情况")
    assert [line for line in lines if re.sub(r"\s", "", line) not in text] == []
    assert all(exhibit.ref in text for exhibit in brief.exhibits())


def test_what_is_off_track_stands_on_it_and_what_has_no_room_is_counted(source: Source, tmp_path: Path) -> None:
    brief = composed(source, span="2011Q2")
    _, text = printed(brief, tmp_path)
    for section in brief.sections[1:]:
        said = [line for paragraph in section.paragraphs for line in paragraph.text.split("。") if line]
        shown = [line for line in said if re.sub(r"\s", "", line) in text]
        assert section.title in text and shown == said[: len(shown)] and shown
        assert len(shown) == len(said) or f"另有{len(said) - len(shown)}项。" in text


def test_every_letter_is_in_the_font(source: Source, tmp_path: Path) -> None:
    fonts = installed_fonts()
    chosen = chosen_font(fonts.families())
    file = next(font.path for font in fonts.fonts() if font.family == chosen)
    covered = subprocess.run(["fc-query", "-f", "%{charset}\n", str(file)], capture_output=True, check=True)
    ranges = [(int(a, 16), int(b or a, 16)) for a, b in _RANGE.findall(covered.stdout.decode())]
    text = "".join(printed(composed(source, unit), tmp_path)[1] for unit in ("COUNTY", "T01", "S02"))
    assert [letter for letter in set(text) if not any(low <= ord(letter) <= high for low, high in ranges)] == []
    used = subprocess.run(["pdffonts", str(tmp_path / "page.pdf")], capture_output=True, check=True).stdout.decode()
    assert "yes" in used and all(line.split()[-5] == "yes" for line in used.splitlines()[2:])


@pytest.mark.parametrize("words", ['#panic("x") *甲* $y$ @z <pages>', '"\\u{41}" // 乙', "#let data = 1"])
def test_names_are_never_read_as_markup(words: str, source: Source, tmp_path: Path) -> None:
    brief = composed(source, "T01")
    cited = brief.sections[0].paragraphs[0].cited[0]
    proofs = tuple(replace(proof, name=words) if proof.ref == cited.ref else proof for proof in brief.proofs)
    pages, text = printed(replace(brief, title=f"{words}一览", proofs=proofs), tmp_path)
    assert pages == 1 and text.count(re.sub(r"\s", "", words)) >= 2


def test_without_a_chinese_font_it_says_which_to_install() -> None:
    with pytest.raises(UserError, match="请安装思源黑体"):
        chosen_font(["DejaVu Sans", "Libertinus Serif"])
    assert chosen_font(["SimSun", "Microsoft YaHei", "DejaVu Sans"]) == "Microsoft YaHei"
    assert all(chosen_font([font]) == font for font in KNOWN)


def test_what_is_too_much_for_a_page_is_told(source: Source) -> None:
    brief = composed(source, "T01")
    long = tuple(replace(proof, change="增加" * 400) for proof in brief.proofs)
    with pytest.raises(UserError, match="一页写不下"):
        write_page(replace(brief, proofs=long))


def test_a_line_breaks_where_a_quarter_is_not_known() -> None:
    series = ChartSeries("会员", (1.0, 2.0, None, 3.0, 4.0), ("1人", "2人", "—", "3人", "4人"), labelled="last")
    names = tuple(f"{number}季" for number in range(5))
    placed = place_chart(
        Chart(
            title="会员",
            shape="line",
            categories=names,
            series=(series,),
            measure="人",
            axis=Axis(0.0, 4.0, 1.0, "#,##0"),
        )
    )
    assert [[point["y"] for point in piece] for piece in placed["lines"]] == [[0.25, 0.5], [0.75, 1.0]]
    assert [label["text"] for label in placed["labels"]] == ["4人"]


def test_bars_reach_as_far_as_their_numbers_and_targets_stand_beside_them() -> None:
    values = ChartSeries("入会率", (0.9, None), ("90.0% ✓", "—"))
    goals = ChartSeries("目标", (0.8, 0.8), ("", ""), "target", "none")
    chart = Chart(
        title="",
        shape="bar",
        categories=("甲镇", "乙乡（没有数据）"),
        series=(values, goals),
        measure="%",
        axis=Axis(0.0, 1.0, 0.2, "0%"),
    )
    rows = place_chart(chart)["rows"]
    assert [(row["value"], row["target"], row["text"]) for row in rows] == [(0.9, 0.8, "90.0% ✓"), (None, 0.8, "—")]


def test_the_command_writes_it_and_registers_its_figures(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, file = shutil.copytree(store, tmp_path / "store"), tmp_path / "new" / "X.pdf"
    assert main(["page", "--unit", "T01", "--span", "2010Q1..2010Q4", "-o", str(file), "--store", str(own)]) == 0
    assert f"已写出 {file}" in capsys.readouterr().out
    pages, text = text_of_pdf(file)
    refs = references_in(text)
    assert pages == 1 and len(refs) > 8 and set(look_up(own, refs)) == set(refs)
