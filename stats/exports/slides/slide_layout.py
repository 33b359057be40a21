"""The layout of a slide: 16:9, the finding on top over a thin line; slide number and example mark at the foot."""

from collections.abc import Iterable, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from stats.exports.slides.slide_text import largest_size
from stats.exports.style.house_style import ACCENT, COLOURS, EXAMPLE, SCREEN, rgb

WIDTH, HEIGHT = 960, 540  # points
EDGE, TOP, FOOT = 44, 104, 506  # the left edge, the top of the content below the title, the top of the foot
INSIDE = WIDTH - 2 * EDGE
TITLE_BOX = (INSIDE, 68)
COVER_BOX = (EDGE, 150, INSIDE, 130)
_COVER_SIZES = (40, 36, 32, 28, 24)
_TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14)
_TITLE_ONLY = 5  # the layout with a title alone
_FOOT_SIZE = 10

# Pieces of a paragraph, each with whether it is bold and, for a figure, its reference.
Words = Sequence[tuple[str, bool] | tuple[str, bool, str]]


class Deck:
    """A presentation under construction."""

    def __init__(self, title: str, example: bool) -> None:
        self.file = Presentation()
        self._example = example
        self._widen()
        properties = self.file.core_properties
        properties.title, properties.author, properties.language = title, "", "zh-CN"

    def add_slide(self, title: str, notes: Iterable[str] = ()) -> Any:
        """Add a slide under a title that fits its place, with its foot and notes, and return it."""
        slide = self._begin(title, (EDGE, 26, *TITLE_BOX), _TITLE_SIZES)
        add_bar(slide, (EDGE, 97, INSIDE, 2))
        texts = [line for line in notes if line]
        if texts:
            write(slide.notes_slide.notes_text_frame, [[(line, False)] for line in texts], 12)
        return slide

    def add_cover(self, title: str, lines: Iterable[str]) -> None:
        """Add the first slide."""
        slide = self._begin(title, COVER_BOX, _COVER_SIZES)
        add_bar(slide, (EDGE, 292, 180, 5))
        add_words(slide, (EDGE, 314, INSIDE, 150), [[(line, False)] for line in lines], 16, spacing=6)

    def _begin(self, title: str, box: tuple[float, float, float, float], sizes: Sequence[float]) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        _place(slide.shapes.title, box)
        size = largest_size([title], sizes, box[2:])
        write(slide.shapes.title.text_frame, [[(title, True)]], size, anchor=MSO_ANCHOR.BOTTOM)
        number = len(self.file.slides)
        add_words(slide, (WIDTH - EDGE - 60, FOOT + 6, 60, 20), [[(str(number), False)]], _FOOT_SIZE, PP_ALIGN.RIGHT)
        if self._example:
            add_words(slide, (EDGE, FOOT + 6, 300, 20), [[(EXAMPLE, True)]], _FOOT_SIZE, colour=ACCENT)
        return slide

    def _widen(self) -> None:
        """Make the slides and the template's placeholders 16:9, and set a Chinese font for new text."""
        factor = Pt(WIDTH) / self.file.slide_width
        master = self.file.slide_master
        for holder in (master, *master.slide_layouts):
            for shape in holder.placeholders:
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)
                shape.top, shape.height = round(shape.top * factor), round(shape.height * factor)
        self.file.slide_width, self.file.slide_height = Pt(WIDTH), Pt(HEIGHT)
        theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme._blob = theme.blob.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{SCREEN}"/>'.encode())


def add_words(
    slide: Any,
    box: tuple[float, float, float, float],
    paragraphs: Sequence[Words],
    size: float,
    align: Any = PP_ALIGN.LEFT,
    colour: str = COLOURS.ink,
    spacing: float = 0,
) -> Any:
    """Add a box of paragraphs at (left, top, width, height) in points and return it."""
    shape = slide.shapes.add_textbox(*(Pt(length) for length in box))
    write(shape.text_frame, paragraphs, size, align, colour, spacing)
    return shape


def write(
    frame: Any,
    paragraphs: Sequence[Words],
    size: float,
    align: Any = PP_ALIGN.LEFT,
    colour: str = COLOURS.ink,
    spacing: float = 0,
    anchor: Any = MSO_ANCHOR.TOP,
) -> None:
    """Write paragraphs into a frame without margins, their letters named for Chinese text too."""
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, pieces in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = align, Pt(spacing)
        for text, bold, *ref in pieces:
            run = paragraph.add_run()
            run.text = text
            run._r.insert(0, _letters(size, bold, colour, *ref))


def _letters(size: float, bold: bool, colour: str, ref: str = "") -> Any:
    """Return the font properties of a run as XML; the library sets only the Latin font, and is slow.

    A figure's reference is stored in the run's bookmark attribute, so that the figure is found again in the file.
    """
    fonts = "".join(f'<a:{kind} typeface="{SCREEN}"/>' for kind in ("latin", "ea"))
    fill = f'<a:solidFill><a:srgbClr val="{rgb(colour)}"/></a:solidFill>'
    mark = f' bmk="{ref}"' if ref else ""
    return parse_xml(
        f'<a:rPr {nsdecls("a")} lang="zh-CN" sz="{round(size * 100)}" b="{int(bold)}"{mark}>{fill}{fonts}</a:rPr>'
    )


def add_bar(slide: Any, box: tuple[float, float, float, float]) -> None:
    """Add a plain bar in the accent colour."""
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(length) for length in box))
    bar.fill.solid()
    bar.fill.fore_color.rgb = RGBColor.from_string(rgb(ACCENT))
    bar.line.fill.background()
    bar.shadow.inherit = False


def _place(shape: Any, box: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(length) for length in box)
