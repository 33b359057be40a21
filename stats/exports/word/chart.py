"""Native charts in Word: the chart part and the workbook of a slide's chart, moved into the document."""

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from stats.exports.charts.chart_model import Chart
from stats.exports.charts.openxml import Letters, add_chart

_BLANK = 6  # the slide layout without placeholders
_INLINE = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:docPr/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart/></a:graphicData>
</a:graphic></wp:inline></w:drawing>"""


class ChartPlacer:
    """Puts charts into one document, each with its own number."""

    def __init__(self, document: Document) -> None:
        self._document = document
        scratch = Presentation()
        self._shapes = scratch.slides.add_slide(scratch.slide_layouts[_BLANK]).shapes
        self._count = 0

    def place(
        self, paragraph: Any, chart: Chart, size: tuple[int, int], letters: Letters, words: str, ref: str
    ) -> None:
        """Add a chart of (width, height) in EMU to a paragraph; `words` are its alternative text.

        Its title is its reference, by which it is found in the file later.
        """
        self._count += 1
        frame = add_chart(self._shapes, chart, (0, 0, *size), letters)
        relation = self._document.part.relate_to(self._move(frame.chart.part), RELATIONSHIP_TYPE.CHART)
        drawing = parse_xml(_INLINE)
        extent, properties = (next(drawing.iter(f"{{*}}{name}")) for name in ("extent", "docPr"))
        for key, length in zip(("cx", "cy"), size, strict=True):
            extent.set(key, str(int(length)))
        for key, value in (("id", str(self._count)), ("name", f"图{self._count}"), ("descr", words), ("title", ref)):
            properties.set(key, value)
        next(drawing.iter(qn("c:chart"))).set(qn("r:id"), relation)
        paragraph.add_run()._r.append(drawing)

    def _move(self, drawn: Any) -> Part:
        """Return a copy of a slide's chart part, with its workbook, that belongs to the document."""
        package, space = self._document.part.package, drawn._element
        part = Part(PackURI(f"/word/charts/chart{self._count}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
        book = Part(
            PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self._count}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            drawn.chart_workbook.xlsx_part.blob,
            package,
        )
        space.find(qn("c:externalData")).set(qn("r:id"), part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
        part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
        return part
