"""Template fill (填讲稿): check and fill a Word file with placeholders; templates and names to begin with."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from access.accounts.roles import Action
from access.acts import Acts
from base.errors import UserError
from etl.privacy import blank_name
from etl.read import open_paper
from pages.parts.papers.insert_number import draw_insert_number
from pages.parts.papers.opened_papers import opened_once
from pages.parts.papers.paper_upload import draw_paper_upload
from pages.shared.downloads import WORD, offer_file
from pages.shared.heading import draw_part
from pages.shared.row_list import draw_plain
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.person import acts
from serving.streamlit_internals import UploadedFile
from stats.catalogue.placeholder_syntax import FORMS, LISTS, OPTIONS, VALUES
from stats.exports.word.check_template import PlaceholderPreview, Problem, TemplateCheck, find_placed, say_paragraphs
from stats.exports.word.fill_template import fill_template
from stats.exports.word.template import template_of
from stats.papers.cited_figures import register
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Proof
from stats.papers.recheck import figures_cited
from stats.readings.sentences import say_cover, say_reading, say_when
from store.builds import store_path


def draw_template_fill(view: View) -> None:
    """Draw what puts a number into a paper, the field for the file, its faults and a preview; below, templates."""
    draw_insert_number(view)
    file = draw_paper_upload("把 Word 讲稿拖到这里（.docx）", ["docx"], "speech")
    if file is not None:
        _draw_check(view, file)
    draw_part("从模板开始", "下载后在 Word 里改成自己的话，占位留着，再传上来填")
    with st.container(horizontal=True, key="templates-of-papers"):
        for outline in catalogue_now().outlines.values():
            offer_file(outline.name, f"{outline.name}模板.docx", WORD, partial(template_of, outline))
    draw_part("可以写哪些名称", "点“插入数字”选好复制最省事；也可以自己写成 {{ 名称 }} 或 {{ 名称.写法 }}")
    _draw_names(view)


def _draw_check(view: View, file: UploadedFile) -> None:
    name, content = file.name, file.getvalue()
    try:
        placed = opened_once(file.file_id, find_placed, content)
        result = say_paragraphs(placed, cached.source(view.build), view.selection)
    except UserError as error:
        st.warning(as_written(error), icon=":material/info:")
        return
    st.html(f'<p class="sum">{escape(_sum_up(result))}</p>{_problems(result.problems)}')
    if result.fillable:
        with st.container(horizontal=True, vertical_alignment="bottom", key="ways-speech"):
            filled = f"{blank_name(name.removesuffix('.docx'))}（已填）.docx"
            make = partial(_fill, view, content, filled, acts())
            offer_file("下载填好的讲稿", filled, WORD, make, registers=True)
    if result.previews:
        st.html(_previews(result.previews))


def _fill(view: View, content: bytes, name: str, doing: Acts) -> bytes:
    source, by = cached.source(view.build), doing.permit(Action.VIEW).shown
    filled = fill_template(content, source, view.selection, partial(_seen, doing), open_paper)
    register(store_path(), name, figures_cited(filled.cited, source.warehouse, source.catalogue), by)
    return filled.content


def _seen(doing: Acts, proofs: Sequence[Proof]) -> list[Proof]:
    files = {cell.submission for cell in doing.cells(cell for proof in proofs for cell in proof.cells)}
    return [proof.seen(files) for proof in proofs]


def _sum_up(result: TemplateCheck) -> str:
    stops = sum(problem.stops for problem in result.problems)
    others = len(result.problems) - stops
    text = f"找到{len(result.previews)}处可以填的"
    if stops:
        text += f"；有{stops}处写得不对，改好再填"
    return text + (f"；另有{others}处请留意" if others else "")


def _problems(problems: tuple[Problem, ...]) -> str:
    rows = "".join(
        f'<li class="{"behind" if problem.stops else "asked"}">'
        f"{'✕' if problem.stops else '△'} {escape(problem.sentence)}</li>"
        for problem in problems
    )
    return f'<div class="told"><ol>{rows}</ol></div>' if rows else ""


def _previews(previews: tuple[PlaceholderPreview, ...]) -> str:
    rows = "".join(
        f"<tr><td>{escape(preview.place)}</td><td class=words>{escape(preview.placeholder)}</td>"
        f'<td class="words strong">{escape(preview.words)}</td>'
        f"<td class=words>{escape('、'.join(preview.refs))}</td></tr>"
        for preview in previews
    )
    head = "<tr><th>位置</th><th class=words>写的是</th><th class=words>会填成</th><th class=words>引用号</th></tr>"
    return f'<div class="scroll" tabindex="0"><table class="plain">{head}{rows}</table></div>'


def _draw_names(view: View) -> None:
    """Draw every name with its present value, and the forms and options that may follow it."""
    with st.expander("全部名称和现在的值", key="names", on_change="rerun") as names:
        if names.open:
            writer = Writer(cached.source(view.build), view.selection)
            values = _rows(writer)
            draw_plain("可以写的名称和现在的值", list(values[0]), (list(row.values()) for row in values))
    with st.expander("全部写法", key="forms"):
        forms = [(f"{{{{ 名称.{form.name} }}}}", form.says, form.example) for form in FORMS.values()]
        others = [(f"{{{{ {name} }}}}", meaning, "") for name, meaning in {**VALUES, **LISTS}.items()]
        options = [(f'{{{{ 名称({name}="…") }}}}', meaning, "") for name, meaning in OPTIONS.items()]
        rows = "".join(_way(*way) for way in [*forms, *options, *others])
        st.html(f'<div class="scroll" tabindex="0"><table class="plain">{rows}</table></div>')


def _way(words: str, meaning: str, example: str) -> str:
    cells = f"<td class=words>{escape(meaning)}</td><td class=words>{escape(example)}</td>"
    return f"<tr><td>{escape(words)}</td>{cells}</tr>"


def _rows(writer: Writer) -> list[dict[str, str]]:
    indicators, rows = writer.source.catalogue.indicators, []
    for named in writer.vocabulary.listed:
        reading = writer.reading(named.code, writer.view)
        rows.append(
            {
                "名称": named.name,
                "现在的值": say_reading(reading, indicators[named.code]),
                "时间": say_when(reading),
                "报齐情况": say_cover(reading),
            }
        )
    return rows
